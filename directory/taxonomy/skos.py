"""Capacities as SKOS, from and to a graph. The model is that of the SKOS Reference (W3C, 18 August 2009)."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable

from rdflib import OWL, RDF, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, XSD
from rdflib.term import Node

from directory.errors import Unreadable
from directory.models.capacity import OWN_ADDRESSES, own_address
from directory.taxonomy.concepts import Concept, Reading
from directory.taxonomy.graphs import RDF_FORMATS
from directory.taxonomy.skos_labels import SKOSXL, add_words
from directory.taxonomy.slugs import SLUG, free, slug_for

SCHEME = URIRef("urn:capacity-exchange:capacities")
ORDER = URIRef("urn:capacity-exchange:order")
WIKIDATA = Namespace("http://www.wikidata.org/entity/")
COLLECTIONS = (SKOS.Collection, SKOS.OrderedCollection)
# What is read, or says in other words what is read.
KNOWN = frozenset(
    str(SKOS[name])
    for name in (  # noqa: SIM905  a list of short words reads better as one text
        "prefLabel altLabel hiddenLabel definition scopeNote notation broader narrower exactMatch inScheme "
        "topConceptOf hasTopConcept broaderTransitive narrowerTransitive member memberList semanticRelation"
    ).split()
)


def read(graph: Graph, name: str) -> Reading:
    """What a graph says; `name` is the file's, for messages. Raises Unreadable."""
    subjects, blank = _subjects(graph)
    if not subjects:
        raise Unreadable(f"{name}: there is no skos:Concept in it with an address.")
    concepts = [_concept(graph, subject, f"{name}, <{subject}>") for subject in subjects]
    _name(graph, concepts)
    _place(concepts)
    # A graph has no order of its own: that of the numbers, then that of the names.
    concepts.sort(key=lambda concept: (concept.parent, concept.order, concept.slug))
    fields = {"order": any(graph.subjects(ORDER)), "wikidata": any(concept.wikidata for concept in concepts)}
    return Reading(
        concepts=[*concepts, *_without_address(graph, blank, name)],
        fields=frozenset(field for field, said in fields.items() if said),
        texts=frozenset(
            (language, role) for concept in concepts for language, role, _text in concept.texts()
        ),
        notes=_left_out(graph, name),
    )


def _subjects(graph: Graph) -> tuple[list[URIRef], list[BNode]]:
    """(with an address, without one): what is called a concept, or stands as one in the tree and has a label."""
    found = set(graph.subjects(RDF.type, SKOS.Concept))
    related = {*graph.objects(None, SKOS.hasTopConcept), *graph.subjects(SKOS.topConceptOf)}
    for predicate in (SKOS.broader, SKOS.narrower):
        for subject, value in graph.subject_objects(predicate):
            related |= {subject, value}
    labelled = {*graph.subjects(SKOS.prefLabel), *graph.subjects(SKOSXL.prefLabel)}
    found |= related & labelled
    for kind in (*COLLECTIONS, SKOS.ConceptScheme):
        found -= set(graph.subjects(RDF.type, kind))
    addressed = sorted(subject for subject in found if isinstance(subject, URIRef))
    return addressed, sorted(subject for subject in found if isinstance(subject, BNode))


def _concept(graph: Graph, subject: URIRef, where: str) -> Concept:
    concept = Concept(slug="", address=str(subject), wikidata=_wikidata_of(graph, subject), where=where)
    add_words(graph, subject, concept)
    wider = {*graph.objects(subject, SKOS.broader), *graph.subjects(SKOS.narrower, subject)}
    concept.broader = tuple(
        sorted(str(parent) for parent in wider if isinstance(parent, URIRef) and parent != subject)
    )
    if subject in wider:
        concept.notes.append("broader: it is given as its own, which was left out")
    instead = {*graph.objects(subject, DCTERMS.isReplacedBy), *graph.subjects(DCTERMS.replaces, subject)}
    concept.replaced_by = tuple(sorted(str(other) for other in instead if isinstance(other, URIRef)))
    concept.withdrawn = any(
        str(value).lower() in ("true", "1") for value in graph.objects(subject, OWL.deprecated)
    )
    order = str(graph.value(subject, ORDER) or "")
    if re.fullmatch(r"[0-9]{1,6}", order) and int(order):
        concept.order = int(order)
    elif order:
        concept.problem = concept.problem or f"order: {order!r} is no number from 1 on"
    return concept


def _name(graph: Graph, concepts: list[Concept]) -> None:
    """Gives each a slug of its own: ours the one it has, others one that is made; the withdrawn come last."""
    taken: set[str] = set()
    for concept in sorted(concepts, key=lambda each: (not _said(graph, each), each.withdrawn)):
        last = re.split(r"[/#:]", concept.address.rstrip("/#:"))[-1]
        slug = _said(graph, concept) or slug_for(concept, last)
        concept.slug = slug if concept.address.startswith(OWN_ADDRESSES) else free(slug, taken)
        if concept.slug != slug and not concept.withdrawn:
            concept.notes.append(f"slug: another here is called {slug!r}, so it is called {concept.slug!r}")
        taken.add(concept.slug)


def _said(graph: Graph, concept: Concept) -> str:
    """The slug that an export of ours says."""
    if concept.address.startswith(OWN_ADDRESSES):
        return concept.address.removeprefix(OWN_ADDRESSES)
    subject = URIRef(concept.address)
    if (subject, SKOS.inScheme, SCHEME) not in graph:
        return ""
    notations = sorted(str(notation) for notation in graph.objects(subject, SKOS.notation))
    return next((notation for notation in notations if SLUG.match(notation)), "")


def _place(concepts: list[Concept]) -> None:
    """The parent of each: the first of its broader ones that is here and not withdrawn."""
    known = {concept.address: concept for concept in concepts}
    for concept in concepts:
        here = [known[address] for address in concept.broader if address in known]
        here.sort(key=lambda parent: parent.withdrawn)
        if here:
            concept.parent = here[0].slug
        elif concept.broader and concept.is_ours and concept.broader[0].startswith(OWN_ADDRESSES):
            concept.parent = concept.broader[0].removeprefix(OWN_ADDRESSES)


def _without_address(graph: Graph, blank: Iterable[BNode], name: str) -> list[Concept]:
    """Concepts that cannot be known again, to be named and left out."""
    found = []
    for subject in blank:
        label = next((str(label) for label in graph.objects(subject, SKOS.prefLabel)), "without a label")
        found.append(Concept("", where=f"{name}, {label!r}", problem="address: it has none (a blank node)"))
    return sorted(found, key=lambda concept: concept.where)


def _left_out(graph: Graph, name: str) -> list[str]:
    """What the file says that nothing here has a place for."""
    counted: Counter[Node] = Counter(
        predicate
        for predicate in graph.predicates(unique=False)
        if str(predicate).startswith(str(SKOS)) and str(predicate) not in KNOWN
    )
    notes = [
        f"{name}: skos:{str(predicate).removeprefix(str(SKOS))} was left out ({count})."
        for predicate, count in sorted(counted.items())
    ]
    collections = {subject for kind in COLLECTIONS for subject in graph.subjects(RDF.type, kind)}
    if collections:
        notes.append(f"{name}: collections were left out ({len(collections)}).")
    return notes


def _wikidata_of(graph: Graph, subject: URIRef) -> str:
    for match in sorted(graph.objects(subject, SKOS.exactMatch), key=str):
        if found := re.search(r"wikidata\.org/(?:entity|wiki)/([^/]+)$", str(match)):
            return found[1]
    return ""


def write(concepts: Iterable[Concept], kind: str) -> str:
    """The concepts as one skos:ConceptScheme; `kind` is a key of RDF_FORMATS."""
    graph = Graph()
    graph.bind("skos", SKOS)
    graph.bind("dcterms", DCTERMS)
    graph.add((SCHEME, RDF.type, SKOS.ConceptScheme))
    graph.add((SCHEME, DCTERMS.title, Literal("Capacities of The Capacity Exchange", lang="en")))
    graph.add((SCHEME, DCTERMS.license, URIRef("https://creativecommons.org/licenses/by-sa/4.0/")))
    known = list(concepts)
    addresses = {concept.slug: URIRef(concept.address or own_address(concept.slug)) for concept in known}
    for concept in known:
        _add(graph, concept, addresses)
    if kind == "jsonld":
        return _json(graph)
    if kind == "ntriples":
        lines = graph.serialize(format="nt", encoding="utf-8").decode().splitlines()
        return "\n".join(sorted(filter(None, lines))) + "\n"
    return graph.serialize(format=RDF_FORMATS[kind]).rstrip("\n") + "\n"


def _json(graph: Graph) -> str:
    """In one order at every writing, so that two exports can be compared line by line."""
    nodes = json.loads(graph.serialize(format="json-ld"))
    for node in nodes:
        for key, values in node.items():
            if isinstance(values, list):
                node[key] = sorted(values, key=lambda value: json.dumps(value, sort_keys=True))
    nodes.sort(key=lambda node: node["@id"])
    return json.dumps(nodes, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _add(graph: Graph, concept: Concept, addresses: dict[str, URIRef]) -> None:
    subject = addresses[concept.slug]
    graph.add((subject, RDF.type, SKOS.Concept))
    graph.add((subject, SKOS.inScheme, SCHEME))
    graph.add((subject, SKOS.notation, Literal(concept.slug)))
    graph.add((subject, ORDER, Literal(concept.order, datatype=XSD.integer)))
    if concept.parent:
        graph.add((subject, SKOS.broader, addresses[concept.parent]))
        graph.add((addresses[concept.parent], SKOS.narrower, subject))
    else:
        graph.add((subject, SKOS.topConceptOf, SCHEME))
        graph.add((SCHEME, SKOS.hasTopConcept, subject))
    if concept.wikidata:
        graph.add((subject, SKOS.exactMatch, WIKIDATA[concept.wikidata]))
    for language, text in concept.labels.items():
        graph.add((subject, SKOS.prefLabel, Literal(text, lang=language)))
    for language, text in concept.definitions.items():
        graph.add((subject, SKOS.definition, Literal(text, lang=language)))
    for predicate, names in ((SKOS.altLabel, concept.alternatives), (SKOS.hiddenLabel, concept.hidden)):
        for language, texts in names.items():
            for text in texts:
                graph.add((subject, predicate, Literal(text, lang=language)))
