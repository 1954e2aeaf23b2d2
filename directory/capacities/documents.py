"""What the index knows of the capacities themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from directory import asking
from directory.capacities.labels import all_labels
from directory.models import Capacity, CapacityText
from search.port import Document, Text
from search.registry import DocumentType, Plain, register


@register
class CapacityDocument(DocumentType):
    """The capacities themselves, found by any of their labels in any language."""

    kind = "capacity"
    watches = {Capacity: lambda row: [row.slug], CapacityText: lambda row: [row.capacity.slug]}

    def ids(self) -> Iterable[str]:
        return Capacity.objects.values_list("slug", flat=True)

    def plain(self) -> Plain:
        return asking.capacities()

    def build(self, ids: Sequence[str]) -> Iterator[Document]:
        labels = all_labels()
        for capacity in Capacity.objects.filter(slug__in=ids).with_texts():
            languages = sorted({row.language for row in capacity.texts.all()}) or ["en"]
            alternatives = {
                code: tuple(
                    row.text
                    for row in capacity.texts.all()
                    if row.language == code and row.role == "alternative"
                )
                for code in languages
            }
            yield Document(
                kind=self.kind,
                id=capacity.slug,
                texts=tuple(
                    Text(
                        code,
                        capacity.label(code),
                        summary=capacity.definition(code),
                        keywords=alternatives[code],
                    )
                    for code in languages
                ),
                url=f"/capacities/{capacity.slug}/",
                capacities=(capacity.slug,),
                broader=labels.broader([capacity.slug]),
                labels=labels.texts([capacity.slug]),
            )
