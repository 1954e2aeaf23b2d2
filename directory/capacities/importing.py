"""Bringing a file of capacities into the database: safe to repeat, errors by line, nothing deleted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from django.db import transaction

from directory.capacities.concepts import Concept, Reading, Unreadable
from directory.capacities.formats import read
from directory.capacities.planning import Plan, Stored
from directory.capacities.telling import tell_index
from directory.models import Capacity, CapacityText

__all__ = ["SHIPPED", "Report", "Unreadable", "import_capacities"]

SHIPPED = Path(__file__).resolve().parents[1] / "taxonomy" / "capacities.csv"


@dataclass
class Report:
    """What an import did: counts by outcome, problems by place, capacities the file does not know.

    Each capacity found is counted once: created, moved, updated, reordered, unchanged or skipped.
    """

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


class _Undo(Exception):
    """Ends a dry run."""


def import_capacities(path: Path, *, dry_run: bool = False) -> Report:
    """Reads a file and makes the database say the same of every capacity in it.

    What the file says nothing of stays as it is: capacities it does not name, and columns or languages it
    does not have. A line with a problem is skipped and named; the rest goes in. Raises Unreadable where the
    file cannot be read at all.
    """
    reading = read(path)
    report = Report(notes=list(reading.notes))
    report.counts["found"] = len(reading.concepts)
    try:
        with transaction.atomic():
            _Import(reading, report).run()
            if dry_run:
                raise _Undo
    except _Undo:
        pass
    return report


class _Import:
    """One run over the whole file, inside one transaction."""

    def __init__(self, reading: Reading, report: Report) -> None:
        self.reading = reading
        self.report = report
        # Locked, so that two imports at once, or an import and an editor, do not both write the tree.
        list(Capacity.objects.select_for_update().values_list("pk"))
        self.have = {capacity.slug: capacity for capacity in Capacity.objects.with_texts()}
        self.outcome: dict[str, str] = {}

    def run(self) -> None:
        """Checks everything, then writes what can be written."""
        plan = Plan(
            self.reading.concepts,
            self._stored(),
            with_wikidata="wikidata" in self.reading.fields,
            refuse=self._refuse,
        )
        named = {concept.slug for concept in self.reading.concepts}
        self.report.unknown = sorted(set(self.have) - named)
        concepts = plan.in_order()
        self._free_wikidata(concepts)
        for concept in concepts:
            self.report.notes += [f"{concept.where}: {note}." for note in concept.notes]
            if concept.slug not in self.have:
                self._create(concept)
            else:
                self._change(concept)
        if "order" in self.reading.fields:
            for parent in dict.fromkeys(concept.parent for concept in concepts):
                self._put_in_order(parent, [concept for concept in concepts if concept.parent == parent])
        self.report.counts.update(self.outcome.values())
        touched = [slug for slug, outcome in self.outcome.items() if outcome in ("moved", "updated")]
        tell_index(Capacity.objects.filter(slug__in=touched))

    def _stored(self) -> dict[str, Stored]:
        by_path = {capacity.path: capacity.slug for capacity in self.have.values()}
        return {
            slug: Stored(by_path.get(capacity.path[: -Capacity.steplen], ""), capacity.wikidata_id)
            for slug, capacity in self.have.items()
        }

    def _refuse(self, concept: Concept, problem: str) -> None:
        self.report.counts["skipped"] += 1
        self.report.problems.append(f"{concept.where}: {problem}.")

    def _free_wikidata(self, concepts: Iterable[Concept]) -> None:
        """Two capacities may swap their ids; each must let go before the other takes hold."""
        if "wikidata" in self.reading.fields:
            changing = [
                concept.slug
                for concept in concepts
                if concept.slug in self.have and self.have[concept.slug].wikidata_id != concept.wikidata
            ]
            Capacity.objects.filter(slug__in=changing).update(wikidata_id="")

    def _create(self, concept: Concept) -> None:
        node = Capacity(slug=concept.slug, wikidata_id=concept.wikidata)
        # Fresh rows: treebeard keeps places in memory, and they change with every write.
        parent = Capacity.objects.get(slug=concept.parent) if concept.parent else None
        created = parent.add_child(instance=node) if parent else Capacity.add_root(instance=node)
        _write_texts(created, concept.texts())
        self.outcome[concept.slug] = "created"

    def _change(self, concept: Concept) -> None:
        capacity = self.have[concept.slug]
        updated = self._update(capacity, concept)
        moved = _move(concept)
        self.outcome[concept.slug] = "moved" if moved else "updated" if updated else "unchanged"

    def _update(self, capacity: Capacity, concept: Concept) -> bool:
        rows = {(row.language, row.role, row.text): row.pk for row in capacity.texts.all()}
        wanted = concept.texts()
        spoken_of = self.reading.texts
        gone = [pk for key, pk in rows.items() if key not in wanted and key[:2] in spoken_of]
        new = wanted - set(rows)
        other_id = "wikidata" in self.reading.fields and capacity.wikidata_id != concept.wikidata
        CapacityText.objects.filter(pk__in=gone).delete()
        _write_texts(capacity, new)
        if other_id:
            Capacity.objects.filter(pk=capacity.pk).update(wikidata_id=concept.wikidata)
        return bool(gone or new or other_id)

    def _put_in_order(self, parent: str, concepts: list[Concept]) -> None:
        """Brings the file's capacities below one parent into the file's order; others keep their places."""
        above = Capacity.objects.get(slug=parent) if parent else None
        nodes = above.get_children() if above else Capacity.get_root_nodes()
        current = list(nodes.values_list("slug", flat=True))
        ranks = {
            concept.slug: (concept.order or len(concepts), place) for place, concept in enumerate(concepts)
        }
        ordered = iter(sorted((slug for slug in current if slug in ranks), key=ranks.__getitem__))
        desired = [next(ordered) if slug in ranks else slug for slug in current]
        stay = {
            slug
            for block in SequenceMatcher(None, current, desired, autojunk=False).get_matching_blocks()
            for slug in current[block.a : block.a + block.size]
        }
        for place, slug in enumerate(desired):
            if slug in stay:
                continue
            node = Capacity.objects.get(slug=slug)
            if place:
                node.move(Capacity.objects.get(slug=desired[place - 1]), pos="right")
            else:
                node.move(node.get_first_sibling(), pos="left")
            if self.outcome.get(slug) == "unchanged":
                self.outcome[slug] = "reordered"


def _write_texts(capacity: Capacity, texts: set[tuple[str, str, str]]) -> None:
    CapacityText.objects.bulk_create(
        CapacityText(capacity=capacity, language=language, role=role, text=text)
        for language, role, text in sorted(texts)
    )


def _move(concept: Concept) -> bool:
    capacity = Capacity.objects.get(slug=concept.slug)
    parent = capacity.get_parent()
    if (parent.slug if parent else "") == concept.parent:
        return False
    if concept.parent:
        capacity.move(Capacity.objects.get(slug=concept.parent), pos="last-child")
    else:
        capacity.move(Capacity.get_last_root_node(), pos="last-sibling")
    return True
