"""Bringing a file of capacities into the database: safe to repeat, errors by line, nothing deleted.

However large the file, the database is asked and told in a fixed number of steps, and the queue gets one job.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from directory.constants import TextRole
from directory.errors import Unreadable
from directory.models import Capacity, CapacityText
from directory.taxonomy.concepts import Concept, Reading
from directory.taxonomy.formats import read
from directory.taxonomy.import_plan import Plan, Stored
from directory.taxonomy.reindex import tell_of_import
from directory.taxonomy.resolve import Matching
from directory.taxonomy.tree_writer import BATCH, Tree

__all__ = ["SHIPPED", "Report", "Unreadable", "import_capacities"]

SHIPPED = Path(__file__).resolve().parent / "data" / "capacities.csv"


@dataclass
class Report:
    """What an import did: counts by outcome, problems by place, capacities the file does not know.

    Each capacity found is counted once: created, moved, updated, reordered, unchanged or skipped. Notes name what
    was moved, renamed, or taken otherwise than the file says it.
    """

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


class _Undo(Exception):
    """Ends a dry run."""


def import_capacities(
    path: Path,
    *,
    dry_run: bool = False,
    flatten: bool = False,
    contexts: Mapping[str, Path] | None = None,
) -> Report:
    """Reads a file and makes the database say the same of every capacity in it.

    What the file says nothing of stays as it is: capacities it does not name, and columns or languages it
    does not have. A line with a problem is skipped and named; the rest goes in. `flatten` puts what lies too deep
    on the lowest level there is; `contexts` are files for the contexts of JSON-LD. Raises Unreadable where the
    file cannot be read at all.
    """
    reading = read(path, contexts)
    report = Report(notes=list(reading.notes))
    report.counts["found"] = len(reading.concepts)
    try:
        with transaction.atomic():
            _Import(reading, report, flatten=flatten).run()
            if dry_run:
                raise _Undo
    except _Undo:
        pass
    return report


class _Import:
    """One run over the whole file, inside one transaction."""

    def __init__(self, reading: Reading, report: Report, *, flatten: bool) -> None:
        self.reading = reading
        self.report = report
        self.flatten = flatten
        # Locked, so that two imports at once, or an import and an editor, do not both write the tree.
        list(Capacity.objects.select_for_update().values_list("pk"))
        self.have = {capacity.slug: capacity for capacity in Capacity.objects.with_texts()}
        self.tree = Tree(self.have.values())
        self.outcome: dict[str, str] = {}
        self.gone: list[int] = []
        self.new: list[CapacityText] = []

    def run(self) -> None:
        """Checks everything, then writes what can be written."""
        concepts = self._possible()
        for concept in concepts:
            self.report.notes += [f"{concept.where}: {note}." for note in concept.notes]
            if concept.slug not in self.have:
                self._create(concept)
            else:
                self._change(concept)
        if "order" in self.reading.fields:
            self._put_in_order(concepts)
        self._write(concepts)
        self.report.counts.update(self.outcome.values())
        tell_of_import(
            created=[slug for slug, outcome in self.outcome.items() if outcome == "created"],
            changed=[slug for slug, outcome in self.outcome.items() if outcome in ("moved", "updated")],
        )

    def _possible(self) -> list[Concept]:
        """What can go in, parents before children, with slugs and parents as they are here."""
        stored = {
            slug: Stored(self.tree.parent[slug], capacity.wikidata_id, capacity.address, capacity.label("en"))
            for slug, capacity in self.have.items()
        }
        matching = Matching(self.reading, stored, flatten=self.flatten, refuse=self._refuse)
        plan = Plan(
            matching.concepts,
            stored,
            with_wikidata="wikidata" in self.reading.fields,
            refuse=self._refuse,
        )
        known = {concept.slug for concept in matching.concepts}
        addresses = {concept.address for concept in self.reading.concepts}
        self.report.unknown = sorted(
            slug for slug, row in stored.items() if slug not in known and row.address not in addresses
        )
        return plan.in_order()

    def _refuse(self, concept: Concept, problem: str) -> None:
        self.report.counts["skipped"] += 1
        self.report.problems.append(f"{concept.where}: {problem}.")

    def _create(self, concept: Concept) -> None:
        row = Capacity(slug=concept.slug, address=concept.address, wikidata_id=concept.wikidata)
        self.tree.add(row, concept.parent)
        self._add_texts(row, concept.texts())
        self.outcome[concept.slug] = "created"

    def _change(self, concept: Concept) -> None:
        capacity = self.have[concept.slug]
        updated = self._update(capacity, concept)
        before = self.tree.parent[concept.slug]
        moved = self.tree.move(concept.slug, concept.parent)
        if moved:
            places = [repr(slug) if slug else "the top" for slug in (before, concept.parent)]
            self.report.notes.append(f"{concept.where}: moved from {places[0]} to {places[1]}.")
        self.outcome[concept.slug] = "moved" if moved else "updated" if updated else "unchanged"

    def _update(self, capacity: Capacity, concept: Concept) -> bool:
        rows = {(row.language, row.role, row.text): row.pk for row in capacity.texts.all()}
        wanted = concept.texts()
        spoken_of = self.reading.texts
        gone = {key: pk for key, pk in rows.items() if key not in wanted and key[:2] in spoken_of}
        new = wanted - set(rows)
        self.gone += gone.values()
        self._add_texts(capacity, new)
        labels = {language: text for language, role, text in gone if role == TextRole.PREFERRED}
        for language, role, text in sorted(new):
            if role == TextRole.PREFERRED and language in labels:
                was = labels[language]
                self.report.notes.append(f"{concept.where}: renamed in {language}, from {was!r} to {text!r}.")
        return bool(gone or new or self._other_wikidata(concept))

    def _other_wikidata(self, concept: Concept) -> bool:
        known = self.have[concept.slug].wikidata_id
        return "wikidata" in self.reading.fields and known != concept.wikidata

    def _add_texts(self, row: Capacity, texts: Iterable[tuple[str, str, str]]) -> None:
        self.new += (
            CapacityText(capacity=row, language=language, role=role, text=text)
            for language, role, text in sorted(texts)
        )

    def _put_in_order(self, concepts: list[Concept]) -> None:
        below: dict[str, list[Concept]] = {}
        for concept in concepts:
            below.setdefault(concept.parent, []).append(concept)
        for parent, children in below.items():
            for slug in self.tree.put_in_order(parent, children):
                if self.outcome.get(slug) == "unchanged":
                    self.outcome[slug] = "reordered"

    def _write(self, concepts: list[Concept]) -> None:
        changing = [
            (self.have[concept.slug], concept.wikidata)
            for concept in concepts
            if concept.slug in self.have and self._other_wikidata(concept)
        ]
        # Two capacities may swap their ids; each must let go before the other takes hold.
        for capacity, _wikidata in changing:
            capacity.wikidata_id = ""
        rows = [capacity for capacity, _wikidata in changing]
        Capacity.objects.bulk_update(rows, ["wikidata_id"], batch_size=BATCH)
        for capacity, wikidata in changing:
            capacity.wikidata_id = wikidata
        Capacity.objects.bulk_update(rows, ["wikidata_id"], batch_size=BATCH)
        self.tree.write()
        for start in range(0, len(self.gone), BATCH):
            texts = CapacityText.objects.filter(pk__in=self.gone[start : start + BATCH])
            # Without a signal for each; what shows them is told of all at the end.
            texts._raw_delete(texts.db)
        CapacityText.objects.bulk_create(self.new, batch_size=4 * BATCH)
