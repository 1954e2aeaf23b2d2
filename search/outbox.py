"""Announcing changes: a row in the caller's transaction, and a nudge to drain once it is committed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from search.documents import watched, watchers
from search.models import OutboxEntry

logger = logging.getLogger(__name__)
# A change that has waited no longer than this has a drain under way that will take ours along.
FRESH = timedelta(seconds=10)
# So long readers count on a change to reach the index in a moment; LATE leaves room for clocks that differ.
UNDER_WAY = timedelta(seconds=30)
LATE = timedelta(seconds=20)
_drainer: list[Callable[[], Any]] = []


class _Committed:
    """What one (nested) transaction has announced; runs when all of it is committed.

    Kept as an on_commit hook because Django drops hooks exactly when it rolls their transaction or
    savepoint back, so that we never believe a row to be written that is gone.
    """

    def __init__(self) -> None:
        self.keys: set[tuple[str, str]] = set()
        self.rows: list[int] = []

    def __call__(self) -> None:
        nudge(self.rows)


def announce_rows(model: type[models.Model], keys: Iterable[Any]) -> None:
    """Write down that rows of a model changed, one line for each however many documents show it."""
    announce(model._meta.label_lower, keys, signalled=True)


def announce(kind: str, ids: Iterable[Any], *, signalled: bool = False) -> None:
    """Write down that these objects changed, in the current transaction; once for each object.

    `signalled` says that a signal of a model tells everybody else of it, too.
    """
    keys = dict.fromkeys((kind, str(id)) for id in ids if id is not None)
    if not keys:
        return
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        nudge(_write(keys, signalled=signalled))
        return
    known = [hook.keys for hook in _hooks(connection)]
    new = [key for key in keys if not any(key in keys_of_hook for keys_of_hook in known)]
    if new:
        hook = _hook_here(connection)
        hook.rows += _write(new, signalled=signalled)
        hook.keys.update(new)


def kinds_under_way() -> frozenset[str]:
    """Kinds of documents with changes that are on their way into the index: who reads it now does not see them.

    What failed or has waited long is left out: when it comes, `index_changed` says so.
    """
    rows = OutboxEntry.objects.pending().filter(attempts=0, created__gte=timezone.now() - UNDER_WAY)
    found: set[str] = set()
    for kind in rows.order_by().values_list("kind", flat=True).distinct():
        if "." not in kind:
            found.add(kind)
        elif model := watched(kind):
            found.update(made.kind for made in watchers()[model])
    return frozenset(found)


def is_late(row: OutboxEntry) -> bool:
    """Whether a change that is in the index now surprises readers: no signal told of it, or it was long under way."""
    return not row.signalled or row.attempts > 0 or row.created < timezone.now() - LATE


def forget_announced() -> None:
    """Let objects be announced again in this transaction, because they were just drained."""
    for hook in _hooks(transaction.get_connection()):
        hook.keys.clear()


def drain_with(drain: Callable[[], Any]) -> None:
    """Says what brings the index up to date, where that happens at each commit."""
    _drainer[:] = [drain]


def nudge(rows: list[int]) -> None:
    """Have the outbox drained: at once, by the queue, or not at all (settings.SEARCH_DRAIN)."""
    mode = getattr(settings, "SEARCH_DRAIN", "queue")
    if mode == "on_commit":
        try:
            _drainer[0]()
        except Exception:
            # The change itself is saved and its row waits: the next drain takes it along.
            logger.exception("The search index could not be brought up to date")
    elif mode == "queue":
        try:
            if not _drain_under_way(rows):
                from foundation.jobs.services import enqueue

                enqueue("search.tasks.drain_outbox")
        except Exception:
            logger.exception("The drain of the search index could not be queued; the next sweep does it")


def _drain_under_way(rows: list[int]) -> bool:
    """Whether an earlier change still waits, so that the drain queued for it will find ours too.

    A drain reads again after it has marked what it wrote. While an older row is unmarked, that last
    reading is still to come and sees our rows, which are committed.
    """
    if not rows:
        return True
    return OutboxEntry.objects.due().filter(id__lt=min(rows), created__gte=timezone.now() - FRESH).exists()


def _write(keys: Iterable[tuple[str, str]], *, signalled: bool) -> list[int]:
    entries = [OutboxEntry(kind=kind, object_id=id, signalled=signalled) for kind, id in keys]
    return [entry.pk for entry in OutboxEntry.objects.bulk_create(entries)]


def _hooks(connection: Any) -> list[_Committed]:
    return [entry[1] for entry in connection.run_on_commit if isinstance(entry[1], _Committed)]


def _hook_here(connection: Any) -> _Committed:
    """The hook of the innermost savepoint, made when it has none."""
    here = set(connection.savepoint_ids)
    for savepoints, hook, *_rest in connection.run_on_commit:
        if isinstance(hook, _Committed) and savepoints == here:
            return hook
    hook = _Committed()
    transaction.on_commit(hook)
    return hook
