"""Which file is read and written how. The formats themselves are in `tables` (CSV), `graphs` and `skos`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from directory.errors import Unreadable
from directory.taxonomy import graphs, skos, tables
from directory.taxonomy.concepts import Concept, Reading

__all__ = ["FORMATS", "Unreadable", "format_of", "read", "write"]

SUFFIXES = {
    ".csv": "csv",
    ".ttl": "turtle",
    ".rdf": "rdfxml",
    ".xml": "rdfxml",
    ".nt": "ntriples",
    ".jsonld": "jsonld",
    ".json": "jsonld",
}
FORMATS = (
    "csv",
    "turtle",
    "jsonld",
)  # to choose by name; the others are written where a file's ending asks for them


def format_of(path: Path) -> str:
    """The format that a file's ending names. Raises Unreadable for any other."""
    try:
        return SUFFIXES[path.suffix.lower()]
    except KeyError:
        raise Unreadable(f"{path.name}: the name must end in {', '.join(sorted(SUFFIXES))}.") from None


def read(path: Path, contexts: Mapping[str, Path] | None = None) -> Reading:
    """What a file says, in its order; `contexts` as in `graphs.parse`. Raises Unreadable."""
    kind = format_of(path)
    try:
        source = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror or error}.") from error
    if kind != "csv":
        return skos.read(graphs.parse(source, kind, path, contexts), path.name)
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Unreadable(f"{path.name}, line {line}: not UTF-8 (byte {error.start}).") from error
    return tables.read(text, path.name)


def write(concepts: Iterable[Concept], kind: str) -> str:
    """The concepts as a file's text; `kind` is what `format_of` answers."""
    return tables.write(list(concepts)) if kind == "csv" else skos.write(concepts, kind)
