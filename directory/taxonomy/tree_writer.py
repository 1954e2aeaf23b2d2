"""The tree of capacities as it shall be, written with a fixed number of statements, however many there are.

treebeard writes a node at a time: its path, its parent's count, the paths of all that follow. Here the whole tree
is laid out in memory first. What keeps its place keeps its path.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from directory.models import Capacity
from directory.taxonomy.concepts import Concept

BATCH = 500


class Tree:
    """Slugs below slugs ("" is the top), in order, and the rows that have them."""

    def __init__(self, capacities: Iterable[Capacity]) -> None:
        self.rows: dict[str, Capacity] = {}
        self.parent: dict[str, str] = {}
        self.below: dict[str, list[str]] = {"": []}
        by_path = {"": ""}
        for capacity in capacities:  # in the order of the tree
            slug = by_path[capacity.path] = capacity.slug
            parent = by_path[capacity.path[: -Capacity.steplen]]
            self.rows[slug] = capacity
            self.parent[slug] = parent
            self.below.setdefault(parent, []).append(slug)

    def add(self, row: Capacity, parent: str) -> None:
        """A new capacity, the last below its parent."""
        self.rows[row.slug] = row
        self.parent[row.slug] = parent
        self.below.setdefault(parent, []).append(row.slug)

    def move(self, slug: str, parent: str) -> bool:
        """Below another parent, as its last. Returns whether it lay elsewhere."""
        if self.parent[slug] == parent:
            return False
        self.below[self.parent[slug]].remove(slug)
        self.parent[slug] = parent
        self.below.setdefault(parent, []).append(slug)
        return True

    def put_in_order(self, parent: str, concepts: list[Concept]) -> list[str]:
        """Brings these below a parent into their order; others keep their places. Returns what had to move."""
        ranks = {
            concept.slug: (concept.order or len(concepts), place) for place, concept in enumerate(concepts)
        }
        current = self.below.get(parent, [])
        ordered = iter(sorted((slug for slug in current if slug in ranks), key=ranks.__getitem__))
        desired = [next(ordered) if slug in ranks else slug for slug in current]
        if desired == current:
            return []
        stay = {
            slug
            for block in SequenceMatcher(None, current, desired, autojunk=False).get_matching_blocks()
            for slug in current[block.a : block.a + block.size]
        }
        self.below[parent] = desired
        return [slug for slug in desired if slug not in stay]

    def write(self) -> None:
        """Gives every row its place and saves what is new or has another place than before."""
        new: list[Capacity] = []
        changed: list[Capacity] = []
        away: list[Capacity] = []
        for row, place in self._places():
            if row.pk is None:
                new.append(row)
            elif (row.path, row.depth, row.numchild) != place:
                changed.append(row)
                if row.path != place[0]:
                    away.append(Capacity(pk=row.pk, path=f"~{row.pk}"))
            row.path, row.depth, row.numchild = place
        # A path is one row's: all let go of theirs before any takes hold of another.
        Capacity.objects.bulk_update(away, ["path"], batch_size=BATCH)
        Capacity.objects.bulk_update(changed, ["path", "depth", "numchild"], batch_size=BATCH)
        Capacity.objects.bulk_create(new, batch_size=BATCH)

    def _places(self) -> Iterator[tuple[Capacity, tuple[str, int, int]]]:
        """Each row with its path, its depth and the number of those below it; parents before their children."""
        waiting = [("", "")]
        for parent, above in waiting:  # grows while it is read
            slugs = self.below.get(parent, [])
            depth = len(above) // Capacity.steplen + 1
            for slug, step in zip(slugs, self._steps(slugs, above), strict=True):
                path = str(Capacity._get_path(above, depth, step))
                waiting.append((slug, path))
                yield self.rows[slug], (path, depth, len(self.below.get(slug, ())))

    def _steps(self, slugs: list[str], above: str) -> list[int]:
        """The number of each among its siblings: its own while they rise, else all anew."""
        own = [self._step(slug, above) for slug in slugs]
        have = [step for step in own if step]
        if have != sorted(have) or any(own[len(have) :]):
            return list(range(1, len(slugs) + 1))
        last = have[-1] if have else 0
        return have + list(range(last + 1, last + 1 + len(slugs) - len(have)))

    def _step(self, slug: str, above: str) -> int:
        row = self.rows[slug]
        if row.pk is None or row.path[: -Capacity.steplen] != above:
            return 0
        return int(Capacity._str2int(row.path[-Capacity.steplen :]))
