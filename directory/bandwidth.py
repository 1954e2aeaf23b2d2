"""Nobody is overburdened: hours a month that somebody gives, and how many of them are taken.

Other rooms add their hours with `register_provider` (mentoring registers its pairings)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models.signals import post_delete, post_save
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.constants import Direction
from directory.models import Exchange, Person
from directory.taxonomy.reindex import tell_rows
from foundation.l10n.names import said

Provider = Callable[[Iterable[UUID]], Mapping[UUID, float]]

# What an exchange takes where its listing names no hours.
USUAL_HOURS = 1.0
# So many questions may wait for one person's answer at once. They hold no hours: only a yes does.
MOST_OPEN_ASKS = 3
_providers: list[Provider] = []


def register_provider(provider: Provider) -> None:
    """Adds a source of taken hours: a callable from people's ids to {id: hours a month}. Twice is once."""
    if provider not in _providers:
        _providers.append(provider)


def follow(model: type[models.Model], people: Callable[[Any], Iterable[UUID | None]]) -> None:
    """Tells the index of people whose free hours change with a provider's rows.

    `people` names the ids of the people whose hours a row takes. Twice is once.
    """

    def on_change(sender: Any, instance: Any, **kwargs: Any) -> None:
        hours_changed(pk for pk in people(instance) if pk is not None)

    for signal in (post_save, post_delete):
        signal.connect(on_change, sender=model, weak=False, dispatch_uid=f"bandwidth:{model._meta.label}")


def hours_changed(person_ids: Iterable[UUID]) -> None:
    """The index shows these people anew, and whatever else depends on them in any room (offers, mentors)."""
    tell_rows(Person.objects.filter(pk__in=list(person_ids)))


def hours_taken(
    person_ids: Iterable[UUID], *, exchanges: Iterable[Exchange] | None = None
) -> dict[UUID, float]:
    """Hours a month that are taken, for each of the people, never below nought. One query for each source.

    Args:
        person_ids: the people asked about.
        exchanges: every open exchange of all of them with its listing, where that has been read already; it saves
            the query for exchanges.
    """
    ids = list(person_ids)
    if not ids:
        return {}
    if exchanges is None:
        return _taken(ids, _open_exchanges(ids))
    known = ((giver_of(row), row.state, hours_of(row)) for row in exchanges)
    return _taken(ids, ((giver, state, hours) for giver, state, hours in known if giver is not None))


def giver_of(exchange: Exchange) -> UUID | None:
    """Whose hours an exchange takes; nobody's, where an organisation gives."""
    owner = exchange.listing.person_id if exchange.listing else None
    return _giver(exchange.asked_person_id, exchange.direction, owner, exchange.starter_id)


def _giver(asked: UUID | None, direction: str, owner: UUID | None, starter: UUID | None) -> UUID | None:
    """Who was asked in person gives; else whoever offers: with a need that is the one who began."""
    return asked or (starter if direction == Direction.NEED else owner)


def hours_of(exchange: Exchange) -> float:
    """Hours a month that an exchange takes once it is accepted."""
    listing = exchange.listing
    return float((listing and listing.hours_a_month) or USUAL_HOURS)


def _taken(ids: list[UUID], rows: Iterable[tuple[UUID, str, float]]) -> dict[UUID, float]:
    """What a yes takes, and what providers add. A question alone takes nothing of anybody's month."""
    taken: dict[UUID, float] = defaultdict(float)
    for giver, state, hours in rows:
        if state == "accepted":
            taken[giver] += hours
    for provider in _providers:
        for person_id, hours in provider(ids).items():
            taken[person_id] += max(0.0, float(hours))
    return {person_id: taken[person_id] for person_id in ids}


def _open_exchanges(ids: list[UUID]) -> Iterable[tuple[UUID, str, float]]:
    """(who gives, state, hours) of every exchange that was accepted, or asks them to give and waits."""
    columns = (
        "state",
        "asked_person_id",
        "direction",
        "listing__person_id",
        "starter_id",
        "listing__hours_a_month",
    )
    busy = Exchange.objects.filter(state__in=("asked", "accepted")).order_by()
    # One lookup by index for each way to give, in one statement; no exchange is in two of them.
    of_the_asked = busy.filter(asked_person__in=ids).values_list("pk", *columns)
    of_offers = busy.filter(direction=Direction.OFFER, listing__person__in=ids)
    for_needs = busy.filter(direction=Direction.NEED, starter__in=ids, state="accepted")
    rows = of_the_asked.union(
        of_offers.values_list("pk", *columns), for_needs.values_list("pk", *columns), all=True
    )
    for _pk, state, asked, direction, owner, starter, hours in rows:
        giver = _giver(asked, direction, owner, starter)
        if giver is not None:
            yield giver, state, float(hours or USUAL_HOURS)


def hours_free(people: Iterable[Person]) -> dict[UUID, float]:
    """Hours a month that are left, never below nought, for each of the people."""
    listed = list(people)
    taken = hours_taken([person.pk for person in listed])
    return {person.pk: max(0.0, person.hours_a_month - taken.get(person.pk, 0.0)) for person in listed}


@dataclass(frozen=True)
class Standing:
    """How somebody stands: hours a month that are left, and questions that wait for their answer."""

    free: float
    waiting: int


def standing_of(person: Person) -> Standing:
    """Both in one query for exchanges, and one for each provider."""
    rows = list(_open_exchanges([person.pk]))
    taken = _taken([person.pk], rows)[person.pk]
    waiting = sum(state == "asked" for _giver, state, _hours in rows)
    return Standing(max(0.0, person.hours_a_month - taken), waiting)


def can_be_asked(person: Person, *, standing: Standing | None = None) -> tuple[bool, str]:
    """Whether somebody may be asked for help now, and if not, a kind sentence that says so.

    `standing` is what `standing_of` answered for them, where that has been asked already.
    """
    if person.leave_alone or not person.user.is_active:
        return False, said(_("%(name)s is not taking questions."), name=person.name)
    if person.is_paused and person.paused_until is not None:
        return False, said(
            _("%(name)s is taking a rest until %(date)s."),
            name=person.name,
            date=date_format(person.paused_until, "DATE_FORMAT"),
        )
    standing = standing_of(person) if standing is None else standing
    if standing.free <= 0:
        return False, said(_("%(name)s has no free hours this month."), name=person.name)
    waiting = standing.waiting
    if waiting >= MOST_OPEN_ASKS:
        return False, said(
            ngettext(
                "%(count)s question waits for %(name)s already. Let them answer first, or ask somebody else today.",
                "%(count)s questions wait for %(name)s already. Let them answer first, or ask somebody else today.",
                waiting,
            ),
            count=waiting,
            name=person.name,
        )
    return True, ""
