"""The directory in the admin: who may add, hide, and see what."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import Listing, Organisation
from foundation.accounts.constants import Role
from tests.factories.accounts import UserFactory
from tests.factories.directory import ListingFactory, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db


def client_of(**fields) -> Client:
    client = Client()
    client.force_login(UserFactory(**fields))
    return client


@pytest.mark.parametrize("name", ["directory_organisations", "directory_people", "directory_listings"])
def test_administrators_see_each_list(name):
    PersonFactory()
    ListingFactory()
    OrganisationFactory()
    assert client_of(admin=True).get(reverse(f"{name}:index")).status_code == 200


def test_coordinators_add_organisations():
    client = client_of(role=Role.COORDINATOR)
    data = {"name": "Invented House", "slug": "invented-house", "type": "partner", "active": "on"}
    response = client.post(reverse("directory_organisations:add"), data)
    assert response.status_code == 302, response.context and response.context["form"].errors
    assert Organisation.objects.get(slug="invented-house").name == "Invented House"


def test_members_have_no_admin():
    response = client_of().get(reverse("directory_organisations:index"))
    assert response.status_code in (302, 403)


def test_nobody_makes_people_or_listings_in_the_admin():
    client = client_of(admin=True)
    for name in ("directory_people", "directory_listings"):
        assert client.get(reverse(f"{name}:add")).status_code in (302, 403, 404)


def test_a_draft_is_not_read_in_the_admin():
    draft = ListingFactory(state="draft", title="Not yet for others")
    client = client_of(admin=True)
    assert "Not yet for others" not in client.get(reverse("directory_listings:index")).content.decode()
    response = client.get(reverse("directory_listings:edit", args=[draft.pk]), follow=True)
    assert response.status_code == 404


def test_moderators_take_a_listing_out_of_sight():
    listing = ListingFactory()
    client = client_of(role=Role.MODERATOR)
    url = reverse("directory_listings:edit", args=[listing.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"state": "withdrawn"}).status_code == 302
    assert not Listing.objects.shown().filter(pk=listing.pk).exists()


def test_no_list_asks_for_each_row(django_assert_max_num_queries):
    client = client_of(admin=True)
    ListingFactory.create_batch(12)
    url = reverse("directory_listings:index")
    client.get(url)
    with django_assert_max_num_queries(20):
        client.get(url)


@pytest.mark.parametrize("name", ["edit", "history", "history_results", "usage"])
def test_no_page_of_the_admin_says_what_a_draft_is_called(name):
    draft = ListingFactory(title="Something nobody has seen yet", state="draft")
    answer = client_of(admin=True).get(reverse(f"directory_listings:{name}", args=[draft.pk]), follow=True)
    assert "Something nobody has seen yet" not in answer.text
