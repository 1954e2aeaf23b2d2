"""A person as one reader may see them, and how they stand with time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from directory import bandwidth
from directory.constants import Format, Level
from directory.models import Capacity, Exchange, Organisation, Person, PersonCapacity
from foundation.database.querysets import filter_any
from foundation.l10n.languages import country_name, language_name
from foundation.l10n.names import said
from foundation.l10n.times import zone_of


@dataclass(frozen=True)
class Skill:
    """One thing somebody can help with or learns."""

    capacity: Capacity
    evidence: str = ""


@dataclass(frozen=True)
class Hours:
    """Hours a month: all, taken, free, and the sentence that says so."""

    total: int
    taken: float
    free: float
    sentence: str
    label: str


@dataclass(frozen=True)
class PersonPage:
    """Everything a person's page may show to one reader. A field that is hidden from them is empty here."""

    person: Person
    name: str
    is_self: bool
    pronouns: str = ""
    bio: str = ""
    place: str = ""
    time: str = ""
    since: str = ""
    wikimedia_name: str = ""
    languages: list[str] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    helps: list[Skill] = field(default_factory=list)
    learns: list[Skill] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    hours: Hours | None = None
    asks_of_you: str = ""
    may_ask: bool = True
    why_not: str = ""
    confirmed: str = ""
    bio_language: str = ""

    @property
    def first_name(self) -> str:
        """For a heading such as "Ask Kwabena"."""
        return self.name.split(" ")[0]

    @property
    def first_facts(self) -> list[str]:
        """Where they are, what time it is there, since when they are here."""
        return [fact for fact in (self.place, self.time, self.since) if fact]

    @property
    def slugs(self) -> list[str]:
        """Capacities they can help with."""
        return [skill.capacity.slug for skill in self.helps]


def person_page(person: Person, viewer: Any) -> PersonPage:
    """Gathers what the viewer may see. Expects `with_all()`; one query more, for the hours."""
    standing = bandwidth.standing_of(person)
    free = standing.free
    can, why_not = bandwidth.can_be_asked(person, standing=standing)
    if can and not person.listed:
        can, why_not = False, said(_("%(name)s is not taking questions."), name=person.name)

    def may(name: str) -> bool:
        return person.shows(name, viewer)

    sides: dict[str, list[Skill]] = {side: [] for side in PersonCapacity.Side.values}
    for row in person.capacities.all():
        sides[row.side].append(Skill(row.capacity, row.evidence))
    return PersonPage(
        person=person,
        name=person.name,
        is_self=viewer.is_authenticated and viewer.pk == person.user_id,
        pronouns=person.pronouns if may("pronouns") else "",
        bio=person.bio if may("bio") else "",
        bio_language=person.bio_language,
        place=place_of(person, viewer),
        time=local_time(person, viewer) if may("timezone") else "",
        since=_("Here since %(year)s") % {"year": date_format(person.created, "Y")},
        wikimedia_name=person.user.wikimedia_name if may("wikimedia_name") else "",
        languages=spoken(person) if may("languages") else [],
        organisations=_organisations(person) if may("organisations") else [],
        helps=sides[PersonCapacity.Side.OFFERS],
        learns=sides[PersonCapacity.Side.LEARNS] if may("learning") else [],
        formats=[str(Format(value).label) for value in person.clean_formats()],
        hours=hours_of(person, free) if may("hours") else None,
        asks_of_you=person.asks_of_you,
        may_ask=can,
        why_not=why_not,
        confirmed=confirmed(person.confirmed_at),
    )


def confirmed(day: date | None) -> str:
    """When somebody last said that it is true, as people say it: "Confirmed 2 weeks ago"."""
    if day is None:
        return ""
    days = (timezone.localdate() - day).days
    if days <= 0:
        return _("Confirmed today")
    if days < 14:
        return ngettext("Confirmed %(count)s day ago", "Confirmed %(count)s days ago", days) % {"count": days}
    if days < 60:
        weeks = days // 7
        return ngettext("Confirmed %(count)s week ago", "Confirmed %(count)s weeks ago", weeks) % {
            "count": weeks
        }
    return _("Confirmed in %(month)s") % {"month": date_format(day, "F Y")}


def place_of(person: Person, viewer: Any) -> str:
    """Town and country, as far as the viewer may see them."""
    city = person.city if person.shows("city", viewer) else ""
    country = person.country if person.shows("country", viewer) else ""
    name = country_name(country, get_language() or "en") if country else ""
    if city and name:
        return said(_("%(town)s, %(country)s"), town=city, country=name)
    return city or name


def spoken(person: Person) -> list[str]:
    """Languages with how well, one text each."""
    interface = get_language() or "en"
    return [
        said(
            _("%(language)s, %(level)s"),
            language=language_name(row.language, interface),
            level=str(Level(row.level).label).lower(),
        )
        for row in person.languages.all()
    ]


def local_time(person: Person, viewer: Any, now: datetime | None = None) -> str:
    """What time it is there. To strangers only the zone: their page may be an hour old when it is read."""
    zone = zone_of(person.user)
    if zone is None:
        return ""
    now = now or timezone.now()
    there = now.astimezone(zone)
    if not viewer.is_authenticated:
        return _("Time zone %(offset)s") % {"offset": _utc(there)}
    clock = date_format(there, "TIME_FORMAT")
    own = zone_of(viewer)
    if own is None:
        # What "you" would be compared with is not known.
        return _("%(time)s there now (%(offset)s)") % {"time": clock, "offset": _utc(there)}
    here = now.astimezone(own)
    minutes = int(
        ((there.utcoffset() or there - there) - (here.utcoffset() or here - here)).total_seconds() / 60
    )
    if minutes == 0:
        return _("%(time)s there now, same time as you") % {"time": clock}
    if minutes % 60:
        return _("%(time)s there now (%(offset)s)") % {"time": clock, "offset": _utc(there)}
    hours = abs(minutes) // 60
    if minutes < 0:
        message = ngettext(
            "%(time)s there now, %(count)s hour behind you",
            "%(time)s there now, %(count)s hours behind you",
            hours,
        )
    else:
        message = ngettext(
            "%(time)s there now, %(count)s hour ahead of you",
            "%(time)s there now, %(count)s hours ahead of you",
            hours,
        )
    return message % {"time": clock, "count": hours}


def hours_of(person: Person, free: float) -> Hours:
    """Hours a month, how many of them are free, in words and for the bar."""
    total = person.hours_a_month
    taken = total - free
    sentence = ngettext(
        "About %(total)s hour a month; %(free)s free now.",
        "About %(total)s hours a month; %(free)s free now.",
        total,
    ) % {"total": total, "free": f"{free:g}"}
    label = ngettext("%(taken)s of %(total)s hour taken", "%(taken)s of %(total)s hours taken", total) % {
        "total": total,
        "taken": f"{taken:g}",
    }
    return Hours(total, taken, free, sentence, label)


def thanks_to(person: Person, limit: int = 3) -> list[Exchange]:
    """Thanks that those who wrote them let this page show, newest first."""
    helped = filter_any(
        Exchange.objects.filter(state="thanked", thanks_public=True).exclude(thanks=""),
        Q(asked_person=person),
        Q(listing__person=person, listing__direction="offer"),
        Q(starter=person, listing__direction="need"),
    )
    return list(
        helped.select_related("starter", "listing__organisation", "listing__person").order_by("-state_since")[
            :limit
        ]
    )


def common_ground(page: PersonPage, reader: Person | None) -> str:
    """One sentence on why this person may be right for the reader, or nothing. Uses prefetched rows."""
    if reader is None or page.is_self:
        return ""
    learns = PersonCapacity.Side.LEARNS
    wanted = {row.capacity_id for row in reader.capacities.all() if row.side == learns}
    for skill in page.helps:
        if skill.capacity.pk in wanted:
            return said(
                _("Because you want to learn about “%(capacity)s”, and %(name)s can help with it."),
                capacity=skill.capacity.label(),
                name=page.first_name,
            )
    return ""


def _organisations(person: Person) -> list[Organisation]:
    return [row.organisation for row in person.memberships.all() if row.organisation.active]


def _utc(moment: datetime) -> str:
    text = moment.strftime("%z")
    return f"UTC{text[:3]}" + (f":{text[3:]}" if text[3:] != "00" else "")
