"""Telling the index what a change of the taxonomy touches, in any room: labels and places are in many documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from directory.capacities.labels import taxonomy_changed
from directory.models import Capacity, CapacityText
from search.registry import document_types
from search.services import changed


def tell_index(capacities: Iterable[Capacity]) -> None:
    """Everything that shows these capacities, or one below them, is read and indexed anew.

    Call it in the transaction of the change, after it. Which objects those are is known by the rooms: each
    document type says what it watches.
    """
    taxonomy_changed()
    below: dict[int, Capacity] = {}
    for capacity in capacities:
        below |= {found.pk: found for found in Capacity.get_tree(capacity)}
    tell_rows(below.values())
    tell_rows(CapacityText(capacity=capacity) for capacity in below.values())


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
                    changed(kind, list(watch(shown)))


def _owner(row: models.Model) -> Any:
    source = row._meta.auto_created
    if not source:
        return None
    for field in row._meta.get_fields():
        if isinstance(field, models.ForeignKey) and field.related_model is source:
            return getattr(row, field.name)
    return None
