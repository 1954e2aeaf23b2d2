"""A capacity as plain values: what every format is read into and written from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from directory.enums import TextRole
from directory.models import Capacity


@dataclass
class Concept:
    """One capacity: identity, place in the tree, texts as {language: …}."""

    slug: str
    parent: str = ""
    order: int = 0
    wikidata: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    alternatives: dict[str, list[str]] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)
    where: str = ""

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


def stored() -> Iterator[Concept]:
    """All capacities of the database in tree order, in two queries."""
    trail: list[Capacity] = []
    counts: dict[str, int] = {}
    for capacity in Capacity.objects.with_texts():
        del trail[capacity.depth - 1 :]
        parent = trail[-1].slug if trail else ""
        counts[parent] = counts.get(parent, 0) + 1
        concept = Concept(capacity.slug, parent, counts[parent], capacity.wikidata_id)
        for row in sorted(capacity.texts.all(), key=lambda row: row.pk):
            if row.role == TextRole.PREFERRED:
                concept.labels[row.language] = row.text
            elif row.role == TextRole.DEFINITION:
                concept.definitions[row.language] = row.text
            else:
                concept.alternatives.setdefault(row.language, []).append(row.text)
        trail.append(capacity)
        yield concept
