"""CSV and SKOS (Turtle, JSON-LD), read and written. The model is that of the SKOS Reference (W3C, 2009)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path

from rdflib import RDF, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.exceptions import ParserError
from rdflib.namespace import DCTERMS, XSD

from directory.capacities.concepts import Concept

BASE = Namespace("urn:capacity-exchange:capacity:")
SCHEME = URIRef("urn:capacity-exchange:capacities")
ORDER = URIRef("urn:capacity-exchange:order")
WIKIDATA = Namespace("http://www.wikidata.org/entity/")
RDF_FORMATS = {"turtle": "turtle", "jsonld": "json-ld"}
SUFFIXES = {".csv": "csv", ".ttl": "turtle", ".jsonld": "jsonld", ".json": "jsonld"}
FORMATS = ("csv", "turtle", "jsonld")


class Unreadable(Exception):
    """The file as a whole cannot be read; the text says why."""


def format_of(path: Path) -> str:
    """The format that a file's ending names. Raises Unreadable for any other."""
    try:
        return SUFFIXES[path.suffix.lower()]
    except KeyError:
        raise Unreadable(f"{path.name}: the name must end in {', '.join(sorted(SUFFIXES))}.") from None


def read(path: Path) -> list[Concept]:
    """The concepts of a file, in its order. Raises Unreadable."""
    kind = format_of(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path.name}: not UTF-8 at byte {error.start}.") from error
    return _read_csv(text, path.name) if kind == "csv" else _read_skos(text, kind, path.name)


def write(concepts: Iterable[Concept], kind: str) -> str:
    """The concepts as a file's text."""
    return _write_csv(list(concepts)) if kind == "csv" else _write_skos(concepts, kind)


# CSV -----------------------------------------------------------------------------------------------------


def _read_csv(text: str, name: str) -> list[Concept]:
    reader = csv.DictReader(io.StringIO(text))
    columns = [column or "" for column in reader.fieldnames or []]
    if "slug" not in columns:
        raise Unreadable(f"{name}: there is no column called slug.")
    concepts = []
    for row in reader:
        where = f"{name}, line {reader.line_num}"
        values = {
            (key or ""): (value or "").strip() for key, value in row.items() if isinstance(value, str | None)
        }
        order = values.get("order", "")
        concept = Concept(
            slug=values.get("slug", ""),
            parent=values.get("parent", ""),
            order=int(order) if order.isdigit() else 0,
            wikidata=values.get("wikidata", ""),
            where=where,
        )
        for column, value in values.items():
            role, _, language = column.partition("_")
            if not value or not language:
                continue
            if role == "label":
                concept.labels[language] = value
            elif role == "definition":
                concept.definitions[language] = value
            elif role == "alt":
                texts = [part.strip() for part in value.split("|") if part.strip()]
                concept.alternatives[language] = list(dict.fromkeys(texts))
        concepts.append(concept)
    return concepts


def _write_csv(concepts: list[Concept]) -> str:
    def languages(attribute: str) -> list[str]:
        return sorted({language for concept in concepts for language in getattr(concept, attribute)})

    labels, alternatives, definitions = (
        languages("labels"),
        languages("alternatives"),
        languages("definitions"),
    )
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ["slug", "parent", "order", "wikidata"]
        + [f"label_{language}" for language in labels]
        + [f"alt_{language}" for language in alternatives]
        + [f"definition_{language}" for language in definitions]
    )
    for concept in concepts:
        writer.writerow(
            [concept.slug, concept.parent, concept.order, concept.wikidata]
            + [concept.labels.get(language, "") for language in labels]
            + ["|".join(concept.alternatives.get(language, [])) for language in alternatives]
            + [concept.definitions.get(language, "") for language in definitions]
        )
    return out.getvalue()


# SKOS ----------------------------------------------------------------------------------------------------


def _read_skos(text: str, kind: str, name: str) -> list[Concept]:
    graph = Graph()
    try:
        graph.parse(data=text, format=RDF_FORMATS[kind])
    except (ParserError, SyntaxError, ValueError) as error:
        first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise Unreadable(f"{name}: not {kind}: {first[:200]}") from error
    subjects = sorted(
        {subject for subject in graph.subjects(RDF.type, SKOS.Concept) if isinstance(subject, URIRef)}
    )
    slugs = {subject: _slug_of(graph, subject) for subject in subjects}
    concepts = []
    for subject in subjects:
        broader = next(iter(sorted(graph.objects(subject, SKOS.broader))), None)
        order = graph.value(subject, ORDER)
        concept = Concept(
            slug=slugs[subject],
            parent=slugs.get(broader, "") if isinstance(broader, URIRef) else "",
            order=int(str(order)) if order is not None and str(order).isdigit() else 0,
            wikidata=_wikidata_of(graph, subject),
            where=f"{name}, <{subject}>",
        )
        for value in graph.objects(subject, SKOS.prefLabel):
            concept.labels[_language(value)] = str(value)
        for value in sorted(graph.objects(subject, SKOS.altLabel), key=str):
            concept.alternatives.setdefault(_language(value), []).append(str(value))
        for value in graph.objects(subject, SKOS.definition):
            concept.definitions[_language(value)] = str(value)
        concepts.append(concept)
    return _parents_first(concepts)


def _slug_of(graph: Graph, subject: URIRef) -> str:
    notation = graph.value(subject, SKOS.notation)
    return str(notation) if notation is not None else re.split(r"[/#:]", str(subject))[-1]


def _wikidata_of(graph: Graph, subject: URIRef) -> str:
    for match in graph.objects(subject, SKOS.exactMatch):
        if re.search(r"wikidata\.org/(entity|wiki)/Q\d+$", str(match)):
            return str(match).rsplit("/", 1)[-1]
    return ""


def _language(value: object) -> str:
    return (getattr(value, "language", None) or "en").lower()


def _parents_first(concepts: list[Concept]) -> list[Concept]:
    children: dict[str, list[Concept]] = {}
    slugs = {concept.slug for concept in concepts}
    for concept in concepts:
        children.setdefault(concept.parent if concept.parent in slugs else "", []).append(concept)
    ordered: list[Concept] = []
    queue = [""]
    seen: set[str] = set()
    while queue:
        parent = queue.pop()
        if parent in seen:
            continue
        seen.add(parent)
        below = sorted(children.get(parent, []), key=lambda concept: (concept.order, concept.slug))
        ordered.extend(below)
        queue.extend(concept.slug for concept in reversed(below))
    # A ring of concepts that name each other as broader is reached from nowhere; the importer says so.
    return ordered + [concept for concept in concepts if concept not in ordered]


def _write_skos(concepts: Iterable[Concept], kind: str) -> str:
    graph = Graph()
    graph.bind("skos", SKOS)
    graph.bind("dcterms", DCTERMS)
    graph.add((SCHEME, RDF.type, SKOS.ConceptScheme))
    graph.add((SCHEME, DCTERMS.title, Literal("Capacities of The Capacity Exchange", lang="en")))
    graph.add((SCHEME, DCTERMS.license, URIRef("https://creativecommons.org/licenses/by-sa/4.0/")))
    for concept in concepts:
        subject = BASE[concept.slug]
        graph.add((subject, RDF.type, SKOS.Concept))
        graph.add((subject, SKOS.inScheme, SCHEME))
        graph.add((subject, SKOS.notation, Literal(concept.slug)))
        graph.add((subject, ORDER, Literal(concept.order, datatype=XSD.integer)))
        if concept.parent:
            graph.add((subject, SKOS.broader, BASE[concept.parent]))
            graph.add((BASE[concept.parent], SKOS.narrower, subject))
        else:
            graph.add((subject, SKOS.topConceptOf, SCHEME))
        if concept.wikidata:
            graph.add((subject, SKOS.exactMatch, WIKIDATA[concept.wikidata]))
        for language, text in concept.labels.items():
            graph.add((subject, SKOS.prefLabel, Literal(text, lang=language)))
        for language, text in concept.definitions.items():
            graph.add((subject, SKOS.definition, Literal(text, lang=language)))
        for language, texts in concept.alternatives.items():
            for text in texts:
                graph.add((subject, SKOS.altLabel, Literal(text, lang=language)))
    written = graph.serialize(format=RDF_FORMATS[kind], **({"indent": 2} if kind == "jsonld" else {}))
    return written if written.endswith("\n") else written + "\n"
