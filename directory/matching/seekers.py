"""Who seeks, and what is known of them that may count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from directory.models import Listing, Organisation, Person, PersonCapacity
from directory.regions import region_of
from directory.taxonomy.labels import Labels


@dataclass(frozen=True)
class Seeker:
    """What is wanted, and by whom. `is_reader` says that the one who reads the page is the one who seeks.

    `languages` are all in which something may be of use, `speaks` those somebody said they work in; for a
    reader who said nothing that is empty. `owners` ("person:<id>") are never suggested.
    """

    wanted: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    text: str = ""
    text_language: str = "en"
    languages: tuple[str, ...] = ()
    speaks: tuple[str, ...] = ()
    country: str = ""
    regions: tuple[str, ...] = ()
    timezone: str = ""
    formats: tuple[str, ...] = ()
    gives: frozenset[str] = frozenset()
    is_reader: bool = False
    exclude: frozenset[tuple[str, str]] = frozenset()
    owners: frozenset[str] = frozenset()
    labels: Labels = field(default_factory=Labels, repr=False, compare=False)

    def languages_with(self, people: bool) -> tuple[str, ...]:
        """The languages that count: with people those one works in, where they are known; else all.

        The language of the page somebody reads is not yet one they can talk in.
        """
        return self.speaks if people and self.speaks else self.languages


def nearby(wanted: Iterable[str], labels: Labels) -> tuple[str, ...]:
    """What the wanted capacities belong to, without the roots of the tree: those say too little."""
    wanted = tuple(wanted)
    return tuple(slug for slug in labels.broader(wanted) if labels.above(slug) and slug not in wanted)


def reader_of(viewer: Any) -> Person | None:
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
    reader: Person | None = None,
) -> Seeker:
    """Somebody on a page about some capacities: the signed-in person, or a reader of that language.

    `reader` is what `reader_of(viewer)` answered, where the page has asked that already.
    """
    person = reader or reader_of(viewer)
    if person is not None:
        return seeker_of_person(person, wanted, language=language, labels=labels, exclude=exclude)
    wanted = tuple(dict.fromkeys(wanted))
    return Seeker(
        wanted=wanted,
        near=nearby(wanted, labels),
        languages=(language.split("-")[0],),
        exclude=frozenset(exclude),
        labels=labels,
    )


def seeker_of_person(
    person: Person,
    wanted: Iterable[str],
    *,
    language: str,
    labels: Labels,
    exclude: Iterable[tuple[str, str]] = (),
) -> Seeker:
    """A person who reads a page about some capacities. Uses prefetched languages and capacities."""
    wanted = tuple(dict.fromkeys(wanted))
    region = region_of(person.country) if person.country else ""
    return Seeker(
        wanted=wanted,
        near=nearby(wanted, labels),
        languages=tuple(dict.fromkeys([*person.working_languages, language.split("-")[0]])),
        speaks=tuple(person.working_languages),
        country=person.country,
        regions=(region,) if region else (),
        timezone=person.user.timezone,
        formats=tuple(person.clean_formats()),
        gives=frozenset(slugs_of(person, labels)[PersonCapacity.Side.OFFERS]),
        is_reader=True,
        exclude=frozenset({*exclude, ("person", str(person.pk))}),
        owners=frozenset({f"person:{person.pk}"}),
        labels=labels,
    )


def seeker_of_need(listing: Listing, *, viewer: Any, labels: Labels) -> Seeker:
    """The owner of a need, as the need describes them, and never more than anybody may see of them.

    Who looks at it, if not the owner, is left out of the answers: their way to answer is "I can help".
    """
    wanted = tuple(labels.slug_of(capacity.pk) for capacity in listing.capacities.all())
    languages = tuple(listing.languages or [listing.language])
    country, regions = _where(listing)
    out = {(_kind_of(listing.owner), str(listing.owner.pk))}
    signed_in = viewer is not None and viewer.is_authenticated
    reader = Person.objects.filter(user=viewer).values_list("pk", flat=True).first() if signed_in else None
    if reader is not None:
        out.add(("person", str(reader)))
    person = listing.person
    return Seeker(
        wanted=wanted,
        near=nearby(wanted, labels),
        text=listing.title,
        text_language=listing.language,
        languages=languages,
        speaks=languages,
        country=country,
        regions=regions,
        timezone=person.user.timezone if person is not None and person.shows("timezone") else "",
        formats=tuple(listing.formats),
        is_reader=listing.is_owned_by(viewer) if viewer is not None else False,
        exclude=frozenset({("need", str(listing.pk)), *out}),
        owners=frozenset(f"{kind}:{pk}" for kind, pk in out),
        labels=labels,
    )


def _where(listing: Listing) -> tuple[str, tuple[str, ...]]:
    """(country, regions) of a need: what it says itself, else what its owner shows to everybody."""
    country = listing.country
    regions = tuple(listing.regions)
    owner = listing.owner
    if not country and not regions:
        if isinstance(owner, Organisation):
            country, regions = owner.country, (owner.region,) if owner.region else ()
        elif owner.shows("country"):
            country = owner.country
    if country and not regions:
        region = region_of(country)
        regions = (region,) if region else ()
    return country, regions


def slugs_of(person: Person, labels: Labels) -> Mapping[str, list[str]]:
    """What a person can help with and wants to learn, as slugs. Uses prefetched rows."""
    found: dict[str, list[str]] = {PersonCapacity.Side.OFFERS: [], PersonCapacity.Side.LEARNS: []}
    for row in person.capacities.all():
        found[row.side].append(labels.slug_of(row.capacity_id))
    return found


def _kind_of(owner: Any) -> str:
    return "person" if isinstance(owner, Person) else "organisation"
