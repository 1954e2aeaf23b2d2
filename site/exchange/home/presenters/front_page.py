"""What the home page shows to everybody: true figures, the index of capacities, what is new and what is next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from directory.taxonomy.labels import Labels, known_labels
from foundation.design.cards import Card
from search.api import find
from search.cards import card_from_hit
from search.types import Query, Results

LEARNING = ("lesson", "recording", "course")
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
    degraded: bool = False


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
    tongues = find(Query(language=language, kinds=LEARNING, facets=("language",), limit=0))
    recordings = find(Query(language=language, kinds=("recording",), sort="recent", limit=3))
    courses = find(Query(language=language, kinds=("course",), sort="soon", limit=3))
    return FrontDoor(
        figures={
            "learning": sum(figures.get(kind, 0) for kind in LEARNING),
            "languages": len(tongues.facets.get("language", [])),
            "people": figures.get("person", 0),
            "needs": figures.get("need", 0),
        },
        branches=branches(labels, None if everything.degraded else counts, language),
        capacity_count=len(labels.all_slugs()),
        recordings=cards(recordings, language),
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
