"""What readers must not see any more, or must see otherwise, although the index has not heard of it.

A change waits in the outbox until a worker has written it, and a worker may be dead for a day. Whoever was told "you are
in no list now" is in none from that moment: every answer of the index leaves out what a waiting change takes away, and
shows what a waiting change alters as the database has it. `search.api` asks here at every question.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import DatabaseError, models, transaction

from search.documents import DocumentType, document_type, watched, watchers
from search.errors import EngineError, place_of
from search.models import OutboxEntry

logger = logging.getLogger(__name__)
# Rows that wait; where more do, the database answers, which is slower than the index and quicker than comparing.
MOST = 5_000
TOGETHER = 500  # keys in one question to the database
Key = tuple[str, str]
_Row = tuple[int, datetime]  # the number of a row may come again after a rollback


class Waiting(NamedTuple):
    """What waits: objects that may not be shown any more, and objects that the index may hold as they were."""

    gone: frozenset[Key] = frozenset()
    altered: frozenset[Key] = frozenset()


@dataclass
class _Looked:
    """Rows that were looked at together, and whether each object that they touch may be shown."""

    rows: frozenset[_Row]
    shown: dict[Key, bool]


# What this process knows, so that a change costs its questions once and not at each reader's.
_guard = threading.Lock()
_known: list[_Looked] = []


# What was found inside looked_at_once(), once it was.
_found_once: ContextVar[list[Waiting] | None] = ContextVar("search_waiting_once", default=None)


@contextmanager
def looked_at_once() -> Iterator[None]:
    """Inside, waiting() asks the database the first time only: for a page that puts many questions to the index."""
    token = _found_once.set([])
    try:
        yield
    finally:
        _found_once.reset(token)


def waiting() -> Waiting:
    """What has changed and is not in the index; one question to the database where nothing has changed since the last,
    and none where looked_at_once() has the answer.

    Raises EngineError where so much waits that the database had better answer.
    """
    once = _found_once.get()
    if once is None:
        return _look()
    if not once:
        once.append(_look())
    return once[0]


def _look() -> Waiting:
    found = OutboxEntry.objects.filter(done_at=None).order_by()
    rows = list(found.values_list("pk", "kind", "object_id", "created")[: MOST + 1])
    if not rows:
        return Waiting()
    if len(rows) > MOST:
        raise EngineError(f"More than {MOST} changes wait for the search index.")
    if transaction.get_connection().in_atomic_block:
        # What others do not see yet is not remembered, nor that one row may stand for two changes.
        return _told([_look_at(rows)])
    with _guard:
        there = {(pk, created) for pk, _, _, created in rows}
        _known[:] = [looked for looked in _known if looked.rows & there]
        seen = {row for looked in _known for row in looked.rows}
        if new := [row for row in rows if (row[0], row[3]) not in seen]:
            _remember(_look_at(new))
        return _told(_known)


def _look_at(rows: Sequence[tuple[int, str, str, datetime]]) -> _Looked:
    """Ask the database for what rows touch: after their commits, so what it says is no older."""
    touched = _touched((kind, id) for _, kind, id, _ in rows)
    return _Looked(frozenset((pk, created) for pk, _, _, created in rows), _may_be_shown(touched))


def _remember(looked: _Looked) -> None:
    for earlier in _known:
        for key in looked.shown:
            earlier.shown.pop(key, None)
    _known.append(looked)


def _told(known: Iterable[_Looked]) -> Waiting:
    shown = {key: may for looked in known for key, may in looked.shown.items()}
    gone = frozenset(key for key, may in shown.items() if not may)
    return Waiting(gone, frozenset(shown) - gone)


def _touched(rows: Iterable[Key]) -> dict[str, set[str]]:
    """The ids of the documents that show what was saved, by kind: as the drain will find them, and without writing."""
    found: dict[str, set[str]] = {}
    sources: dict[str, set[str]] = {}
    for kind, id in rows:
        (sources if "." in kind else found).setdefault(kind, set()).add(id)
    for label, keys in sources.items():
        model = watched(label)
        if model is None:
            continue
        for some in _pieces(keys):
            saved = list(model._base_manager.filter(pk__in=some))
            for made in watchers()[model]:
                found.setdefault(made.kind, set()).update(_showing(made, model, saved))
    return found


def _showing(made: DocumentType, model: type[models.Model], saved: Sequence[models.Model]) -> set[str]:
    try:
        return set(map(str, made.showing(model, saved)))
    except DatabaseError:
        raise
    except (
        Exception
    ) as error:  # a room's mistake; the drain meets it too and keeps the rows for a person to see
        logger.error("Which %s show %s cannot be told: %s", made.kind, model.__name__, place_of(error))
        return set()


def _may_be_shown(touched: dict[str, set[str]]) -> dict[Key, bool]:
    answer: dict[Key, bool] = {}
    for kind, ids in touched.items():
        made = document_type(kind)
        for some in _pieces(ids):
            shown: set[str] = set()
            try:
                shown = made.shown(some) if made else set()
            except DatabaseError:
                raise
            except Exception as error:  # a room's mistake: better one card too few
                logger.error("Whether %s may be shown cannot be told: %s", kind, place_of(error))
            answer |= {(kind, id): id in shown for id in some}
    return answer


def _pieces(keys: Iterable[str]) -> Iterable[list[str]]:
    every = sorted(keys)
    return (every[begin : begin + TOGETHER] for begin in range(0, len(every), TOGETHER))
