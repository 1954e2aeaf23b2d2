"""Files of RDF as graphs: Turtle, RDF/XML, N-Triples, JSON-LD with its contexts. Nothing is ever fetched."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.parsers import expat

from rdflib import Graph

from directory.errors import Unreadable

RDF_FORMATS = {"turtle": "turtle", "rdfxml": "xml", "ntriples": "nt", "jsonld": "json-ld"}
NAMES = {"turtle": "turtle", "rdfxml": "RDF/XML", "ntriples": "N-Triples", "jsonld": "jsonld"}
ANY = ""  # the key of a context that serves for every address


def parse(source: bytes, kind: str, path: Path, contexts: Mapping[str, Path] | None = None) -> Graph:
    """The graph in a file. `contexts` are files to take for the contexts that JSON-LD names by address, by that
    address or, for all of them, by `ANY`. Raises Unreadable."""
    graph = Graph()
    # Of every date that is none rdflib tells with a traceback; we read no dates.
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)
    try:
        if kind == "jsonld":
            document = _with_contexts(json.loads(source.decode("utf-8-sig")), path, contexts or {})
            graph.parse(data=json.dumps(document), format="json-ld")
        else:
            # XML says itself how it is encoded; the others are UTF-8.
            text = source if kind == "rdfxml" else source.decode("utf-8-sig").encode()
            if kind == "rdfxml":
                _check_entities(source, path)
            graph.parse(BytesIO(text), format=RDF_FORMATS[kind])
    except Unreadable:
        raise
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Unreadable(f"{path.name}, line {line}: not UTF-8 (byte {error.start}).") from error
    # The parsers raise whatever they stumble over: ValueError, KeyError, SyntaxError …
    except Exception as error:
        lines = str(error).strip().splitlines() or [type(error).__name__]
        raise Unreadable(f"{path.name}: not {NAMES[kind]}: {lines[0][:200]}") from error
    return graph


class _Begun(Exception):
    """The document itself begins: what is declared stands before it."""


def _check_entities(source: bytes, path: Path) -> None:
    """Raises Unreadable for entities made of others, which may unfold without end, and for those that lie elsewhere.

    Short names of vocabularies, as ontology editors declare them, are neither.
    """

    def declared(
        name: str, is_parameter: bool, value: str | None, base: Any, system: Any, *others: Any
    ) -> None:
        if is_parameter or value is None or system or "&" in value:
            raise Unreadable(
                f"{path.name}: its entity “{name[:40]}” is made of others or lies elsewhere. Write it out."
            )

    def begun(name: str, attributes: Any) -> None:
        raise _Begun

    reader = expat.ParserCreate()
    reader.EntityDeclHandler = declared
    reader.StartElementHandler = begun
    try:
        reader.Parse(source, True)
    except (_Begun, expat.ExpatError):
        return  # what is no XML at all is told by the parser of RDF


def _with_contexts(value: Any, path: Path, contexts: Mapping[str, Path], inside: int = 0) -> Any:
    """The JSON with files in the place of contexts that are only named."""
    if isinstance(value, dict):
        return {
            key: _context(part, path, contexts, inside)
            if key in ("@context", "@import")
            else _with_contexts(part, path, contexts, inside)
            for key, part in value.items()
        }
    if isinstance(value, list):
        return [_with_contexts(part, path, contexts, inside) for part in value]
    return value


def _context(value: Any, path: Path, contexts: Mapping[str, Path], inside: int) -> Any:
    if isinstance(value, list):
        return [_context(part, path, contexts, inside) for part in value]
    if not isinstance(value, str):
        return _with_contexts(value, path, contexts, inside)
    file = contexts.get(value) or contexts.get(ANY) or _beside(value, path)
    if file is None:
        raise Unreadable(
            f"{path.name}: its context lies at {value}, and nothing is fetched. Save that file here, and give it "
            f"with --context."
        )
    if inside > 5:
        raise Unreadable(f"{path.name}: its contexts name each other without end.")
    try:
        said = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Unreadable(f"{file}: {error.strerror or error}.") from error
    except ValueError as error:
        raise Unreadable(f"{file.name}: not JSON: {error}.") from error
    # A file with a context holds it under this name.
    found = said.get("@context", said) if isinstance(said, dict) else said
    return _context(found, file, {key: name for key, name in contexts.items() if key != ANY}, inside + 1)


def _beside(name: str, path: Path) -> Path | None:
    """A context named by a relative path lies in the same folder."""
    plain = name.removeprefix("./")
    if not plain or "/" in plain or ":" in plain or "\\" in plain:
        return None
    file = path.parent / plain
    return file if file.is_file() else None
