"""Capacities as CSV: slug, parent, order, wikidata, then label_xx, alt_xx, definition_xx for each language.

Two more only where there is something in them: address, of what has one that is not ours, and hidden_xx.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from directory.constants import TextRole
from directory.errors import Unreadable
from directory.models.capacity import own_address
from directory.taxonomy.concepts import Concept, Reading, one_line

NEEDED = ("slug", "parent", "label_en")
PLAIN = (*NEEDED[:2], "order", "wikidata")
ADDRESS = "address"
ROLES = {
    "label": TextRole.PREFERRED,
    "alt": TextRole.ALTERNATIVE,
    "hidden": TextRole.HIDDEN,
    "definition": TextRole.DEFINITION,
}
TEXT_COLUMN = re.compile(r"^(label|alt|hidden|definition)_([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)$")


def read(text: str, name: str) -> Reading:
    """What a table says; `name` is the file's, for messages. Raises Unreadable."""
    rows = _rows(text, name)
    columns = [column.strip() for column in next(rows, (0, []))[1]]
    _check(columns, name)
    texts = {column: match for column in columns if (match := TEXT_COLUMN.match(column))}
    known = {*PLAIN, ADDRESS, *texts}
    unknown = [column for column in columns if column and column not in known]
    return Reading(
        concepts=[_concept(columns, values, f"{name}, line {line}") for line, values in rows if any(values)],
        fields=frozenset({"order", "wikidata"}.intersection(columns)),
        texts=frozenset((match[2].lower(), ROLES[match[1]].value) for match in texts.values()),
        notes=[f"{name}, line 1: column {column!r} is not known and was left out." for column in unknown],
    )


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """(first line, values) of each row."""
    reader = csv.reader(io.StringIO(text, newline=""))
    line = 1
    while True:
        try:
            values = next(reader, None)
        except csv.Error as error:
            raise Unreadable(f"{name}, line {line}: not CSV: {error}.") from error
        if values is None:
            return
        yield line, values
        line = reader.line_num + 1


def _check(columns: list[str], name: str) -> None:
    missing = [column for column in NEEDED if column not in columns]
    if any(column.startswith("label_") for column in columns):
        missing = [column for column in missing if column != "label_en"]
    if missing:
        raise Unreadable(f"{name}, line 1: there is no column called {', '.join(missing)}.")
    twice = [column for column, times in Counter(filter(None, columns)).items() if times > 1]
    if twice:
        raise Unreadable(f"{name}, line 1: there are two columns called {', '.join(twice)}.")


def _concept(columns: list[str], values: list[str], where: str) -> Concept:
    row = {column: one_line(value) for column, value in zip(columns, values, strict=False)}
    order = row.get("order", "")
    concept = Concept(
        slug=row.get("slug", ""),
        parent=row.get("parent", ""),
        order=int(order) if re.fullmatch(r"[0-9]{1,6}", order) else 0,
        wikidata=row.get("wikidata", ""),
        address=row.get(ADDRESS, ""),
        where=where,
    )
    if len(values) != len(columns):
        # A shifted row would put texts under other languages, a short one would empty what it lacks.
        concept.problem = f"columns: {len(values)} values for {len(columns)} columns"
    elif order and not concept.order:
        concept.problem = f"order: {order!r} is no number from 1 on"
    for column, value in row.items():
        match = TEXT_COLUMN.match(column)
        if not match or not value:
            continue
        role, language = match[1], match[2].lower()
        if role == "label":
            concept.labels[language] = value
        elif role == "definition":
            concept.definitions[language] = value
        elif names := split(value):
            (concept.hidden if role == "hidden" else concept.alternatives)[language] = names
    return concept


def split(cell: str) -> list[str]:
    """The alternative labels in a cell: "a|b", where `\\|` stands for a bar that belongs to a label."""
    parts = re.findall(r"(?:\\.|[^|\\]|\\$)+", cell)
    texts = (re.sub(r"\\([\\|])", r"\1", part).strip() for part in parts)
    return list(dict.fromkeys(text for text in texts if text))


def join(texts: list[str]) -> str:
    """The cell that `split` takes apart again."""
    return "|".join(re.sub(r"([\\|])", r"\\\1", text) for text in texts)


def write(concepts: list[Concept]) -> str:
    """A table with a column for each language that has something."""

    def languages(attribute: str) -> list[str]:
        return sorted({language for concept in concepts for language in getattr(concept, attribute)})

    labels = sorted({"en", *languages("labels")})
    alternatives, hidden, definitions = map(languages, ("alternatives", "hidden", "definitions"))
    foreign = any(concept.address not in ("", own_address(concept.slug)) for concept in concepts)
    addresses = [ADDRESS] if foreign else []
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        [*PLAIN, *addresses]
        + [f"label_{language}" for language in labels]
        + [f"alt_{language}" for language in alternatives]
        + [f"hidden_{language}" for language in hidden]
        + [f"definition_{language}" for language in definitions]
    )
    for concept in concepts:
        writer.writerow(
            [concept.slug, concept.parent, concept.order, concept.wikidata]
            + ["" if concept.address == own_address(concept.slug) else concept.address for _each in addresses]
            + [concept.labels.get(language, "") for language in labels]
            + [join(concept.alternatives.get(language, [])) for language in alternatives]
            + [join(concept.hidden.get(language, [])) for language in hidden]
            + [concept.definitions.get(language, "") for language in definitions]
        )
    return out.getvalue()
