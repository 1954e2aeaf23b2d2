"""What the home page shows to everybody: true figures, the index of capacities, what is new and what is next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from directory.kinds import PERSON
from directory.taxonomy.labels import Labels, known_labels
from foundation.design.cards import Card
from foundation.kinds import registry
from foundation.kinds.constants import Family
from learning.kinds import COURSE, RECORDING
from search.api import find
from search.cards import card_from_hit
from search.types import Query, Results

BROWSED_CHILDREN = 4


@dataclass(frozen=True)
class Branch:
    """One part of the taxonomy with how much there is below it."""

    slug: str
    label: str
    count: int | None  # None while the index cannot be asked
    children: tuple[Branch, ...] = ()


@dataclass(frozen=True)
class FrontDoor:
    """All the home page needs."""

    figures: dict[str, int]
    branches: tuple[Branch, ...]
    capacity_count: int
    recordings: tuple[Card, ...]
    courses: tuple[CourseRow, ...]
    doors: dict[str, tuple[str, ...]]  # the kinds behind each
    degraded: bool = False

    @property
    def learn_url(self) -> str:
        """The list of all there is to learn."""
        return f"{reverse('search:search')}?{urlencode([('kind', kind) for kind in self.doors['learn']])}"


@dataclass(frozen=True)
class CourseRow:
    """A course with the day its next cohort starts."""

    card: Card
    starts: Any


def front_door(language: str) -> FrontDoor:
    """Reads the index three times and the taxonomy once; no other query."""
    labels = known_labels()
    everything = find(Query(language=language, facets=("kind", "capacity"), limit=0))
    figures = {value.value: value.count for value in everything.facets.get("kind", [])}
    counts = {value.value: value.count for value in everything.facets.get("capacity", [])}
    learning = registry.names_of(Family.LEARNING)
    tongues = find(Query(language=language, kinds=learning, facets=("language",), limit=0))
    recordings = find(Query(language=language, kinds=(RECORDING.name,), sort="recent", limit=3))
    courses = find(Query(language=language, kinds=(COURSE.name,), sort="soon", limit=3))
    return FrontDoor(
        figures={
            "learning": sum(figures.get(kind, 0) for kind in learning),
            "languages": len(tongues.facets.get("language", [])),
            "people": figures.get(PERSON.name, 0),
            "needs": sum(figures.get(kind, 0) for kind in registry.names_of(Family.NEEDS)),
        },
        branches=branches(labels, None if everything.degraded else counts, language),
        capacity_count=len(labels.all_slugs()),
        recordings=cards(recordings, language),
        doors={
            "learn": learning,
            "find": registry.names_of(Family.PEOPLE),
            "offer": registry.names_of(Family.OFFERS, Family.NEEDS),
        },
        courses=tuple(CourseRow(card_from_hit(hit, language=language), hit.starts) for hit in courses.hits),
        degraded=everything.degraded,
    )


def branches(
    labels: Labels, counts: dict[str, int] | None, language: str, most: int = BROWSED_CHILDREN
) -> tuple[Branch, ...]:
    """The roots of the tree, each with its fullest children. `counts` is None while nobody can count."""
    none = 0 if counts is not None else None
    counts = counts or {}
    found = []
    for root in labels.roots():
        below = sorted(
            labels.children(root), key=lambda slug: (-counts.get(slug, 0), labels.label(slug, language))
        )
        children = tuple(
            Branch(slug, labels.label(slug, language), counts.get(slug, none)) for slug in below[:most]
        )
        found.append(Branch(root, labels.label(root, language), counts.get(root, none), children))
    return tuple(found)


def cards(results: Results, language: str) -> tuple[Card, ...]:
    """The cards of what was found."""
    return tuple(card_from_hit(hit, language=language) for hit in results.hits)
