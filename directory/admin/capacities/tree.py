"""The tree of capacities as the admin shows it: rows with their uses, cut down to what was searched for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import get_language

from directory.models import Capacity
from directory.querysets import CapacityQuerySet
from directory.taxonomy.concepts import MAX_DEPTH
from directory.taxonomy.labels import known_labels
from directory.taxonomy.usage import Use, usage

WHOLE = 500  # a tree of up to so many is shown as a whole, folded; of a larger one what is opened
MOST_OF_A_BRANCH = 200
MOST_FOUND = 50


@dataclass
class Branch:
    """One capacity with what lies below it."""

    capacity: Capacity
    label: str
    uses: list[Use] = field(default_factory=list)
    below: list[Branch] = field(default_factory=list)
    found: bool = False
    open: bool = False

    @property
    def used(self) -> int:
        """How often it is referred to, itself."""
        return sum(use.count for use in self.uses)

    @property
    def may_have_children(self) -> bool:
        """Whether there is a level left below it."""
        return self.capacity.depth < MAX_DEPTH

    @property
    def may_go(self) -> bool:
        """Whether it can be deleted."""
        return not self.capacity.numchild and not self.uses


@dataclass
class Shown:
    """The part of the tree that a page shows, and whether there is more of it than that."""

    branches: list[Branch]
    cut: bool = False


def opened(key: str) -> Shown:
    """Of a large tree its top, and what lies below a capacity (by key) and below all that it belongs to."""
    trail = [""]
    one = Capacity.objects.filter(slug=known_labels().slug_of_key(key)).first()
    if one is not None:
        trail += [one.path[:end] for end in range(Capacity.steplen, len(one.path) + 1, Capacity.steplen)]
    paths: list[str] = []
    cut = False
    for above in trail:
        level = Capacity.objects.filter(path__startswith=above, depth=len(above) // Capacity.steplen + 1)
        found = list(level.order_by("path").values_list("path", flat=True)[: MOST_OF_A_BRANCH + 1])
        cut = cut or len(found) > MOST_OF_A_BRANCH
        paths += found[:MOST_OF_A_BRANCH]
    branches = _branches(Capacity.objects.filter(path__in={*paths, *filter(None, trail)}))
    _open(branches)
    return Shown(branches, cut)


def found(words: str) -> Shown:
    """Of a large tree what has all these words in the names of one capacity, with what it belongs to."""
    labels = known_labels()
    slugs = list(islice(labels.named(words), MOST_FOUND + 1))
    wanted = set(slugs[:MOST_FOUND])
    with_above = wanted.union(*(labels.above(slug) for slug in wanted))
    branches = _branches(Capacity.objects.filter(slug__in=with_above))
    _open(branches)
    waiting = list(branches)
    while waiting:
        branch = waiting.pop()
        branch.found = branch.capacity.slug in wanted
        waiting += branch.below
    return Shown(branches, len(slugs) > MOST_FOUND)


def _open(branches: list[Branch]) -> None:
    for branch in branches:
        branch.open = bool(branch.below)
        _open(branch.below)


def all_branches() -> list[Branch]:
    """The whole tree, in two queries and one for each relation that leads to capacities."""
    return _branches(Capacity.objects.all(), whole=True)


def _branches(capacities: CapacityQuerySet, *, whole: bool = False) -> list[Branch]:
    """These capacities, each below the one that it belongs to, which has to be among them."""
    rows = list(capacities.with_texts().order_by("path"))
    uses = usage(None if whole else [row.pk for row in rows])
    roots: list[Branch] = []
    trail: list[Branch] = []
    for capacity in rows:
        branch = Branch(capacity, capacity.label(), uses.get(capacity.pk, []))
        del trail[capacity.depth - 1 :]
        (trail[-1].below if trail else roots).append(branch)
        trail.append(branch)
    return roots


def searched(branches: Iterable[Branch], words: str) -> list[Branch]:
    """Only branches in which all words occur in the names (any language) of one capacity; opened to it."""
    wanted = words.casefold().split()
    kept = []
    for branch in branches:
        names = " ".join([branch.capacity.slug, branch.capacity.wikidata_id, *branch.capacity.all_labels()])
        branch.found = all(word in names.casefold() for word in wanted)
        below = searched(branch.below, words)
        branch.open = bool(below)
        if branch.found or below:
            # What lies below something found stays in reach, folded.
            branch.below = below or branch.below
            kept.append(branch)
    return kept


def is_large() -> bool:
    """Whether there are too many capacities to show them all at once."""
    return len(known_labels().all_slugs()) > WHOLE


def choices(words: str = "", keep: Iterable[object] = ()) -> list[tuple[int, str]]:
    """Capacities for a list to choose from: every one, indented by level.

    Of a large tree those that have all the `words` in their names, or without words its top; each with its place.
    `keep` are keys that stay in the list whatever the words, such as the one that is chosen.
    """
    if not is_large():
        return [
            (capacity.pk, "— " * (capacity.depth - 1) + capacity.label())
            for capacity in Capacity.objects.with_texts()
        ]
    labels, language = known_labels(), get_language() or "en"
    kept = filter(None, (labels.slug_of_key(str(key)) for key in keep))
    some = islice(labels.named(words) if words.strip() else labels.roots(), MOST_OF_A_BRANCH)
    return [
        (labels.key_of(slug), labels.trail((*labels.above(slug), slug), language))
        for slug in dict.fromkeys([*kept, *some])
    ]
