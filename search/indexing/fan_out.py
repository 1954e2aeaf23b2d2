"""From rows that were saved to the documents that show them, found out when the outbox is drained."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Sequence

from django.db import transaction

from search.documents import watched, watchers
from search.errors import place_of
from search.models import OutboxEntry
from search.outbox import forget_announced

logger = logging.getLogger(__name__)
TOGETHER = 500  # rows of the outbox that are read at once
Key = tuple[str, str]


def fan_out() -> None:
    """Put in the place of each due row that names what was saved a row for each document that shows it now.

    Safe in several processes at once: a document may then be named twice, which is one write of it. Where the
    rows of a kind of object cannot be told, they are tried again later, as documents are.
    """
    while rows := list(OutboxEntry.objects.due().sources().order_by("kind", "id")[:TOGETHER]):
        for label, some in itertools.groupby(rows, key=lambda row: row.kind):
            _replace(label, list(some))
        forget_announced()


def _replace(label: str, rows: Sequence[OutboxEntry]) -> None:
    try:
        with transaction.atomic():
            keys = _showing(label, [row.object_id for row in rows])
            oldest = min(row.created for row in rows)
            OutboxEntry.objects.bulk_create(
                OutboxEntry(kind=kind, object_id=id, created=oldest, signalled=True) for kind, id in keys
            )
            OutboxEntry.objects.filter(pk__in=[row.pk for row in rows]).delete()
    except Exception as error:
        if len(rows) > 1:
            for row in rows:
                _replace(label, [row])
            return
        logger.error("The documents that show %s cannot be told: %s", rows[0], place_of(error))
        rows[0].put_off(place_of(error))


def _showing(label: str, keys: Sequence[str]) -> list[Key]:
    """(kind, id) of the documents that show these rows of a model; of what is deleted, they were told then."""
    model = watched(label)
    if model is None:
        return []
    rows = list(model._base_manager.filter(pk__in=set(keys)))
    found = ((made.kind, str(id)) for made in watchers()[model] for id in made.showing(model, rows))
    return list(dict.fromkeys(found))
