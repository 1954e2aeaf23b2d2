"""Who seeks, and what is known of them that may count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from directory.capacities.labels import Labels
from directory.models import Listing, Person, PersonCapacity
from directory.regions import region_of


@dataclass(frozen=True)
class Seeker:
    """What is wanted, and by whom. `is_reader` says that the one who reads the page is the one who seeks."""

    wanted: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    text: str = ""
    languages: tuple[str, ...] = ()
    country: str = ""
    region: str = ""
    timezone: str = ""
    formats: tuple[str, ...] = ()
    gives: frozenset[str] = frozenset()
    is_reader: bool = False
    exclude: frozenset[tuple[str, str]] = frozenset()
    owner: str = ""
    labels: Labels = field(default_factory=Labels, repr=False, compare=False)


def nearby(wanted: Iterable[str], labels: Labels) -> tuple[str, ...]:
    """What the wanted capacities belong to, without the roots of the tree: those say too little."""
    wanted = tuple(wanted)
    return tuple(slug for slug in labels.broader(wanted) if labels.above(slug) and slug not in wanted)


def person_of(viewer: Any) -> Person | None:
    """The person behind a signed-in viewer, with languages and capacities; None for everybody else."""
    if viewer is None or not viewer.is_authenticated:
        return None
    return (
        Person.objects.filter(user=viewer)
        .select_related("user")
        .prefetch_related("languages", "capacities")
        .first()
    )


def seeker_for(
    wanted: Iterable[str],
    *,
    viewer: Any,
    language: str,
    labels: Labels,
    exclude: Iterable[tuple[str, str]] = (),
) -> Seeker:
    """Somebody on a page about some capacities: the signed-in person, or a reader of that language."""
    wanted = tuple(dict.fromkeys(wanted))
    person = person_of(viewer)
    common: dict[str, Any] = {"wanted": wanted, "near": nearby(wanted, labels), "labels": labels}
    if person is None:
        return Seeker(languages=(language,), exclude=frozenset(exclude), **common)
    return Seeker(
        languages=tuple(dict.fromkeys([*person.working_languages, language])),
        country=person.country,
        region=region_of(person.country) if person.country else "",
        timezone=person.user.timezone,
        formats=tuple(person.clean_formats()),
        gives=frozenset(slugs_of(person, labels)[PersonCapacity.Side.OFFERS]),
        is_reader=True,
        exclude=frozenset({*exclude, ("person", str(person.pk))}),
        owner=f"person:{person.pk}",
        **common,
    )


def seeker_of_need(listing: Listing, *, viewer: Any, labels: Labels) -> Seeker:
    """The owner of a need, as the need describes them."""
    wanted = tuple(labels.slug_of(capacity.pk) for capacity in listing.capacities.all())
    owner = listing.owner
    return Seeker(
        wanted=wanted,
        near=nearby(wanted, labels),
        text=listing.title,
        languages=tuple(listing.languages or [listing.language]),
        country=listing.country,
        region=(region_of(listing.country) if listing.country else "") or next(iter(listing.regions), ""),
        formats=tuple(listing.formats),
        is_reader=listing.is_owned_by(viewer) if viewer is not None else False,
        exclude=frozenset({("need", str(listing.pk)), (_kind_of(owner), str(owner.pk))}),
        owner=f"{_kind_of(owner)}:{owner.pk}",
        labels=labels,
    )


def slugs_of(person: Person, labels: Labels) -> Mapping[str, list[str]]:
    """What a person can help with and wants to learn, as slugs. Uses prefetched rows."""
    found: dict[str, list[str]] = {PersonCapacity.Side.OFFERS: [], PersonCapacity.Side.LEARNS: []}
    for row in person.capacities.all():
        found[row.side].append(labels.slug_of(row.capacity_id))
    return found


def _kind_of(owner: Any) -> str:
    return "person" if isinstance(owner, Person) else "organisation"
