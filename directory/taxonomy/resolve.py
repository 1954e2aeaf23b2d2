"""Which capacity here each concept of a file is: by its address, never by its name. Plain values only."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from directory.models.capacity import own_address
from directory.taxonomy.concepts import MAX_DEPTH, Concept, Reading
from directory.taxonomy.import_plan import WIKIDATA, Stored, problem_of
from directory.taxonomy.slugs import free

Refuse = Callable[[Concept, str], None]


class Matching:
    """Gives the concepts of a file the slugs they have, or will have, here, and parents that are here.

    A concept with the address of a capacity is that capacity, whatever either is called. Any other is new; where
    its slug is taken it gets another. A concept that its publisher has withdrawn makes no capacity: its names go
    to what replaces it. What vocabularies of others say and cannot be done (a place below nothing, a ring) is
    done otherwise, with a note; in files of ours it is refused, for an editor to mend. `flatten` brings what lies
    too deep up to the lowest level.
    """

    def __init__(
        self, reading: Reading, stored: Mapping[str, Stored], *, flatten: bool, refuse: Refuse
    ) -> None:
        self.stored, self.refuse = stored, refuse
        self.by_address = {row.address: slug for slug, row in stored.items()}
        self.in_file = {concept.address: concept for concept in reading.concepts if concept.address}
        self.concepts = self._usable(reading.concepts)
        self._rename()
        self._place()
        self._free_of_rings()
        if "wikidata" in reading.fields:
            self._check_wikidata()
        if flatten:
            self._flatten()

    def _usable(self, concepts: list[Concept]) -> list[Concept]:
        """Without those that were withdrawn, or that nothing can be made of, so that nothing is put below them."""
        kept = []
        for concept in concepts:
            problem = problem_of(concept) if concept.address and not concept.is_ours else ""
            if problem:
                self.refuse(concept, problem)
                continue
            if not concept.withdrawn:
                kept.append(concept)
                continue
            heirs = [
                self.in_file[address]
                for address in concept.replaced_by
                if address in self.in_file and not self.in_file[address].withdrawn
            ]
            stays = "; it stays here as it was" if concept.address in self.by_address else ""
            if heirs:
                _inherit(heirs[0], concept)
                names = f"its names lead to {heirs[0].name()!r}"
            else:
                names = "nothing in the file replaces it"
            self.refuse(concept, f"withdrawn: {concept.name()!r} is no longer in use, and {names}{stays}")
        return kept

    def _rename(self) -> None:
        """Slugs of the file become slugs of the database, in parents, too."""
        taken = {concept.slug for concept in self.concepts} | set(self.stored)
        renamed: dict[str, str] = {}
        for concept in self.concepts:
            slug = self._slug_here(concept, taken)
            if slug != concept.slug:
                if concept.address not in self.by_address:
                    concept.notes.append(
                        f"slug: {concept.slug!r} is another capacity here ({self._label(concept.slug)}), so it is "
                        f"called {slug!r}"
                    )
                taken.add(slug)
                renamed[concept.slug] = slug
        for concept in self.concepts:
            concept.slug = renamed.get(concept.slug, concept.slug)
            concept.parent = renamed.get(concept.parent, concept.parent)

    def _slug_here(self, concept: Concept, taken: set[str]) -> str:
        if not concept.address:
            # A table that says no address: its slugs are those of this site.
            concept.address = self.stored[concept.slug].address if concept.slug in self.stored else ""
            concept.address = concept.address or own_address(concept.slug)
            return concept.slug
        if concept.address in self.by_address:
            return self.by_address[concept.address]
        return free(concept.slug, taken) if concept.slug in self.stored else concept.slug

    def _label(self, slug: str) -> str:
        return repr(self.stored[slug].label) if slug in self.stored else repr(slug)

    def _place(self) -> None:
        """The parent of what says its broader ones by address: one that is here, or will be."""
        here = self.by_address | {concept.address: concept.slug for concept in self.concepts}
        for concept in self.concepts:
            if not concept.broader:
                continue
            slugs = [
                slug
                for address in concept.broader
                for slug in self._standing(address, here, set())
                if slug != concept.slug
            ]
            kept = self.stored[concept.slug].parent if concept.slug in self.stored else None
            if slugs:
                # Of several, the one that it lies below already.
                preferred = [slug for slug in (kept, concept.parent) if slug in slugs]
                concept.parent = next(iter(preferred), None) or slugs[0]
                if len(concept.broader) > 1:
                    concept.notes.append(
                        f"broader: {len(concept.broader)} are given, {concept.parent!r} was taken"
                    )
            elif not concept.is_ours:
                named = concept.broader[0]
                concept.parent = kept or ""
                place = f"it stays below {kept!r}" if kept else "it stands at the top"
                concept.notes.append(f"broader: <{named}> is not here, {place}")

    def _standing(self, address: str, here: Mapping[str, str], seen: set[str]) -> list[str]:
        """The capacity with an address; of one that was withdrawn, what replaces it, or what it lay below."""
        if address in here:
            return [here[address]]
        gone = self.in_file.get(address)
        if gone is None or address in seen:
            return []
        seen.add(address)
        for other in (*gone.replaced_by, *gone.broader):
            if found := self._standing(other, here, seen):
                return found
        return []

    def _free_of_rings(self) -> None:
        """In a vocabulary of others, one of those that lie below each other stands at the top; ours are refused."""
        by_slug = {concept.slug: concept for concept in self.concepts}
        done: set[str] = set()
        for concept in self.concepts:
            trail: list[Concept] = []
            here: Concept | None = concept
            while here is not None and here.slug not in done and here not in trail:
                trail.append(here)
                here = by_slug.get(here.parent)
            if here is not None and here in trail and not here.is_ours:
                here.notes.append(f"broader: {here.parent!r} lies below it itself, so it stands at the top")
                here.parent = ""
            done.update(each.slug for each in trail)

    def _check_wikidata(self) -> None:
        """An item belongs to one capacity: what others say of it takes none away from ours."""
        named = {concept.slug for concept in self.concepts}
        owners = {row.wikidata: slug for slug, row in self.stored.items() if slug not in named}
        for concept in sorted(self.concepts, key=lambda each: not each.is_ours):
            wikidata = concept.wikidata
            if not wikidata:
                continue
            if concept.is_ours:
                owners.setdefault(wikidata, concept.slug)
            elif not WIKIDATA.match(wikidata):
                concept.notes.append(f"wikidata: {wikidata!r} is no Wikidata id and was left out")
                concept.wikidata = ""
            elif owners.setdefault(wikidata, concept.slug) != concept.slug:
                concept.notes.append(
                    f"wikidata: {wikidata} belongs to {owners[wikidata]!r}, so it was left out"
                )
                concept.wikidata = ""

    def _flatten(self) -> None:
        by_slug = {concept.slug: concept for concept in self.concepts}
        parents = {slug: row.parent for slug, row in self.stored.items()}
        parents |= {concept.slug: concept.parent for concept in self.concepts}
        for concept in self.concepts:
            trail: list[str] = []
            here = concept.parent
            while here and here in parents and here not in trail:
                trail.append(here)
                here = parents[here]
            if len(trail) >= MAX_DEPTH:
                level, concept.parent = len(trail) + 1, trail[-(MAX_DEPTH - 1)]
                above = by_slug[concept.parent].name() if concept.parent in by_slug else concept.parent
                concept.notes.append(f"broader: at level {level}, so it was put below {above!r}")


def _inherit(heir: Concept, withdrawn: Concept) -> None:
    """The names of what is gone find what came in its place."""
    for names, others in (
        (heir.alternatives, {code: [text] for code, text in withdrawn.labels.items()}),
        (heir.alternatives, withdrawn.alternatives),
        (heir.hidden, withdrawn.hidden),
    ):
        for language, texts in others.items():
            known = {
                text.casefold()
                for text in (
                    heir.labels.get(language, ""),
                    *heir.alternatives.get(language, ()),
                    *heir.hidden.get(language, ()),
                )
            }
            for text in texts:
                if text.casefold() not in known:
                    names.setdefault(language, []).append(text)
                    known.add(text.casefold())
