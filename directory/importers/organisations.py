"""Organisations from a table (CSV in any form that spreadsheets write) with the columns acronym, name and type.

Identity is (source, acronym). What the file says is written; what somebody has changed here since the last
import stays, and is named. A line that cannot be read is named and left out; the others go in.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify

from directory.constants import OrganisationType
from directory.importers.spreadsheets import BROKEN, cell, read_table
from directory.models import Organisation
from foundation.l10n.names import cleaned, holds_unseen, is_visible

COLUMNS = ("acronym", "name", "type")
SOURCE = "affiliates"
LENGTHS = {"acronym": 30, "name": 200}
TYPES = {
    "chapter": OrganisationType.CHAPTER,
    "wikimedia user group": OrganisationType.USER_GROUP,
    "user group": OrganisationType.USER_GROUP,
    "thematic organization": OrganisationType.THEMATIC,
    "thematic organisation": OrganisationType.THEMATIC,
    "partner": OrganisationType.PARTNER,
    "partner organisation": OrganisationType.PARTNER,
    "partner organization": OrganisationType.PARTNER,
    "other": OrganisationType.OTHER,
}
OUTCOMES = ("found", "created", "updated", "unchanged", "skipped")


@dataclass(frozen=True)
class Row:
    """One organisation as the file has it."""

    line: int
    acronym: str
    name: str
    type: str

    def values(self) -> dict[str, str]:
        """What an import writes."""
        return {"acronym": self.acronym, "name": self.name, "type": self.type}


@dataclass
class Report:
    """How many of what, and what was wrong or left alone, in the order of the file."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def skip(self, problem: str) -> None:
        """Counts a line that is left out and says why."""
        self.counts["skipped"] += 1
        self.problems.append(problem)


def import_organisations(
    path: Path,
    *,
    source: str = SOURCE,
    dry_run: bool = False,
    progress: Callable[[list[Row]], Iterable[Row]] = iter,
) -> Report:
    """Reads the file and writes what is new or different, each line by itself.

    `progress` wraps the rows to show how far it is. Raises Unreadable for a file that is no such table.
    """
    report = Report()
    rows = list(read(path, report))
    known = {row.source_id: row for row in Organisation.objects.filter(source=source)}
    unsourced = {row.name.casefold(): row for row in Organisation.objects.filter(source="", is_demo=False)}
    slugs = set(Organisation.objects.values_list("slug", flat=True))
    with transaction.atomic():
        for row in progress(rows):
            found = known.get(_identity(row)) or unsourced.get(row.name.casefold())
            if found is None:
                _create(row, source, slugs)
                report.counts["created"] += 1
            else:
                report.counts[_update(found, row, source, report)] += 1
        if dry_run:
            transaction.set_rollback(True)
    return report


def read(path: Path, report: Report) -> Iterator[Row]:
    """The rows that can be used; the others go into the report by line and field.

    A quotation mark that is never closed spoils its own line only.
    """
    table = read_table(path, COLUMNS)
    report.notes += table.notes
    seen: dict[str, int] = {}
    for number, values in table.records():
        report.counts["found"] += 1
        if isinstance(values, csv.Error):
            report.skip(f"line {number}: cannot be read as CSV ({values})")
            continue
        row = _row(number, table.columns, values, report)
        if row is None:
            continue
        before = seen.setdefault(_identity(row), number)
        if before != number:
            report.skip(f"line {number}, acronym: {row.acronym} stands in line {before} already")
            continue
        yield row


def _row(line: int, columns: list[str], values: list[str], report: Report) -> Row | None:
    """The row, or None with everything that is wrong with it in the report."""
    problems = [f"line {line}: more values than columns"] if len(values) > len(columns) else []
    found = dict(zip(columns, values, strict=False))
    cells = {name: cell(found.get(name, "")) for name in COLUMNS}
    clean = {name: cleaned(text) if holds_unseen(text) else text for name, (text, _formula) in cells.items()}
    for name, text in clean.items():
        if cells[name][0] and not is_visible(text):
            problems.append(f"line {line}, {name}: holds only characters that cannot be seen")
        elif not text:
            problems.append(f"line {line}, {name}: is empty")
        elif BROKEN in text:
            problems.append(f"line {line}, {name}: holds bytes that are no UTF-8")
        elif len(text) > LENGTHS.get(name, 200):
            problems.append(f"line {line}, {name}: longer than {LENGTHS.get(name, 200)} characters")
    kind = TYPES.get(clean["type"].casefold())
    if kind is None and clean["type"] and BROKEN not in clean["type"]:
        known = ", ".join(TYPES)
        problems.append(f"line {line}, type: “{clean['type'][:60]}” is none of {known}")
    if problems or kind is None:
        report.skip("; ".join(problems))
        return None
    report.notes += [
        f"line {line}, {name}: characters that cannot be seen were taken out of “{clean[name][:60]}”"
        for name, (text, _formula) in cells.items()
        if holds_unseen(text)
    ]
    report.notes += [
        f"line {line}, {name}: “{text[:60]}” looks like a formula and is taken as text"
        for name, (text, formula) in cells.items()
        if formula
    ]
    return Row(line, clean["acronym"], clean["name"], kind.value)


def _identity(row: Row) -> str:
    return row.acronym.casefold()


def _create(row: Row, source: str, slugs: set[str]) -> None:
    organisation = Organisation(
        **row.values(), source=source, source_id=_identity(row), imported=row.values(), slug=_slug(row, slugs)
    )
    organisation.save()


def _update(organisation: Organisation, row: Row, source: str, report: Report) -> str:
    """Writes what differs; "updated" or "unchanged"."""
    changed = [] if organisation.source == source else ["source", "source_id"]
    organisation.source, organisation.source_id = source, _identity(row)
    for name, wanted in row.values().items():
        now, before = getattr(organisation, name), organisation.imported.get(name)
        if now == wanted:
            continue
        if before is not None and now != before:
            if wanted != before:
                report.notes.append(f"line {row.line}, {name}: changed here to “{now}”, left as it is")
            continue
        setattr(organisation, name, wanted)
        changed.append(name)
    if organisation.imported != row.values():
        organisation.imported = row.values()
        changed.append("imported")
    if not changed:
        return "unchanged"
    organisation.save(update_fields=[*changed, "updated"])
    return "updated"


def _slug(row: Row, taken: set[str]) -> str:
    """A short name for the address that nobody has: from the name, else the acronym, else with a number."""
    base = slugify(row.name)[:100].strip("-") or slugify(row.acronym) or "organisation"
    short = slugify(row.acronym)
    choices = [
        base,
        *([f"{base}-{short}"] if short else []),
        *(f"{base}-{number}" for number in range(2, 10_000)),
    ]
    slug = next(choice for choice in choices if choice not in taken)
    taken.add(slug)
    return slug
