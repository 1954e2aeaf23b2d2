"""The home page of somebody who is signed in: continue, what waits, what is for you, what is coming up."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.bandwidth import hours_taken
from directory.capacities.labels import all_labels
from directory.matching import for_you
from directory.models import Exchange, PersonCapacity
from directory.services import person_of
from learning.services import coming_up_for, continue_for
from mentoring.services import summary_for

WAITING_SHOWN = 5


def dashboard(user: Any, language: str) -> dict[str, Any]:
    """The context of the signed-in home page. A fixed number of queries."""
    person = person_of(user)
    waiting = list(user.notifications.all().waiting()[:WAITING_SHOWN])
    taken = hours_taken([person.pk]).get(person.pk, 0.0)
    labels = all_labels()
    learns = [
        (labels.slug_of(row.capacity_id), labels.label(labels.slug_of(row.capacity_id), language))
        for row in person.capacities.all()
        if row.side == PersonCapacity.Side.LEARNS
    ]
    exchanges = Exchange.objects.of(user).open().with_all().order_by("-state_since")[:WAITING_SHOWN]
    return {
        "person": person,
        "greeting": greeting(user.get_short_name()),
        "waiting": waiting,
        "waiting_sentence": waiting_sentence(len(waiting)),
        "continue": continue_for(user, language),
        "for_you": for_you(person, language=language),
        "coming_up": coming_up_for(user),
        "mentoring": summary_for(user),
        "exchanges": list(exchanges),
        "hours": {
            "taken": round(taken),
            "total": person.hours_a_month,
            "free": max(0, person.hours_a_month - round(taken)),
        },
        "learns": learns,
    }


def greeting(name: str) -> str:
    """As people greet, by the hour in the reader's time zone."""
    hour = timezone.localtime().hour
    if 5 <= hour < 12:
        return _("Good morning, %(name)s") % {"name": name}
    if 12 <= hour < 18:
        return _("Good afternoon, %(name)s") % {"name": name}
    return _("Good evening, %(name)s") % {"name": name}


def waiting_sentence(count: int) -> str:
    """How much waits for the person."""
    if not count:
        return _("Nothing waits for you.")
    return ngettext("One thing waits for you.", "%(count)s things wait for you.", count) % {"count": count}
