"""What people do with their own profile."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from directory.constants import Visibility
from directory.deadlines import LONGEST_PAUSE
from directory.errors import NotPossible
from directory.models import Capacity, Person, PersonCapacity, PersonLanguage

if TYPE_CHECKING:
    from foundation.accounts.models import User


def person_of(user: User) -> Person:
    """The profile of an account, made at the first need. It is listed nowhere until its person says so."""
    found = Person.objects.filter(user=user).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return Person.objects.create(user=user, name=user.name or str(user), bio_language=user.language)
    except IntegrityError:  # two first visits at once
        return Person.objects.get(user=user)


def pause(person: Person, until: date) -> None:
    """Rests until and including a day. Raises NotPossible for a day that is past or over a year away."""
    today = localdate()
    if until < today:
        raise NotPossible(_("Choose a day in the future."))
    if until > today + LONGEST_PAUSE:
        raise NotPossible(_("A pause ends after at most a year. You can always begin another."))
    person.paused_until = until
    person.save(update_fields=["paused_until", "updated"])


def end_pause(person: Person) -> None:
    """Is back. Doing it twice is no harm."""
    if person.paused_until is not None:
        person.paused_until = None
        person.save(update_fields=["paused_until", "updated"])


def set_leave_alone(person: Person, wanted: bool) -> None:
    """Takes somebody out of every list and lets nobody ask them, or lets them back in."""
    if person.leave_alone != wanted:
        person.leave_alone = wanted
        person.save(update_fields=["leave_alone", "updated"])


def confirm(person: Person) -> None:
    """What the profile says is still true today."""
    person.confirmed_at = localdate()
    person.save(update_fields=["confirmed_at", "updated"])


@transaction.atomic
def set_about(
    person: Person,
    *,
    name: str,
    pronouns: str,
    bio: str,
    bio_language: str,
    country: str,
    city: str,
    timezone: str,
) -> None:
    """Who they are. Name and time zone are their account's, too; it counts as a confirmation."""
    person.name, person.pronouns = name, pronouns
    person.bio, person.bio_language = bio, bio_language
    person.country, person.city = country, city
    person.confirmed_at = localdate()
    person.save()
    person.user.name, person.user.timezone = name, timezone
    person.user.save(update_fields=["name", "timezone"])


def set_time(person: Person, *, formats: list[str], hours_a_month: int, asks_of_you: str) -> None:
    """How they like to help, and how many hours a month."""
    person.formats, person.hours_a_month, person.asks_of_you = formats, hours_a_month, asks_of_you
    person.save()


def set_contact(person: Person, *, contact_by: list[str], contact_note: str) -> None:
    """How they may be reached after both have said yes."""
    person.contact_by, person.contact_note = contact_by, contact_note
    person.save(update_fields=["contact_by", "contact_note", "updated"])


def set_visibility(person: Person, chosen: dict[str, str], *, listed: bool | None = None) -> None:
    """Sets who sees which field, and whether they are in the lists. Unknown fields and values are left out."""
    also = [] if listed is None else ["listed"]
    person.listed = person.listed if listed is None else listed
    person.visibility = {
        field: value
        for field, value in chosen.items()
        if field in Person.CHOOSABLE and value in Visibility.values
    }
    person.save(update_fields=["visibility", *also, "updated"])


@transaction.atomic
def set_languages(person: Person, levels: dict[str, str]) -> None:
    """Replaces the languages: {code: Level}. Rows that stay keep their place."""
    _lock(person)
    person.languages.exclude(language__in=levels).delete()
    known = {row.language: row for row in person.languages.all()}
    for code, level in levels.items():
        row = known.get(code)
        if row is None:
            PersonLanguage.objects.create(person=person, language=code, level=level)
        elif row.level != level:
            row.level = level
            row.save(update_fields=["level"])
    _touch(person)


@transaction.atomic
def set_capacities(
    person: Person,
    side: PersonCapacity.Side,
    chosen: Iterable[Capacity],
    evidence: dict[int, str] | None = None,
) -> None:
    """Replaces one side (can help with, or wants to learn). `evidence` is {capacity's key: what shows it}."""
    _lock(person)
    evidence = evidence or {}
    wanted = {capacity.pk: capacity for capacity in chosen}
    rows = person.capacities.filter(side=side)
    for row in rows.exclude(capacity__in=wanted):
        row.delete()
    known = {row.capacity_id: row for row in rows.all()}
    for key, capacity in wanted.items():
        text = evidence.get(key, "")[:300]
        if key not in known:
            PersonCapacity.objects.create(person=person, capacity=capacity, side=side, evidence=text)
        elif known[key].evidence != text:
            known[key].evidence = text
            known[key].save(update_fields=["evidence"])
    _touch(person)


def _lock(person: Person) -> None:
    """One writer at a time for each person."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)


def _touch(person: Person) -> None:
    """Counts as a confirmation, and tells whoever watches people (the index)."""
    person.confirmed_at = localdate()
    person.save(update_fields=["confirmed_at", "updated"])
