"""What time does to the directory, every day: reminders, expiry, the end of a pause. All idempotent."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone, translation
from django.utils.formats import date_format

from directory.enums import ListingState
from directory.models import Exchange, Listing, Person
from directory.services import listings as listing_services
from directory.services.people import end_pause
from directory.services.telling import remind_owner
from exchange.jobs.schedules import Schedule
from exchange.notifications.services import notify
from exchange.workflow.services import TransitionError, transition

# A question is remembered after a week and closes after three.
REMIND_AFTER = timedelta(days=7)
LAPSE_AFTER = timedelta(days=21)
# An offer or need is asked about after half a year, and hidden a month later.
CONFIRM_AFTER = timedelta(days=180)
HIDE_AFTER = timedelta(days=210)
# A need outlives its date by two weeks: help that comes late may still help.
AFTER_DEADLINE = timedelta(days=14)

SCHEDULES = [
    Schedule("directory-daily", "directory.jobs.daily", cron="20 4 * * *"),
]


def daily() -> None:
    """All of the below, one after the other."""
    wake_up()
    remind_of_questions()
    lapse_questions()
    ask_still_true()
    expire_listings()


def wake_up() -> int:
    """Ends pauses whose last day is past, so that lists and the index show people again."""
    past = Person.objects.filter(paused_until__lt=timezone.localdate())
    for person in past:
        end_pause(person)
    return len(past)


def remind_of_questions() -> int:
    """Reminds the owner's side once of a question that has waited for a week."""
    waiting = Exchange.objects.filter(state="asked", state_since__lt=timezone.now() - REMIND_AFTER).with_all()
    for exchange in waiting:
        remind_owner(exchange, exchange.state_since + LAPSE_AFTER)
    return len(waiting)


def lapse_questions() -> int:
    """Closes questions that got no answer; who asked is told and shown others."""
    lapsed = 0
    for exchange in Exchange.objects.filter(state="asked", state_since__lt=timezone.now() - LAPSE_AFTER):
        try:
            transition(exchange, "lapse", by=None, expect="asked")
            lapsed += 1
        except TransitionError:
            continue  # answered while we looked
    return lapsed


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
