"""The home page of somebody who is signed in: continue, what waits, what is for you, what is coming up."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.bandwidth import hours_taken
from directory.constants import MembershipRole
from directory.matching import for_you
from directory.models import Exchange, Membership, Person, PersonCapacity
from directory.presenters.mine import ExchangeLine, exchange_line
from directory.services.people import person_of
from directory.taxonomy.labels import known_labels
from foundation.l10n.names import said
from foundation.l10n.times import zone_of
from learning.kinds import LESSON
from learning.selectors import HAS_SEAT, coming_up_for, continue_for
from learning.selectors import traces_of as learning_traces
from mentoring.selectors import Waiting, summary_for
from mentoring.selectors import traces_of as mentoring_traces

WAITING_SHOWN = 6
RUNNING_SHOWN = 6
MOST_READ = 50  # exchanges


def dashboard(user: Any, language: str) -> dict[str, Any]:
    """The context of the signed-in home page. At most a fixed number of queries, fewer for who has less going."""
    # Most people have no request, pair or seat at a given time: one question tells which lists to read at all.
    seen = {**mentoring_traces(user), **learning_traces(user)}
    person = Person.objects.filter(user=user).annotate(**seen).first() or person_of(user)
    person.user = user
    prefetch_related_objects([person], "languages", "capacities")
    traces = {name for name in seen if getattr(person, name, False)}
    mentoring = summary_for(user, traces)
    exchanges = _open_exchanges(user)
    lines = _exchange_lines(user, exchanges)
    waiting = [*(_of_exchange(line) for line in lines if line.my_turn), *mentoring.waiting]
    running = [*(_of_exchange(line) for line in lines if not line.my_turn), *mentoring.running]
    # All of them are in hand unless somebody has more open than are shown.
    every = exchanges if len(exchanges) < MOST_READ else None
    taken = hours_taken([person.pk], exchanges=every)[person.pk]
    labels = known_labels()
    learns = [
        labels.slug_of(row.capacity_id)
        for row in person.capacities.all()
        if row.side == PersonCapacity.Side.LEARNS
    ]
    return {
        "person": person,
        "lessons": LESSON.name,
        "greeting": greeting(user),
        "waiting": waiting[:WAITING_SHOWN],
        "running": running[:RUNNING_SHOWN],
        "waiting_sentence": waiting_sentence(len(waiting)),
        "continue": continue_for(user, language),
        "for_you": for_you(person, language=language, free=person.hours_a_month - taken),
        "coming_up": coming_up_for(user, language) if HAS_SEAT in traces else [],
        "hours": {
            "taken": round(taken),
            "total": person.hours_a_month,
            "free": max(0, person.hours_a_month - round(taken)),
        },
        "learns": [(slug, labels.label(slug, language)) for slug in learns],
    }


def _open_exchanges(user: Any) -> list[Any]:
    managers = Membership.objects.filter(
        person__user=user, role=MembershipRole.MANAGER, organisation=OuterRef("listing__organisation")
    )
    rows = Exchange.objects.of(user).open().with_all().annotate(is_managed=Exists(managers))
    return list(rows.order_by("-state_since")[:MOST_READ])


def _exchange_lines(user: Any, shown: list[Any]) -> list[ExchangeLine]:
    owners = (row.listing.organisation_id for row in shown if row.is_managed and row.listing)
    managed = {organisation for organisation in owners if organisation is not None}
    return [exchange_line(row, user, managed) for row in shown]


def _of_exchange(line: ExchangeLine) -> Waiting:
    return Waiting(
        kind=line.kind,
        title=f"{line.other_name}: {line.title}" if line.other_name != line.title else line.title,
        sentence=line.next_step,
        url=line.exchange.get_absolute_url(),
        action=_("Open"),
        since=line.exchange.state_since,
        mark=line.kind,
    )


def greeting(user: Any) -> str:
    """As people greet, by the hour of the reader's clock, where it is known."""
    name, zone = user.get_short_name(), zone_of(user)
    if zone is None:
        return said(_("Hello, %(name)s"), name=name)
    hour = timezone.localtime(timezone=zone).hour
    if 5 <= hour < 12:
        return said(_("Good morning, %(name)s"), name=name)
    if 12 <= hour < 18:
        return said(_("Good afternoon, %(name)s"), name=name)
    return said(_("Good evening, %(name)s"), name=name)


def waiting_sentence(count: int) -> str:
    """How much waits for the person."""
    if not count:
        return _("Nothing waits for you.")
    return ngettext("One thing waits for you.", "%(count)s things wait for you.", count) % {"count": count}
