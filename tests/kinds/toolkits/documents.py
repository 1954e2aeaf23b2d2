"""What the index knows of toolkits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from directory.taxonomy.labels import all_labels
from search.documents import DocumentType, Plain, register
from search.types import Document, Text
from tests.kinds.toolkits.models import Toolkit


@register
class ToolkitDocument(DocumentType):
    """Toolkits, all of them public."""

    kind = "toolkit"
    watches = {Toolkit: lambda row: [row.pk]}

    def ids(self) -> Iterable[str]:
        return (str(pk) for pk in Toolkit.objects.values_list("pk", flat=True).iterator())

    def plain(self) -> Plain:
        return Plain(Toolkit.objects.all())

    def build(self, ids: Sequence[str]) -> Iterator[Document]:
        labels = all_labels()
        for toolkit in Toolkit.objects.filter(pk__in=ids):
            slugs = (toolkit.capacity,)
            yield Document(
                kind=self.kind,
                id=str(toolkit.pk),
                texts=(Text("en", toolkit.title, toolkit.summary),),
                url=f"/toolkits/{toolkit.pk}/",
                capacities=slugs,
                broader=labels.broader(slugs),
                labels=labels.texts(slugs),
                facets={"language": ("en",)},
                updated=toolkit.updated,
            )
