"""What time does to the directory, every day: reminders, expiry, release, the end of a pause. All idempotent."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.formats import date_format

from directory import effects
from directory.constants import ListingState
from directory.deadlines import (
    AFTER_DEADLINE,
    CONFIRM_AFTER,
    HIDE_AFTER,
    LAPSE_AFTER,
    RELEASE_AFTER,
    REMIND_AFTER,
    STILL_ON_AFTER,
)
from directory.models import Exchange, Listing, Person
from directory.services import listings as listing_services
from directory.services.people import end_pause
from foundation.jobs.registry import Schedule
from foundation.notifications.services import notify
from foundation.workflow.errors import TransitionError
from foundation.workflow.services import transition as move
from foundation.workflow.services import transition_each

SCHEDULES = [
    Schedule("directory-daily", "directory.tasks.daily", cron="20 4 * * *"),
]


def daily() -> None:
    """All of the below, one after the other."""
    end_expired_pauses()
    remind_of_questions()
    lapse_questions()
    ask_still_on()
    release_silent()
    ask_still_true()
    expire_listings()


def end_expired_pauses() -> int:
    """Ends pauses whose last day is past, so that lists and the index show people again."""
    past = Person.objects.filter(paused_until__lt=timezone.localdate())
    for person in past:
        end_pause(person)
    return len(past)


def remind_of_questions() -> int:
    """Reminds the owner's side once of a question that has waited for a week."""
    waiting = Exchange.objects.filter(state="asked", state_since__lt=timezone.now() - REMIND_AFTER).with_all()
    for exchange in waiting:
        effects.remind_owner(exchange, exchange.state_since + LAPSE_AFTER)
    return len(waiting)


def lapse_questions() -> int:
    """Closes questions that got no answer; who asked is told and shown others."""
    lapsed = 0
    for exchange in Exchange.objects.filter(state="asked", state_since__lt=timezone.now() - LAPSE_AFTER):
        try:
            move(exchange, "lapse", by=None, expect="asked")
            lapsed += 1
        except TransitionError:
            continue  # answered while we looked
    return lapsed


def ask_still_on() -> int:
    """Asks both sides of what was accepted long ago whether it goes on, once until one of them answers."""
    now = timezone.now()
    silent = Exchange.objects.filter(
        state="accepted", still_on_asked_at=None, state_since__lt=now - STILL_ON_AFTER
    )
    asked = 0
    for exchange in silent.with_all():
        with transaction.atomic():
            # One UPDATE decides which of two workers asks, and nobody is asked about what has just moved.
            if silent.filter(pk=exchange.pk).update(still_on_asked_at=now):
                exchange.still_on_asked_at = now
                effects.ask_still_on(exchange)
                asked += 1
    return asked


def release_silent() -> int:
    """Releases what both sides were asked about without a word from either: the hours are free again."""
    over = Exchange.objects.filter(state="accepted", still_on_asked_at__lt=timezone.now() - RELEASE_AFTER)
    return transition_each(over, "release")


def ask_still_true() -> int:
    """Asks owners of offers and needs that nobody has confirmed for half a year."""
    today = timezone.localdate()
    stale = Listing.objects.filter(
        state=ListingState.ACTIVE,
        confirmed_at__lt=today - CONFIRM_AFTER,
        confirmed_at__gte=today - HIDE_AFTER,
    ).with_all()
    for listing in stale:
        _tell_owners(listing, "listing_still_true", listing.confirmed_at + HIDE_AFTER)
    return len(stale)


def expire_listings() -> int:
    """Hides what is past its last day, past its date by two weeks, or unconfirmed for seven months."""
    today = timezone.localdate()
    over = Listing.objects.filter(state=ListingState.ACTIVE).filter(
        Q(valid_until__lt=today)
        | Q(direction="need", deadline__lt=today - AFTER_DEADLINE)
        | Q(confirmed_at__lt=today - HIDE_AFTER)
    )
    expired: list[UUID] = [listing.pk for listing in over if listing_services.expire(listing.pk)]
    for listing in Listing.objects.filter(pk__in=expired).with_all():
        _tell_owners(listing, "listing_expired", today)
    return len(expired)


def _tell_owners(listing: Listing, kind: str, when: date) -> None:
    owner = listing.owner
    for person in [owner] if isinstance(owner, Person) else owner.managers():
        with translation.override(person.user.language or "en"):
            context = {"title": listing.title, "date": date_format(when, "DATE_FORMAT")}
        key = f"listing:{listing.pk}:{kind}:{listing.confirmed_at}"
        notify(person.user, kind, context, url="/my/listings/", key=key)
