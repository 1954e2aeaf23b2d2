"""Which file is read and written how. The formats themselves are in `tables` (CSV) and `skos`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from directory.capacities import skos, tables
from directory.capacities.concepts import Concept, Reading, Unreadable

__all__ = ["FORMATS", "Unreadable", "format_of", "read", "write"]

SUFFIXES = {".csv": "csv", ".ttl": "turtle", ".jsonld": "jsonld", ".json": "jsonld"}
FORMATS = ("csv", "turtle", "jsonld")


def format_of(path: Path) -> str:
    """The format that a file's ending names. Raises Unreadable for any other."""
    try:
        return SUFFIXES[path.suffix.lower()]
    except KeyError:
        raise Unreadable(f"{path.name}: the name must end in {', '.join(sorted(SUFFIXES))}.") from None


def read(path: Path) -> Reading:
    """What a file says, in its order. Raises Unreadable."""
    kind = format_of(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Unreadable(f"{path.name}, line {line}: not UTF-8 (byte {error.start}).") from error
    return tables.read(text, path.name) if kind == "csv" else skos.read(text, kind, path.name)


def write(concepts: Iterable[Concept], kind: str) -> str:
    """The concepts as a file's text; `kind` is one of FORMATS."""
    return tables.write(list(concepts)) if kind == "csv" else skos.write(concepts, kind)
