"""An offer or a need moves through its flow alone: by its owner, a moderator or time, and each move is written down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from directory import tasks
from directory.constants import ListingState
from directory.flows import LISTING
from directory.models import Listing
from directory.services import listings as services
from foundation.accounts.constants import Role
from foundation.workflow.errors import TransitionError
from foundation.workflow.models import LogEntry
from tests.directory.test_listings import NEW_OFFER, filled, signed_in
from tests.factories.accounts import UserFactory
from tests.factories.directory import CapacityFactory, ListingFactory, PersonFactory

pytestmark = pytest.mark.django_db


def log_of(listing: Listing) -> list[tuple[str, str, str, str]]:
    """Name, from, to and role of each move."""
    return [(row.name, row.source, row.target, row.role) for row in LogEntry.objects.of(listing)]


def test_states_of_the_flow_are_those_of_the_field() -> None:
    assert [str(name) for name, _label in LISTING.choices()] == ListingState.values


def test_what_its_owner_does_is_written_down() -> None:
    topic, person = CapacityFactory(), PersonFactory()
    client = signed_in(person)
    client.post(NEW_OFFER, filled(topic, draft="1"))
    listing = Listing.objects.get()
    assert log_of(listing) == [("start", "", "draft", "owner")]
    edit = reverse("directory:listing_edit", args=[listing.pk])
    client.post(edit, filled(topic, title="We plan your meeting"))
    client.post(reverse("directory:listing_move", args=[listing.pk, "pause"]), {"expect": "active"})
    client.post(edit, filled(topic, title="We plan with you, too"))  # shows nothing that was paused
    assert log_of(listing)[1:] == [
        ("publish", "draft", "active", "owner"),
        ("pause", "active", "paused", "owner"),
    ]
    listing.refresh_from_db()
    assert (listing.state, listing.title) == ("paused", "We plan with you, too")
    assert LogEntry.objects.of(listing).last().by == person.user


def test_what_is_published_at_once_begins_as_shown() -> None:
    signed_in(PersonFactory()).post(NEW_OFFER, filled(CapacityFactory()))
    assert log_of(Listing.objects.get()) == [("start", "", "active", "owner")]


def test_saving_anew_shows_what_had_expired() -> None:
    topic = CapacityFactory()
    listing = ListingFactory(state="expired", capacities=[topic])
    edit = reverse("directory:listing_edit", args=[listing.pk])
    signed_in(listing.person).post(edit, filled(topic))
    assert log_of(listing) == [("resume", "expired", "active", "owner")]


def test_time_is_the_system() -> None:
    listing = ListingFactory(valid_until=timezone.localdate() - timedelta(days=1))
    tasks.expire_listings()
    assert log_of(listing) == [("expire", "active", "expired", "system")]


def test_a_moderator_puts_it_into_a_state_and_no_one_else_does() -> None:
    listing, moderator = ListingFactory(), UserFactory(role=Role.MODERATOR)
    with pytest.raises(TransitionError):
        services.set_state(listing, "withdrawn", by=listing.person.user)
    assert services.set_state(listing, "withdrawn", by=moderator).state == "withdrawn"
    services.set_state(listing, "withdrawn", by=moderator)
    assert log_of(listing) == [("set_withdrawn", "active", "withdrawn", "moderator")]


def test_a_moderator_leaves_drafts_alone() -> None:
    draft = ListingFactory(state="draft")
    with pytest.raises(TransitionError):
        services.set_state(draft, "active", by=UserFactory(role=Role.MODERATOR))
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_moderator_has_none_of_the_owners_buttons() -> None:
    listing = ListingFactory()
    assert [move.name for move in services.moves_of(listing)] == ["confirm", "pause", "withdraw"]
