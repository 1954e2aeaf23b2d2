"""A capacity as plain values: what every format is read into and written from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from directory.constants import TextRole
from directory.models import Capacity
from directory.models.capacity import OWN_ADDRESSES, in_language
from foundation.l10n.names import cleaned, holds_unseen, is_visible

MAX_DEPTH = 3
SLUG_LENGTH = 80
ADDRESS_LENGTH = 500
TEXT_LENGTH = 600


@dataclass
class Concept:
    """One capacity: identity, place in the tree, texts as {language: …}.

    Identity is the address (an IRI); a table has none of what was made here, where the slug says it all.
    `broader` are the addresses of all that was given as broader, of which `parent` is the one taken.
    `where` is its place in the file, `problem` what kept the reader from understanding it, `notes` what
    was left out without harm to the rest.
    """

    slug: str
    parent: str = ""
    order: int = 0
    wikidata: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    alternatives: dict[str, list[str]] = field(default_factory=dict)
    hidden: dict[str, list[str]] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)
    address: str = ""
    broader: tuple[str, ...] = ()
    withdrawn: bool = False
    replaced_by: tuple[str, ...] = ()
    where: str = ""
    problem: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def is_ours(self) -> bool:
        """Whether it was made on a site of this software: its address is one that we give."""
        return not self.address or self.address.startswith(OWN_ADDRESSES)

    def name(self) -> str:
        """What to call it in a message: its English label, or another, or its slug."""
        return in_language(self.labels, "en") or self.slug

    def texts(self) -> set[tuple[str, str, str]]:
        """(language, role, text) of everything it says."""
        return {
            *((language, TextRole.PREFERRED.value, text) for language, text in self.labels.items()),
            *((language, TextRole.DEFINITION.value, text) for language, text in self.definitions.items()),
            *(
                (language, role.value, text)
                for role, names in (
                    (TextRole.ALTERNATIVE, self.alternatives),
                    (TextRole.HIDDEN, self.hidden),
                )
                for language, texts in names.items()
                for text in texts
            ),
        }


@dataclass
class Reading:
    """What a file says: its concepts, and what it speaks of at all.

    `fields` (of order, wikidata) and `texts` ((language, role) pairs) name what the file has a column or
    at least one statement for; of everything else it says nothing, and an import leaves that as it is.
    """

    concepts: list[Concept]
    fields: frozenset[str]
    texts: frozenset[tuple[str, str]]
    notes: list[str] = field(default_factory=list)


def one_line(text: str) -> str:
    """The text without line breaks, without doubled or outer spaces and without what cannot be seen, as all formats
    keep it; empty where nothing can be seen."""
    line = " ".join(text.split())
    if not line.isprintable() and any(ord(char) < ord(" ") for char in line):
        return line  # controls are refused, so that somebody looks at them
    line = cleaned(line) if holds_unseen(line) else line
    return line if is_visible(line) else ""


def stored() -> Iterator[Concept]:
    """All capacities of the database in tree order, in two queries."""
    trail: list[Capacity] = []
    counts: dict[str, int] = {}
    for capacity in Capacity.objects.with_texts():
        del trail[capacity.depth - 1 :]
        parent = trail[-1] if trail else None
        slug = parent.slug if parent else ""
        counts[slug] = counts.get(slug, 0) + 1
        concept = Concept(capacity.slug, slug, counts[slug], capacity.wikidata_id, address=capacity.address)
        concept.broader = (parent.address,) if parent else ()
        # In the order of the alphabet, since SKOS knows no other among alternative labels.
        for row in sorted(capacity.texts.all(), key=lambda row: (row.language, row.role, row.text)):
            if row.role == TextRole.PREFERRED:
                concept.labels[row.language] = row.text
            elif row.role == TextRole.DEFINITION:
                concept.definitions[row.language] = row.text
            else:
                names = concept.hidden if row.role == TextRole.HIDDEN else concept.alternatives
                names.setdefault(row.language, []).append(row.text)
        trail.append(capacity)
        yield concept
