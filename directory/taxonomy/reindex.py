"""Telling the index what a change of the taxonomy touches, in any room: labels and places are in many documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from wagtail.search.backends import get_search_backends

from directory.models import Capacity, CapacityText
from directory.taxonomy.labels import taxonomy_changed
from foundation.jobs.services import are_wagtail_tasks_left_out, enqueue
from search.api import changed as announce
from search.documents import document_types

CHUNK = 500
FEW = 20  # paths that a query is asked for one by one; for more the whole tree is read


def tell_index(capacities: Iterable[Capacity]) -> None:
    """Everything that shows these capacities, or one below them, is read and indexed anew.

    Call it in the transaction of the change, after it. Which objects those are is known by the rooms: each
    document type says what it watches.
    """
    taxonomy_changed()
    rows = _with_below(capacities)
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        texts = [CapacityText(capacity=capacity) for capacity in chunk]
        for kind, document_type in document_types().items():
            announce(kind, document_type.showing(Capacity, chunk))
            announce(kind, document_type.showing(CapacityText, texts))


def tell_of_import(*, created: Sequence[str], changed: Sequence[str]) -> None:
    """What an import touched, by slugs: nothing can show what is new but itself; what changed is told as ever.

    Wagtail's own index, that of the admin, gets one job for all instead of one for each row.
    """
    if not created and not changed:
        return
    tell_index(Capacity.objects.filter(slug__in=changed))
    announce("capacity", created)
    if are_wagtail_tasks_left_out():
        return
    keys = Capacity.objects.filter(slug__in=[*created, *changed]).values_list("pk", flat=True)
    enqueue("directory.taxonomy.reindex.index_for_admin", list(keys))


def index_for_admin(keys: list[int]) -> None:
    """Job: brings capacities into Wagtail's index."""
    for start in range(0, len(keys), CHUNK):
        rows = list(Capacity.objects.with_texts().filter(pk__in=keys[start : start + CHUNK]))
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(Capacity, rows)


def _with_below(capacities: Iterable[Capacity]) -> list[Capacity]:
    """These capacities and all that lie below them, each once, in one query."""
    paths = {capacity.path for capacity in capacities}
    if not paths:
        return []
    if len(paths) <= FEW:
        within = models.Q()
        for path in paths:
            within |= models.Q(path__startswith=path)
        return list(Capacity.objects.filter(within))
    steps = range(Capacity.steplen, max(map(len, paths)) + 1, Capacity.steplen)
    return [row for row in Capacity.objects.all() if any(row.path[:end] in paths for end in steps)]


def tell_rows(rows: Iterable[models.Model]) -> None:
    """What shows any of these rows is indexed anew: for changes that send no signals.

    A row of a many-to-many relation without a model of its own stands for the object that has the relation.
    """
    for row in rows:
        for shown in (row, _owner(row)):
            if shown is None:
                continue
            for kind, document_type in document_types().items():
                watch = document_type.watches.get(type(shown))
                if watch is not None:
                    announce(kind, list(watch(shown)))


def _owner(row: models.Model) -> Any:
    source = row._meta.auto_created
    if not source:
        return None
    for field in row._meta.get_fields():
        if isinstance(field, models.ForeignKey) and field.related_model is source:
            return getattr(row, field.name)
    return None
