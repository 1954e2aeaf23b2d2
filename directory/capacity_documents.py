"""What the index knows of the capacities themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from directory import search_fallback
from directory.constants import TextRole
from directory.models import Capacity, CapacityText
from directory.taxonomy.labels import all_labels
from foundation.l10n.languages import INTERFACE
from search.documents import DocumentType, Plain, register
from search.types import Document, Text


@register
class CapacityDocument(DocumentType):
    """The capacities themselves, found by any of their labels in any language."""

    kind = "capacity"
    watches = {Capacity: lambda row: [row.slug], CapacityText: lambda row: [row.capacity.slug]}

    def ids(self) -> Iterable[str]:
        return Capacity.objects.values_list("slug", flat=True)

    def plain(self) -> Plain:
        return search_fallback.capacities()

    def build(self, ids: Sequence[str]) -> Iterator[Document]:
        labels = all_labels()
        for capacity in Capacity.objects.filter(slug__in=ids).with_texts():
            rows = list(capacity.texts.all())
            languages = sorted({row.language for row in rows}) or ["en"]
            alternatives = {
                code: tuple(
                    row.text for row in rows if row.language == code and row.role == TextRole.ALTERNATIVE
                )
                for code in languages
            }
            # A variety (en-GB) serves readers of the language where that has no words of its own.
            languages += [
                code
                for code in INTERFACE
                if code not in languages and any(other.startswith(f"{code}-") for other in languages)
            ]
            yield Document(
                kind=self.kind,
                id=capacity.slug,
                texts=tuple(
                    Text(
                        code,
                        capacity.label(code),
                        summary=capacity.definition(code),
                        keywords=alternatives.get(code, ()),
                    )
                    for code in languages
                ),
                url=f"/capacities/{capacity.slug}/",
                capacities=(capacity.slug,),
                broader=labels.broader([capacity.slug]),
                labels=labels.texts([capacity.slug]),
            )
