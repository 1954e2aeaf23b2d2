"""Every page of the directory opens, for everybody who may open it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from directory.constants import Visibility
from tests.factories.accounts import UserFactory
from tests.factories.directory import (
    CapacityFactory,
    ExchangeFactory,
    ListingFactory,
    OrganisationFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


@pytest.fixture
def scene(index):
    """One person with an offer and a need, an organisation, and somebody who asked."""
    topic = CapacityFactory(label="Event planning")
    owner = PersonFactory(name="Kwabena Test", offers=[topic], speaks={"en": "fluent", "ar": "native"})
    asker = PersonFactory(name="Samira Test", learns=[topic])
    organisation = OrganisationFactory(managers=[owner])
    offer = ListingFactory(person=owner, capacities=[topic], title="We plan with you")
    need = ListingFactory(person=owner, need=True, capacities=[topic], title="A room for a day")
    asked = ExchangeFactory(listing=offer, starter=asker)
    return {
        "topic": topic,
        "owner": owner,
        "asker": asker,
        "organisation": organisation,
        "offer": offer,
        "need": need,
        "asked": asked,
    }


def test_a_closed_account_has_no_page_but_for_itself(scene, client):
    url = scene["owner"].get_absolute_url()
    assert client.get(url).status_code == 200
    assert signed_in(scene["asker"]).get(url).status_code == 200
    scene["owner"].user.is_active = False
    scene["owner"].user.save()
    assert client.get(url).status_code == 404
    assert signed_in(scene["asker"]).get(url).status_code == 404


PUBLIC = ["listings", "people", "organisations", "listing_new"]
MINE = ["profile_edit", "my_listings", "my_exchanges", "my_organisations"]
SECTIONS = ["about", "languages", "help", "learn", "time", "contact", "privacy"]


@pytest.mark.parametrize("view", PUBLIC)
def test_public_lists_open_for_strangers(scene, client, view):
    assert client.get(reverse(f"directory:{view}")).status_code == 200


@pytest.mark.parametrize("view", MINE)
def test_own_pages_ask_for_a_sign_in_and_open_then(scene, client, view):
    url = reverse(f"directory:{view}")
    assert client.get(url).status_code == 302
    assert signed_in(scene["owner"]).get(url).status_code == 200


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_of_the_profile_opens_and_saves_what_it_shows(scene, section):
    client = signed_in(scene["owner"])
    url = reverse("directory:profile_section", args=[section])
    page = client.get(url)
    assert page.status_code == 200
    form = page.context["form"]
    data = {}
    for field in form:
        value = field.value()
        if hasattr(value, "keys"):
            data[field.html_name] = list(value)
            data |= {f"{field.html_name}_extra_{key}": text for key, text in value.items()}
        elif value not in (None, False):
            data[field.html_name] = value
    assert client.post(url, data).status_code == 302


def test_detail_pages_open_for_strangers(scene, client):
    for key in ("owner", "organisation", "offer", "need"):
        page = client.get(scene[key].get_absolute_url())
        assert page.status_code == 200, key


def test_every_page_opens_in_arabic_from_right_to_left(scene):
    client = signed_in(scene["owner"])
    for key in ("owner", "organisation", "offer", "need", "asked"):
        url = scene[key].get_absolute_url().replace("/en/", "/ar/", 1)
        page = client.get(url)
        assert page.status_code == 200
        assert 'dir="rtl"' in page.content.decode()


def test_no_page_has_inline_script_or_style(scene):
    client = signed_in(scene["owner"])
    urls = [scene[key].get_absolute_url() for key in ("owner", "organisation", "offer", "need", "asked")]
    urls += [reverse(f"directory:{view}") for view in [*PUBLIC, *MINE]]
    urls += [reverse("directory:profile_section", args=[name]) for name in SECTIONS]
    urls += [reverse("directory:listing_new") + "?direction=need"]
    for url in urls:
        html = client.get(url).content.decode()
        assert " style=" not in html, url
        assert " onclick=" not in html, url
        assert "<script>" not in html, url


def test_people_only_members_may_see_are_shown_as_such(scene, client):
    owner = scene["owner"]
    owner.bio, owner.visibility = "A secret garden.", {"bio": Visibility.MEMBERS}
    owner.save()
    assert "A secret garden." not in client.get(owner.get_absolute_url()).content.decode()
    assert "A secret garden." in signed_in(scene["asker"]).get(owner.get_absolute_url()).content.decode()


def test_a_first_visit_makes_a_profile_that_is_listed_nowhere(client):
    user = UserFactory(name="New Here")
    client.force_login(user)
    assert client.get(reverse("directory:profile_edit")).status_code == 200
    user.refresh_from_db()
    assert user.person.name == "New Here"
    assert not user.person.listed
