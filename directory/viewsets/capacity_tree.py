"""The tree of capacities as the admin shows it: rows with their uses, cut down to what was searched for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from directory.capacities.concepts import MAX_DEPTH
from directory.capacities.usage import Use, usage
from directory.models import Capacity


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
        return not self.below and not self.uses


def all_branches() -> list[Branch]:
    """The whole tree, in two queries and one for each relation that leads to capacities."""
    uses = usage()
    roots: list[Branch] = []
    trail: list[Branch] = []
    for capacity in Capacity.objects.with_texts():
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


def choices() -> list[tuple[int, str]]:
    """Every capacity for a list to choose from, indented by level."""
    return [
        (capacity.pk, "— " * (capacity.depth - 1) + capacity.label())
        for capacity in Capacity.objects.with_texts()
    ]
