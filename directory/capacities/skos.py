"""Capacities as SKOS in Turtle or JSON-LD. The model is that of the SKOS Reference (W3C, 18 August 2009)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from rdflib import RDF, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, XSD
from rdflib.term import Node

from directory.capacities.concepts import Concept, Reading, Unreadable, one_line

BASE = Namespace("urn:capacity-exchange:capacity:")
SCHEME = URIRef("urn:capacity-exchange:capacities")
ORDER = URIRef("urn:capacity-exchange:order")
WIKIDATA = Namespace("http://www.wikidata.org/entity/")
RDF_FORMATS = {"turtle": "turtle", "jsonld": "json-ld"}


def read(text: str, kind: str, name: str) -> Reading:
    """What a graph says; `name` is the file's, for messages. Fetches nothing. Raises Unreadable."""
    graph = _graph(text, kind, name)
    subjects = sorted(
        {subject for subject in graph.subjects(RDF.type, SKOS.Concept) if isinstance(subject, URIRef)}
    )
    if not subjects:
        raise Unreadable(f"{name}: there is no skos:Concept in it.")
    concepts = [_concept(graph, subject, f"{name}, <{subject}>") for subject in subjects]
    # A graph has no order of its own: that of the numbers, then that of the names.
    concepts.sort(key=lambda concept: (concept.parent, concept.order, concept.slug))
    fields = {"order": any(graph.subjects(ORDER)), "wikidata": any(concept.wikidata for concept in concepts)}
    return Reading(
        concepts=concepts,
        fields=frozenset(field for field, said in fields.items() if said),
        texts=frozenset(
            (language, role) for concept in concepts for language, role, _text in concept.texts()
        ),
    )


def _graph(text: str, kind: str, name: str) -> Graph:
    graph = Graph()
    try:
        if kind == "jsonld" and (address := next(_contexts_elsewhere(json.loads(text)), "")):
            raise Unreadable(f"{name}: its context lies at {address}, and nothing is fetched.")
        graph.parse(data=text, format=RDF_FORMATS[kind])
    except Unreadable:
        raise
    except (
        Exception
    ) as error:  # The parsers raise whatever they stumble over: ValueError, KeyError, SyntaxError …
        lines = str(error).strip().splitlines() or [type(error).__name__]
        raise Unreadable(f"{name}: not {kind}: {lines[0][:200]}") from error
    return graph


def _contexts_elsewhere(value: Any) -> Iterator[str]:
    """Addresses of JSON-LD contexts that are not in the file itself."""
    if isinstance(value, dict):
        for key, inside in value.items():
            if key in ("@context", "@import"):
                contexts = inside if isinstance(inside, list) else [inside]
                yield from (context for context in contexts if isinstance(context, str))
            yield from _contexts_elsewhere(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _contexts_elsewhere(inside)


def _concept(graph: Graph, subject: URIRef, where: str) -> Concept:
    concept = Concept(slug=_slug_of(graph, subject), wikidata=_wikidata_of(graph, subject), where=where)
    _place(graph, subject, concept)
    for predicate, texts, field in (
        (SKOS.prefLabel, concept.labels, "prefLabel"),
        (SKOS.definition, concept.definitions, "definition"),
    ):
        for language, text in _literals(graph, subject, predicate):
            if texts.setdefault(language, text) != text:
                # SKOS Reference, S14: at most one preferred label in a language.
                concept.problem = concept.problem or f"{field}: there are two in {language}"
    for language, text in _literals(graph, subject, SKOS.altLabel):
        concept.alternatives.setdefault(language, []).append(text)
    return concept


def _place(graph: Graph, subject: URIRef, concept: Concept) -> None:
    """Either side may state the relation: broader here, or narrower there."""
    wider = sorted({*graph.objects(subject, SKOS.broader), *graph.subjects(SKOS.narrower, subject)}, key=str)
    named = [parent for parent in wider if isinstance(parent, URIRef)]
    if named:
        concept.parent = _slug_of(graph, named[0])
    if len(wider) > 1:
        concept.notes.append(f"broader: {len(wider)} are given, {concept.parent!r} was taken")
    order = str(graph.value(subject, ORDER) or "")
    if re.fullmatch(r"[0-9]{1,6}", order) and int(order):
        concept.order = int(order)
    elif order:
        concept.problem = f"order: {order!r} is no number from 1 on"


def _literals(graph: Graph, subject: URIRef, predicate: Node) -> list[tuple[str, str]]:
    """(language, text) in alphabetical order; without a language it is taken for English."""
    found = {
        ((value.language or "en").lower(), one_line(str(value)))
        for value in graph.objects(subject, predicate)
        if isinstance(value, Literal)
    }
    return sorted((language, text) for language, text in found if text)


def _slug_of(graph: Graph, subject: URIRef) -> str:
    notations = sorted(str(notation) for notation in graph.objects(subject, SKOS.notation))
    return notations[0] if notations else re.split(r"[/#:]", str(subject))[-1]


def _wikidata_of(graph: Graph, subject: URIRef) -> str:
    for match in sorted(graph.objects(subject, SKOS.exactMatch), key=str):
        if found := re.search(r"wikidata\.org/(?:entity|wiki)/([^/]+)$", str(match)):
            return found[1]
    return ""


def write(concepts: Iterable[Concept], kind: str) -> str:
    """The concepts as one skos:ConceptScheme; `kind` is turtle or jsonld."""
    graph = Graph()
    graph.bind("skos", SKOS)
    graph.bind("dcterms", DCTERMS)
    graph.add((SCHEME, RDF.type, SKOS.ConceptScheme))
    graph.add((SCHEME, DCTERMS.title, Literal("Capacities of The Capacity Exchange", lang="en")))
    graph.add((SCHEME, DCTERMS.license, URIRef("https://creativecommons.org/licenses/by-sa/4.0/")))
    for concept in concepts:
        _add(graph, concept)
    if kind == "jsonld":
        return _json(graph)
    return graph.serialize(format=RDF_FORMATS[kind]).rstrip("\n") + "\n"


def _json(graph: Graph) -> str:
    """In one order at every writing, so that two exports can be compared line by line."""
    nodes = json.loads(graph.serialize(format=RDF_FORMATS["jsonld"]))
    for node in nodes:
        for key, values in node.items():
            if isinstance(values, list):
                node[key] = sorted(values, key=lambda value: json.dumps(value, sort_keys=True))
    nodes.sort(key=lambda node: node["@id"])
    return json.dumps(nodes, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _add(graph: Graph, concept: Concept) -> None:
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
        graph.add((SCHEME, SKOS.hasTopConcept, subject))
    if concept.wikidata:
        graph.add((subject, SKOS.exactMatch, WIKIDATA[concept.wikidata]))
    for language, text in concept.labels.items():
        graph.add((subject, SKOS.prefLabel, Literal(text, lang=language)))
    for language, text in concept.definitions.items():
        graph.add((subject, SKOS.definition, Literal(text, lang=language)))
    for language, texts in concept.alternatives.items():
        for text in texts:
            graph.add((subject, SKOS.altLabel, Literal(text, lang=language)))
