"""Two windows with one form: the second that saves is told, and overwrites nothing without a word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import Organisation, Person
from foundation.accounts.models import User
from mentoring.models import MentorOffer
from tests.desk.forms import Form
from tests.factories.directory import CapacityFactory, OrganisationFactory, PersonFactory
from tests.factories.mentoring import MentorOfferFactory, ProgrammeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]
TOLD = "This was changed elsewhere after you opened it."
# section: (what the first window changes, what the second, how what is stored is read)
SECTIONS: dict[str, tuple[dict[str, Any], dict[str, Any], Callable[[Person], Any]]] = {
    "privacy": ({"see_city": "hidden"}, {"see_pronouns": "hidden"}, lambda me: me.visibility_of("city")),
    "about": ({"bio": "Written first."}, {"pronouns": "she"}, lambda me: me.bio),
    "languages": ({"languages": []}, {"languages": ["fr"]}, lambda me: me.working_languages),
    "help": ({"capacities": []}, {"capacities": []}, lambda me: me.capacities.count()),
    "learn": ({"capacities": []}, {"capacities": []}, lambda me: me.capacities.count()),
    "time": ({"hours_a_month": "3"}, {"asks_of_you": "One clear question."}, lambda me: me.hours_a_month),
    "contact": ({"contact_by": ["email"]}, {"contact_by": []}, lambda me: me.contact_by),
}


def opened(user: User, url: str) -> tuple[Client, dict[str, Any]]:
    """A window with the form as it is stored now."""
    client = Client()
    client.force_login(user)
    return client, dict(Form(client, url, client.get(url).content.decode()).values)


def two_windows(
    user: User, url: str, first: dict[str, Any], second: dict[str, Any], stored: Callable[[], Any]
) -> None:
    """Both are opened, the first saves, the second is told, and saves once it has seen that."""
    (one, sent), (other, stale) = opened(user, url), opened(user, url)
    assert one.post(url, {**sent, **first}).status_code == 302
    kept = stored()
    answer = other.post(url, {**stale, **second})
    assert TOLD in answer.content.decode()
    assert stored() == kept
    again = dict(Form(other, url, answer.content.decode()).values)
    assert other.post(url, again).status_code == 302


@pytest.mark.parametrize("name", sorted(SECTIONS))
def test_a_section_of_the_profile(name: str) -> None:
    me = PersonFactory(
        city="Osh",
        offers=[CapacityFactory()],
        learns=[CapacityFactory()],
        speaks={"en": "fluent"},
        visibility={"city": "public"},
        hours_a_month=5,
    )
    first, second, read = SECTIONS[name]
    url = reverse("directory:profile_section", args=[name])
    two_windows(me.user, url, first, second, lambda: read(Person.objects.get(pk=me.pk)))


def test_an_organisation() -> None:
    manager = PersonFactory()
    club = OrganisationFactory(managers=[manager])
    two_windows(
        manager.user,
        reverse("directory:organisation_edit", args=[club.slug]),
        {"summary": "Written by the first."},
        {"website": "https://club.example/"},
        lambda: Organisation.objects.get(pk=club.pk).texts.get(language="en").summary,
    )


def test_a_mentors_offer() -> None:
    topic = CapacityFactory()
    offer = MentorOfferFactory(programme=ProgrammeFactory(about=[topic]), helps_with=[topic])
    two_windows(
        offer.person.user,
        reverse("mentoring:offer", args=[offer.programme.translation_key]),
        {"contact": "By letter."},
        {"max_pairs": "2"},
        lambda: MentorOffer.objects.get(pk=offer.pk).contact,
    )


def test_a_new_offer_that_is_sent_again_since_no_answer_came_is_one_offer(client: Client) -> None:
    person, capacity = PersonFactory(), CapacityFactory()
    client.force_login(person.user)
    url = reverse("directory:listing_new") + "?direction=offer"
    opened = client.get(url).context["form"]["opened"].value()
    typed = {"title": "Chairs", "asset": "skill", "capacities": [capacity.pk], "opened": opened}
    first, again = client.post(url, typed), client.post(url, typed)
    assert first.url == again.url
    assert [row.title for row in person.listings.all()] == ["Chairs"]
    # Back to the form, for another one.
    client.post(url, {**typed, "title": "Tables"})
    assert sorted(row.title for row in person.listings.all()) == ["Chairs", "Tables"]
    # The mark of somebody else's form makes nothing of theirs one's own.
    other = PersonFactory()
    client.force_login(other.user)
    client.post(url, typed)
    assert [row.title for row in other.listings.all()] == ["Chairs"]
    assert person.listings.count() == 2
