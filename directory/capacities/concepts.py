"""A capacity as plain values: what every format is read into and written from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from directory.enums import TextRole
from directory.models import Capacity

MAX_DEPTH = 3
SLUG_LENGTH = 80
TEXT_LENGTH = 600


class Unreadable(Exception):
    """A file as a whole cannot be read; the text says why."""


@dataclass
class Concept:
    """One capacity: identity, place in the tree, texts as {language: …}.

    `where` is its place in the file, `problem` what kept the reader from understanding it, `notes` what
    was left out without harm to the rest.
    """

    slug: str
    parent: str = ""
    order: int = 0
    wikidata: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    alternatives: dict[str, list[str]] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)
    where: str = ""
    problem: str = ""
    notes: list[str] = field(default_factory=list)

    def texts(self) -> set[tuple[str, str, str]]:
        """(language, role, text) of everything it says."""
        return {
            *((language, TextRole.PREFERRED.value, text) for language, text in self.labels.items()),
            *((language, TextRole.DEFINITION.value, text) for language, text in self.definitions.items()),
            *(
                (language, TextRole.ALTERNATIVE.value, text)
                for language, texts in self.alternatives.items()
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
    """The text without line breaks and without doubled or outer spaces, as all formats keep it."""
    return " ".join(text.split())


def stored() -> Iterator[Concept]:
    """All capacities of the database in tree order, in two queries."""
    trail: list[Capacity] = []
    counts: dict[str, int] = {}
    for capacity in Capacity.objects.with_texts():
        del trail[capacity.depth - 1 :]
        parent = trail[-1].slug if trail else ""
        counts[parent] = counts.get(parent, 0) + 1
        concept = Concept(capacity.slug, parent, counts[parent], capacity.wikidata_id)
        # In the order of the alphabet, since SKOS knows no other among alternative labels.
        for row in sorted(capacity.texts.all(), key=lambda row: (row.language, row.role, row.text)):
            if row.role == TextRole.PREFERRED:
                concept.labels[row.language] = row.text
            elif row.role == TextRole.DEFINITION:
                concept.definitions[row.language] = row.text
            else:
                concept.alternatives.setdefault(row.language, []).append(row.text)
        trail.append(capacity)
        yield concept
