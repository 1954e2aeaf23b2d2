"""The sections of one's own profile, each with a line on what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.constants import ContactWay, Format, Visibility
from directory.models import Person, PersonCapacity
from directory.presenters.people import spoken


@dataclass(frozen=True)
class Section:
    """One section: its name in the address, its title, where to change it, and what it says now."""

    name: str
    title: str
    url: str
    holds: str


def sections_of(person: Person, titles: Mapping[str, Any]) -> list[Section]:
    """All sections in their order. Expects `with_all()`."""
    holds = {
        "about": person.bio or _("Nothing yet. A sentence or two help others to turn to you."),
        "languages": " · ".join(spoken(person)) or _("Nothing yet. Help finds its way by language first."),
        "help": _labels(person, PersonCapacity.Side.OFFERS) or _("Nothing yet."),
        "learn": _labels(person, PersonCapacity.Side.LEARNS) or _("Nothing yet."),
        "time": _time(person),
        "contact": _contact(person),
        "privacy": _privacy(person),
    }
    return [
        Section(name, str(title), reverse("directory:profile_section", args=[name]), holds[name])
        for name, title in titles.items()
    ]


def _labels(person: Person, side: str) -> str:
    return " · ".join(row.capacity.label() for row in person.capacities.all() if row.side == side)


def _time(person: Person) -> str:
    hours = ngettext("About %(count)s hour a month", "About %(count)s hours a month", person.hours_a_month)
    ways = [str(Format(value).label) for value in person.clean_formats()]
    return " · ".join([hours % {"count": person.hours_a_month}, *ways])


def _contact(person: Person) -> str:
    ways = [str(ContactWay(way).label) for way in ContactWay.values if way in (person.contact_by or [])]
    return " · ".join(ways) or _("Nothing is chosen yet; you are asked each time.")


def _privacy(person: Person) -> str:
    hidden = [name for name in Person.CHOOSABLE if person.visibility_of(name) != Visibility.PUBLIC]
    shown = (
        _("You are shown in the directory.") if person.listed else _("You are not shown in the directory.")
    )
    rest = ngettext(
        "%(count)s field is not shown to everyone.",
        "%(count)s fields are not shown to everyone.",
        len(hidden),
    ) % {"count": len(hidden)}
    return f"{shown} {rest}" if hidden else shown
