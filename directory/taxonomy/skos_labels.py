"""The words of a concept in a graph of SKOS, made to fit: languages, lengths, one label in each language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdflib import RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, Namespace
from rdflib.term import Node

from directory.taxonomy.concepts import TEXT_LENGTH, Concept, one_line

SKOSXL = Namespace("http://www.w3.org/2008/05/skos-xl#")
LANGUAGE = re.compile(r"^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$")
LANGUAGE_LENGTH = 12
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
# Where there is no preferred label: what other tools write instead of one, the likeliest first.
INSTEAD = ((RDFS.label, "rdfs:label"), (DCTERMS.title, "dcterms:title"), (SKOS.altLabel, "altLabel"))


def add_words(graph: Graph, subject: URIRef, concept: Concept) -> None:
    """Fills the texts of a concept; says in its notes, or as its problem, what could not be taken as it was."""
    _Words(graph, subject, concept).add()


class _Words:
    def __init__(self, graph: Graph, subject: URIRef, concept: Concept) -> None:
        self.graph, self.subject, self.concept = graph, subject, concept

    def add(self) -> None:
        concept = self.concept
        self._preferred(self._all(SKOS.prefLabel, SKOSXL.prefLabel, field="prefLabel"))
        self._names(concept.alternatives, self._all(SKOS.altLabel, SKOSXL.altLabel, field="altLabel"))
        self._names(concept.hidden, self._all(SKOS.hiddenLabel, SKOSXL.hiddenLabel, field="hiddenLabel"))
        for predicate, field in INSTEAD:
            if not concept.labels and (found := self._all(predicate, field=field)):
                self._preferred(found)
                concept.notes.append(f"prefLabel: there is none, {concept.name()!r} was taken from {field}")
        self._definitions()
        self._each_once()

    def _all(self, *predicates: Node, field: str) -> list[tuple[str, str]]:
        """(language, text) in alphabetical order, first those that say their language; English where none does."""
        found = set()
        for predicate in predicates:
            for value in self._literals(predicate):
                text = one_line(CONTROL.sub(" ", str(value)))
                language = self._language(value.language, field)
                if text and language:
                    found.add((value.language is None, language, self._cut(text, f"{field}_{language}")))
        return [(language, text) for _untold, language, text in sorted(found)]

    def _literals(self, predicate: Node) -> Iterator[Literal]:
        """Its values; of labels and notes that are things of their own, what they say."""
        for value in self.graph.objects(self.subject, predicate):
            if isinstance(value, Literal):
                yield value
                continue
            for inner in (SKOSXL.literalForm, RDF.value):
                yield from (text for text in self.graph.objects(value, inner) if isinstance(text, Literal))

    def _language(self, tag: str | None, field: str) -> str:
        """The tag as we keep it, without what is too much of it; nothing where it names no language."""
        language = kept = (tag or "en").lower().replace("_", "-")
        while kept and not (LANGUAGE.match(kept) and len(kept) <= LANGUAGE_LENGTH):
            kept = kept.rpartition("-")[0]
        if kept != language:
            instead = f"{kept!r} was taken" if kept else "its text was left out"
            self.concept.notes.append(f"{field}: {tag!r} is no language tag, {instead}")
        return kept

    def _cut(self, text: str, field: str) -> str:
        if len(text) <= TEXT_LENGTH:
            return text
        self.concept.notes.append(f"{field}: cut, of {len(text)} characters {TEXT_LENGTH} are possible")
        return text[: TEXT_LENGTH - 1].rpartition(" ")[0] + "…"

    def _preferred(self, texts: list[tuple[str, str]]) -> None:
        """SKOS Reference, S14: at most one in a language. Ours must keep to that; of others the first is taken."""
        concept = self.concept
        for language, text in texts:
            if concept.labels.setdefault(language, text) == text:
                continue
            if concept.is_ours:
                concept.problem = concept.problem or f"prefLabel: there are two in {language}"
            else:
                concept.alternatives.setdefault(language, []).append(text)
                kept = concept.labels[language]
                concept.notes.append(
                    f"prefLabel: there are two in {language}, {kept!r} was taken, {text!r} is another name"
                )

    def _names(self, names: dict[str, list[str]], texts: list[tuple[str, str]]) -> None:
        for language, text in texts:
            names.setdefault(language, []).append(text)

    def _definitions(self) -> None:
        """Definitions, and in languages without one the scope note: what it says is what the concept covers."""
        concept = self.concept
        for language, text in self._all(SKOS.definition, field="definition"):
            if concept.definitions.setdefault(language, text) != text:
                if concept.is_ours:
                    concept.problem = concept.problem or f"definition: there are two in {language}"
                else:
                    concept.notes.append(f"definition: there are two in {language}, the first was taken")
        defined = set(concept.definitions)
        for language, text in self._all(SKOS.scopeNote, field="scopeNote"):
            if language in defined or concept.definitions.setdefault(language, text) != text:
                concept.notes.append(f"scopeNote: left out in {language}, beside the definition")

    def _each_once(self) -> None:
        """A name is one of them only; it is not searched more often for being said twice."""
        concept = self.concept
        for language, texts in [*concept.alternatives.items()]:
            label = concept.labels.get(language)
            kept = [text for text in dict.fromkeys(texts) if text != label]
            concept.alternatives[language] = kept
        for language, texts in [*concept.hidden.items()]:
            said = {concept.labels.get(language), *concept.alternatives.get(language, ())}
            concept.hidden[language] = [text for text in dict.fromkeys(texts) if text not in said]
        for names in (concept.alternatives, concept.hidden):
            for language in [language for language, texts in names.items() if not texts]:
                del names[language]
