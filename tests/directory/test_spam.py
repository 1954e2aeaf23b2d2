"""What a newcomer posts may wait for a moderator: who it meets, what each side reads, how it ends."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.constants import ListingState
from directory.models import Listing, Person
from directory.spam import LINK, _is_elsewhere
from foundation.accounts.constants import Role
from foundation.design.forms import _OPENED
from foundation.notifications.models import Notification
from tests.directory.test_listings import NEW_OFFER, filled, signed_in
from tests.factories.accounts import UserFactory
from tests.factories.directory import CapacityFactory, PersonFactory

pytestmark = pytest.mark.django_db
SOLD = "Cheap pills at https://pills.example/buy"


def newcomer(**more: Any) -> Person:
    return PersonFactory(user=UserFactory(date_joined=timezone.now() - timedelta(days=1), **more))


def opened(seconds_ago: int) -> str:
    return signing.dumps(int(time.time()) - seconds_ago, salt=_OPENED)


def post(person: Person, seconds: int = 60, **more: str) -> Listing:
    """Posts an offer through the form, `seconds` after it was opened."""
    signed_in(person).post(NEW_OFFER, filled(CapacityFactory(), opened=opened(seconds), **more))
    return Listing.objects.filter(created_by=person).latest("created")


@pytest.mark.parametrize(
    "text",
    [
        SOLD,
        "Look at www.pills.example",
        "pills.example/buy now",
        "http://wikipedia.org.pills.example/",
        "https://wikipedia.org@pills.example/",
        "HTTPS://Pills.Example",
    ],
)
def test_a_newcomer_s_link_to_elsewhere_waits(text: str) -> None:
    assert post(newcomer(), description=text).state == ListingState.HELD


@pytest.mark.parametrize(
    "text",
    [
        "See https://meta.wikimedia.org/wiki/Training and https://w.wiki/abc.",
        "I know Lua, e.g. for templates/modules, since version 2.5",
        "Ten hours and/or a visit",
    ],
)
def test_the_movement_s_own_pages_and_plain_words_do_not(text: str) -> None:
    assert post(newcomer(), description=text).state == ListingState.ACTIVE


def test_whoever_is_here_for_a_while_or_has_a_role_posts_links_freely() -> None:
    assert post(PersonFactory(), description=SOLD).state == ListingState.ACTIVE
    assert post(newcomer(role=Role.COORDINATOR), description=SOLD).state == ListingState.ACTIVE


@pytest.mark.parametrize("stamp", ["", "forged", "now"])
def test_faster_than_a_person_waits(stamp: str) -> None:
    sent = opened(0) if stamp == "now" else stamp
    person = newcomer()
    signed_in(person).post(NEW_OFFER, filled(CapacityFactory(), opened=sent))
    assert Listing.objects.get().state == ListingState.HELD


def test_the_third_of_the_same_words_waits() -> None:
    words = {"title": "Win a phone", "description": "Write to me to win a phone."}
    assert [post(newcomer(), **words).state for _one in range(3)] == ["active", "active", "held"]
    assert post(newcomer(), title="WIN a phone!!", description="Write to me to win a phone 2").state == "held"


def test_many_within_a_day_wait() -> None:
    person = newcomer()
    states = [post(person, title=f"I can do {'x' * number}").state for number in range(1, 7)]
    assert states == ["active"] * 5 + ["held"]


def test_a_draft_is_its_owner_s_own_until_it_is_shown() -> None:
    person = newcomer()
    listing = post(person, description=SOLD, draft="1")
    assert listing.state == ListingState.DRAFT
    move = reverse("directory:listing_move", args=[listing.pk, "publish"])
    for _press in range(2):  # a second press is answered as the first
        answer = signed_in(person).post(move, {"expect": "draft"}, follow=True)
        assert "A moderator looks at it before others see it" in answer.content.decode()
        assert Listing.objects.get().state == ListingState.HELD


def test_a_link_written_into_what_is_shown_takes_it_out_of_sight() -> None:
    person = newcomer()
    listing = post(person)
    edit = reverse("directory:listing_edit", args=[listing.pk])
    topic = listing.capacities.get()
    signed_in(person).post(edit, filled(topic, description=SOLD, opened=opened(60)))
    listing.refresh_from_db()
    assert (listing.state, listing.description) == (ListingState.HELD, SOLD)


def test_nobody_sees_it_but_its_owner_who_reads_why_and_the_moderators() -> None:
    person, moderator = newcomer(), UserFactory(role=Role.MODERATOR)
    listing = post(person, description=SOLD)
    page = listing.get_absolute_url()
    assert Client().get(page).status_code == 404
    assert signed_in(PersonFactory()).get(page).status_code == 404
    own = signed_in(person).get(page).content.decode()
    assert "It has a link to a site outside of Wikimedia, and your account is new." in own
    assert "We tell you when a moderator has looked at it." in own
    told = Notification.objects.get(user=moderator)
    assert told.kind == "listing_held"
    assert "pills" not in str(told.context)
    client = Client()
    client.force_login(moderator)
    assert SOLD in client.get(told.url).content.decode()


@pytest.mark.parametrize(
    ("state", "kind", "seen"),
    [("active", "listing_let_through", 200), ("withdrawn", "listing_not_shown", 404)],
)
def test_a_moderator_decides_and_the_owner_is_told(state: str, kind: str, seen: int) -> None:
    person, moderator = newcomer(), UserFactory(role=Role.MODERATOR)
    listing = post(person, description=SOLD)
    client = Client()
    client.force_login(moderator)
    client.post(reverse("directory_listings:edit", args=[listing.pk]), {"state": state})
    listing.refresh_from_db()
    assert listing.state == state
    assert Client().get(listing.get_absolute_url()).status_code == seen
    assert Notification.objects.filter(user=person.user, kind=kind).count() == 1
    assert not Notification.objects.filter(user=moderator, kind="listing_held", read_at=None).exists()


def test_who_had_something_let_through_is_not_held_again() -> None:
    person, moderator = newcomer(), UserFactory(role=Role.MODERATOR)
    first = post(person, description=SOLD)
    client = Client()
    client.force_login(moderator)
    client.post(reverse("directory_listings:edit", args=[first.pk]), {"state": "active"})
    assert post(person, title="Another", description=SOLD).state == ListingState.ACTIVE


def test_its_owner_may_take_back_what_waits() -> None:
    person, moderator = newcomer(), UserFactory(role=Role.MODERATOR)
    listing = post(person, description=SOLD)
    signed_in(person).post(
        reverse("directory:listing_move", args=[listing.pk, "withdraw"]), {"expect": "held"}
    )
    listing.refresh_from_db()
    assert listing.state == ListingState.WITHDRAWN
    assert not Notification.objects.filter(user=moderator, read_at=None).exists()


def test_nobody_else_can_let_it_through() -> None:
    listing = post(newcomer(), description=SOLD)
    for user in (UserFactory(), UserFactory(role=Role.EDITOR), listing.person.user):
        client = Client()
        client.force_login(user)
        client.post(reverse("directory_listings:edit", args=[listing.pk]), {"state": "active"})
    listing.refresh_from_db()
    assert listing.state == ListingState.HELD


def test_the_form_says_when_it_was_opened() -> None:
    page = signed_in(newcomer()).get(NEW_OFFER).content.decode()
    assert 'name="opened"' in page


def test_hosts_are_compared_whole() -> None:
    assert [
        _is_elsewhere(link) for link in LINK.findall("https://notwikipedia.org https://fr.wikipedia.org/x")
    ] == [
        True,
        False,
    ]
