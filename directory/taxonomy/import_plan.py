"""What a file's capacities would make of the tree, and which of them cannot be done. Plain values only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from directory.constants import TextRole
from directory.taxonomy.concepts import ADDRESS_LENGTH, MAX_DEPTH, SLUG_LENGTH, TEXT_LENGTH, Concept
from directory.taxonomy.skos_labels import LANGUAGE, LANGUAGE_LENGTH
from directory.taxonomy.slugs import SLUG
from foundation.l10n.languages import is_language

WIKIDATA = re.compile(r"^Q[1-9][0-9]{0,15}$")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
FIELDS = {
    TextRole.PREFERRED: "label",
    TextRole.ALTERNATIVE: "alt",
    TextRole.HIDDEN: "hidden",
    TextRole.DEFINITION: "definition",
}


@dataclass(frozen=True)
class Stored:
    """What must be known of a capacity in the database."""

    parent: str
    wikidata: str
    address: str
    label: str


def problem_of(concept: Concept) -> str:
    """The first thing wrong with a concept by itself, field by field; empty where nothing is."""
    if concept.problem:
        return concept.problem
    if not SLUG.match(concept.slug) or len(concept.slug) > SLUG_LENGTH:
        return f"slug: {concept.slug!r} must be small letters, digits and hyphens, at most {SLUG_LENGTH}"
    if concept.parent == concept.slug:
        return "parent: a capacity cannot be its own parent"
    if concept.wikidata and not WIKIDATA.match(concept.wikidata):
        return f"wikidata: {concept.wikidata!r} is no Wikidata id"
    if len(concept.address) > ADDRESS_LENGTH:
        return f"address: {len(concept.address)} characters, at most {ADDRESS_LENGTH} are possible"
    if not any(concept.labels.values()):
        return "label_en: every capacity needs an English label, or one in another language"
    return next(_text_problems(concept), "")


def _text_problems(concept: Concept) -> Iterator[str]:
    for language, role, text in sorted(concept.texts()):
        field = f"{FIELDS[TextRole(role)]}_{language}"
        if not LANGUAGE.match(language) or len(language) > LANGUAGE_LENGTH:
            yield f"{field}: {language!r} is no language tag"
        if len(text) > TEXT_LENGTH:
            yield f"{field}: {len(text)} characters, at most {TEXT_LENGTH} are possible"
        if CONTROL.search(text):
            yield f"{field}: there is a character in it that cannot be shown"


class Plan:
    """The tree as it would be after all concepts that are still in.

    What cannot be done is taken out until the rest can: the checks look at the tree in the end, so a file
    may move capacities in any order, and swap them.
    """

    def __init__(
        self,
        concepts: list[Concept],
        stored: Mapping[str, Stored],
        *,
        with_wikidata: bool,
        refuse: Callable[[Concept, str], None],
    ) -> None:
        self.stored = stored
        self.with_wikidata = with_wikidata
        self.refuse = refuse
        self.concepts: dict[str, Concept] = {}
        for concept in concepts:
            problem = problem_of(concept)
            if not problem and concept.slug in self.concepts:
                problem = f"slug: {concept.slug!r} stands in the file twice"
            if problem:
                refuse(concept, problem)
            else:
                self.concepts[concept.slug] = concept
                codes = sorted({language for language, _role, _text in concept.texts()})
                unknown = [code for code in codes if not is_language(code)]
                concept.notes += [f"{code!r} is the code of no language that we know" for code in unknown]
        self._settle()

    def in_order(self) -> list[Concept]:
        """Parents before their children, otherwise in the order of the file."""
        return sorted(self.concepts.values(), key=lambda concept: len(self.trail(concept.slug)))

    def parent(self, slug: str) -> str | None:
        """Where a capacity will be: a slug, "" for the top, None where it will not be at all."""
        if slug in self.concepts:
            return self.concepts[slug].parent
        return self.stored[slug].parent if slug in self.stored else None

    def trail(self, slug: str) -> list[str]:
        """All that lies above, nearest first; ends with the capacity itself where they form a ring."""
        above: list[str] = []
        here = self.parent(slug)
        while here and here not in above:
            above.append(here)
            if here == slug:
                break
            here = self.parent(here)
        return above

    def _settle(self) -> None:
        """Takes out what cannot be done until the rest can. What one pass takes out may be in the way no longer,
        and what lay below it has nowhere to go: so until a pass finds nothing."""
        passes = (self._homeless, self._rings, self._twice_in_wikidata, self._too_deep)
        while any(found() for found in passes):
            pass

    def _take_out(self, concept: Concept, problem: str) -> None:
        del self.concepts[concept.slug]
        self.refuse(concept, problem)

    def _homeless(self) -> bool:
        gone = [
            concept
            for concept in self.concepts.values()
            if concept.parent and self.parent(concept.parent) is None
        ]
        for concept in gone:
            self._take_out(concept, f"parent: there is no capacity called {concept.parent!r}")
        return bool(gone)

    def _rings(self) -> bool:
        """One at a time: without it the others are no ring."""
        for concept in self.concepts.values():
            if self._moves(concept) and concept.slug in self.trail(concept.slug):
                self._take_out(concept, f"parent: {concept.parent!r} lies below it itself")
                return True
        return False

    def _twice_in_wikidata(self) -> bool:
        if not self.with_wikidata:
            return False
        kept = {slug: row.wikidata for slug, row in self.stored.items() if slug not in self.concepts}
        owners = {wikidata: slug for slug, wikidata in kept.items() if wikidata}
        for concept in [*self.concepts.values()]:
            if concept.wikidata and concept.wikidata in owners:
                other = owners[concept.wikidata]
                self._take_out(concept, f"wikidata: {concept.wikidata} belongs to {other!r} already")
                # It keeps the one it has, which another may be about to take.
                return True
            owners[concept.wikidata] = concept.slug
        return False

    def _too_deep(self) -> bool:
        found = False
        for slug in [*self.concepts, *self.stored]:
            trail = self.trail(slug)
            if len(trail) < MAX_DEPTH:
                continue
            # The nearest that is new here is to blame, not what already lay below it.
            for place in (slug, *trail):
                blamed = self.concepts.get(place)
                if blamed is not None and self._moves(blamed):
                    self._take_out(blamed, f"parent: {self._why_too_deep(blamed, slug)}")
                    found = True
                    break
        return found

    def _why_too_deep(self, blamed: Concept, slug: str) -> str:
        if blamed.slug == slug:
            return f"the tree has at most {MAX_DEPTH} levels"
        return f"the tree has at most {MAX_DEPTH} levels, and {slug!r} lies below it"

    def _moves(self, concept: Concept) -> bool:
        known = self.stored.get(concept.slug)
        return known is None or known.parent != concept.parent
