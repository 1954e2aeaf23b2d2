"""The capacities of a list as a tree to choose from: counted, indented, opened where something is chosen.

How capacities belong to each other is read from the index itself, where every capacity is a document with
all its broader ones; so this needs no model of any room.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from search.api import MAX_FETCHED, fetch
from search.types import CAPACITY, FacetValue, Hit

MOST_KNOWN = 2 * MAX_FETCHED  # capacities of one list that are looked at
MOST_SHOWN = 20  # beside what is chosen: more than anybody reads, and every one is weight on the page


@dataclass
class Branch:
    """A capacity in the tree. `is_open`: something inside is chosen, or it is chosen itself."""

    value: str
    label: str
    count: int
    selected: bool
    children: list[Branch] = field(default_factory=list)
    is_open: bool = False


def known_capacities(slugs: Iterable[str], language: str) -> dict[str, Hit]:
    """What the index knows of these capacities, by slug; asked in as few questions as possible."""
    wanted = list(dict.fromkeys(slugs))[:MOST_KNOWN]
    found: dict[str, Hit] = {}
    for start in range(0, len(wanted), MAX_FETCHED):
        keys = [(CAPACITY, slug) for slug in wanted[start : start + MAX_FETCHED]]
        found |= {hit.id: hit for hit in fetch(keys, language=language)}
    return found


def known_for_tree(counted: Sequence[str], chosen: Sequence[str], language: str) -> dict[str, Hit]:
    """What `tree` has to know of these capacities (`counted`: the most frequent first).

    Reading two hundred documents takes longer than the search: without anything chosen the most frequent are
    enough, with all that is broader. What is right below a chosen one can only be found among all.
    """
    most = MOST_KNOWN if chosen else 2 * MOST_SHOWN
    known = known_capacities([*chosen, *counted[:most]], language)
    above = {slug for hit in known.values() for slug in hit.broader}.intersection(counted)
    missing = sorted(above.difference(known))
    return known | (known_capacities(missing, language) if missing else {})


def narrowest(slugs: Sequence[str], known: Mapping[str, Hit]) -> tuple[str, ...]:
    """Without those that another one of them is narrower than.

    Any of the chosen is enough, and a capacity finds what is narrower too: with both a capacity and one of
    its branches chosen, the branch would change nothing. Who opens a branch and chooses in it wants less.
    """
    above = {slug for chosen in slugs if chosen in known for slug in _broader(known[chosen])}
    return tuple(slug for slug in slugs if slug not in above)


def tree(values: Sequence[FacetValue], known: Mapping[str, Hit]) -> list[Branch]:
    """The roots of the tree of these counted values, the most frequent first."""
    counted = {value.value: value for value in values if value.value in known}
    parents = {slug: _parent(known[slug], counted, known) for slug in counted}
    kept: set[str] = set()
    for slug in _worth_showing(counted, parents):
        while slug and slug not in kept:
            kept.add(slug)
            slug = parents[slug]
    branches = {
        slug: Branch(slug, known[slug].title, counted[slug].count, counted[slug].selected)
        for slug in sorted(kept, key=lambda slug: (-counted[slug].count, known[slug].title))
    }
    roots: list[Branch] = []
    for slug, branch in branches.items():
        parent = parents[slug]
        (branches[parent].children if parent else roots).append(branch)
    for slug, branch in branches.items():
        if branch.selected:
            while slug:
                branches[slug].is_open = True
                slug = parents[slug]
    return roots


def _broader(hit: Hit) -> tuple[str, ...]:
    return tuple(slug for slug in hit.broader if slug != hit.id)


def _parent(hit: Hit, counted: Mapping[str, FacetValue], known: Mapping[str, Hit]) -> str:
    """The nearest broader capacity that is counted: of all broader ones, the one with most above itself."""
    above = [slug for slug in _broader(hit) if slug in counted]
    # Never one that has as many above itself: a circle in the data must not become a circle here.
    above = [slug for slug in above if len(_broader(known[slug])) < len(_broader(hit))]
    return max(above, key=lambda slug: (len(_broader(known[slug])), slug), default="")


def _worth_showing(counted: Mapping[str, FacetValue], parents: Mapping[str, str]) -> list[str]:
    """What is chosen, what is right below it, and the most frequent of the others."""
    chosen = {slug for slug, value in counted.items() if value.selected}
    below = [slug for slug, parent in parents.items() if parent in chosen and counted[slug].count]
    frequent = sorted(
        (slug for slug in counted if counted[slug].count), key=lambda slug: -counted[slug].count
    )
    return [*chosen, *below[:MOST_SHOWN], *frequent[:MOST_SHOWN]]
