"""Loading invented organisations, people and listings."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils import timezone

from directory.constants import Direction
from directory.models import (
    Capacity,
    Listing,
    Membership,
    Organisation,
    OrganisationText,
    Person,
    PersonCapacity,
    PersonLanguage,
)
from directory.regions import region_of
from exchange.demo.clock import ago, as_of
from exchange.demo.material import days_from_now, read, stable_id
from exchange.demo.users import ROLES, demo_address, demo_password
from foundation.accounts.constants import Role
from foundation.accounts.models import User

# Invented as well; they have accounts and no page in the directory.
STAFF = {
    "editor": "Edda Lindgren",
    "translator": "Tomiko Alder",
    "moderator": "Moses Adeyemi",
    "administrator": "Ada Mensah",
}


@dataclass
class Cast:
    """Everything that was made, by the keys of the demo's files."""

    capacities: dict[str, Capacity]
    people: dict[str, Person] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    listings: dict[str, Listing] = field(default_factory=dict)
    staff: dict[str, User] = field(default_factory=dict)


def load_people() -> Cast:
    """Organisations, people with their accounts, listings. Expects capacities and an empty directory."""
    cast = Cast({capacity.slug: capacity for capacity in Capacity.objects.all()})
    for row in read("organisations.yaml"):
        cast.organisations[row["slug"]] = _organisation(row)
    for number, row in enumerate(read("people.yaml")):
        with as_of(ago(days=200 + number * 37 % 600)):
            cast.people[row["key"]] = _person(row, cast)
    asked = _first_asked()
    for number, row in enumerate(read("listings.yaml")):
        # Before anybody asked, and not all on one day.
        youngest = max(int(row.get("confirmed_days_ago") or 0), asked.get(row["key"], 0) + 1)
        with as_of(ago(days=youngest + number * 13 % (60 if row["direction"] == Direction.OFFER else 9))):
            cast.listings[row["key"]] = _listing(row, cast)
    _staff(cast)
    return cast


def _first_asked() -> dict[str, int]:
    """Days since somebody first asked, by the listing's key."""
    found: dict[str, int] = {}
    for row in read("exchanges.yaml")["exchanges"]:
        if "listing" in row:
            found[row["listing"]] = max(row["days_ago"], found.get(row["listing"], 0))
    return found


def _organisation(row: dict[str, Any]) -> Organisation:
    organisation = Organisation.objects.create(
        name=row["name"],
        slug=row["slug"],
        acronym=row.get("acronym") or "",
        type=row["kind"],
        country=row.get("country") or "",
        region=region_of(row.get("country") or ""),
        languages=row.get("languages") or [],
        is_demo=True,
    )
    OrganisationText.objects.bulk_create(
        OrganisationText(
            organisation=organisation,
            language=language,
            name=text.get("name") or "",
            summary=text.get("summary") or "",
            description=text.get("description") or "",
        )
        for language, text in row["texts"].items()
    )
    return organisation


def _account(row: dict[str, Any]) -> User:
    """An account that nobody can sign in to, unless it is one of the demo's published ones."""
    name = next((role for role, (key, _group) in ROLES.items() if key == row["key"]), None)
    spoken = [language["code"] for language in row["languages"]]
    user = User(
        email=demo_address(name or row["key"]),
        name=row["name"],
        timezone=row["timezone"],
        language=next((code for code in spoken if code in {"en", "es", "fr", "ar"}), "en"),
        date_joined=timezone.now(),
    )
    if name is None:
        user.set_unusable_password()
    else:
        user.language = "en"
        user.password = _hashed_password()
    user.save()
    _verify(user)
    _join(user, ROLES[name][1] if name else None)
    return user


@cache
def _hashed_password() -> str:
    """Hashing is slow on purpose, and the password is the same for all."""
    return make_password(demo_password())


def _verify(user: User) -> None:
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def _join(user: User, role: Role | None) -> None:
    names = [Role.MEMBER.value, *([role.value] if role else [])]
    user.groups.set(Group.objects.filter(name__in=names))


def _person(row: dict[str, Any], cast: Cast) -> Person:
    bio = row.get("bio") or {}
    person = Person.objects.create(
        id=stable_id("person", row["key"]),
        user=_account(row),
        name=row["name"],
        pronouns=row.get("pronouns") or "",
        bio=bio.get("text") or "",
        bio_language=bio.get("language") or "",
        country=row.get("country") or "",
        city=row.get("city") or "",
        formats=row.get("formats") or [],
        hours_a_month=row.get("hours_a_month") or 0,
        listed=True,
        leave_alone=bool(row.get("leave_alone")),
        paused_until=days_from_now(row.get("paused_until_days")),
        visibility=row.get("visibility") or {},
        confirmed_at=days_from_now(-int(row.get("confirmed_days_ago") or 0)),
        contact_by=["email"],
        is_demo=True,
    )
    PersonLanguage.objects.bulk_create(
        PersonLanguage(person=person, language=language["code"], level=language["level"])
        for language in row["languages"]
    )
    evidence = row.get("evidence") or {}
    sides = ((PersonCapacity.Side.OFFERS, row.get("offers")), (PersonCapacity.Side.LEARNS, row.get("learns")))
    PersonCapacity.objects.bulk_create(
        PersonCapacity(
            person=person,
            capacity=cast.capacities[slug],
            side=side,
            evidence=evidence.get(slug, "") if side == PersonCapacity.Side.OFFERS else "",
        )
        for side, slugs in sides
        for slug in slugs or []
    )
    Membership.objects.bulk_create(
        Membership(
            person=person, organisation=cast.organisations[member["organisation"]], role=member["role"]
        )
        for member in row.get("organisations") or []
    )
    return person


def _listing(row: dict[str, Any], cast: Cast) -> Listing:
    kind, _, key = row["owner"].partition(":")
    listing = Listing.objects.create(
        id=stable_id("listing", row["key"]),
        direction=row["direction"],
        asset=row["kind"],
        person=cast.people[key] if kind == "person" else None,
        organisation=cast.organisations[key] if kind == "organisation" else None,
        title=row["title"],
        summary=row.get("summary") or "",
        description=row.get("description") or "",
        language=row.get("language") or "en",
        languages=row.get("languages") or [],
        regions=row.get("regions") or [],
        country=row.get("country") or _country(row, cast),
        formats=row.get("formats") or [],
        method=row.get("method") or "",
        hours_a_month=row.get("hours_a_month"),
        for_whom=row.get("for_whom") or "",
        deadline=days_from_now(row.get("deadline_days")) if row["direction"] == Direction.NEED else None,
        amount=row.get("amount"),
        currency=row.get("currency") or "",
        valid_until=days_from_now(row.get("valid_days")),
        confirmed_at=days_from_now(-int(row.get("confirmed_days_ago") or 0)),
        created_by=cast.people.get(key),
        is_demo=True,
    )
    listing.capacities.set([cast.capacities[slug] for slug in row["capacities"]])
    return listing


def _country(row: dict[str, Any], cast: Cast) -> str:
    """A need is somewhere; an offer's place is where its owner is, which the owner may hide."""
    if row["direction"] != Direction.NEED:
        return ""
    kind, _, key = row["owner"].partition(":")
    if kind == "organisation":
        return cast.organisations[key].country
    person = cast.people[key]
    return person.country if person.shows("country") else ""


def _staff(cast: Cast) -> None:
    """Accounts for the roles that no invented person holds."""
    for name, (key, role) in ROLES.items():
        if key:
            continue
        user = User(
            email=demo_address(name),
            name=STAFF[name],
            language="en",
            is_superuser=role == Role.ADMINISTRATOR,
            is_staff=True,
            date_joined=ago(days=300),
        )
        user.password = _hashed_password()
        user.save()
        _verify(user)
        _join(user, role)
        cast.staff[name] = user
