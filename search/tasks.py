"""The queue's part in keeping the index: draining, sweeping up, comparing at night."""

from __future__ import annotations

import logging

from django.core.cache import cache

from foundation.jobs.registry import Schedule
from foundation.jobs.services import enqueue
from search.documents import document_types
from search.engines.factory import current_engine
from search.errors import EngineError
from search.indexing import updates, verify
from search.models import OutboxEntry
from search.saved import alerts
from search.types import Query

logger = logging.getLogger(__name__)
SECONDS = 45.0  # of writing in one job; the queue ends a job after two minutes
PIECE = 2_000  # objects compared in one job
MAKING_ANEW = "search.making-anew"
AGAIN_AFTER = 30 * 60  # seconds
COUNTED = "search.counted"
COUNT_EVERY = 10 * 60  # seconds


def drain_outbox() -> None:
    """Bring the index up to date; nothing to do is the common case.

    With the engine down the rows wait for the sweep: a job for each of them would only fail again.
    """
    if _drained() and OutboxEntry.objects.due().exists():
        enqueue("search.tasks.drain_outbox")


def sweep() -> None:
    """Every minute: whatever no job took (a crash after commit, a retry that has come due, an engine that is
    back)."""
    try:
        make_anew_if_lost()
    except EngineError as error:
        logger.warning("The search index cannot be read: %s", error)
    else:
        _drained()
    updates.purge()


def _drained() -> bool:
    """Write what waits, as far as the time of a job goes; False when the engine cannot be written."""
    try:
        updates.drain(within=SECONDS)
    except EngineError as error:
        logger.warning("Changes wait for the search index: %s", error)
        return False
    return True


def make_anew_if_lost() -> None:
    """Build the index where there is none, or none that can be read: a new disk, a damaged file.

    Raises EngineError where that does not help, since the engine itself is down.
    """
    try:
        engine = current_engine()
        engine.status()
        engine.search(Query(limit=1))
        if not (cache.add(COUNTED, True, COUNT_EVERY) and (lost := verify.set_aside_if_lost(engine))):
            return
        raise EngineError(lost)
    except EngineError as error:
        if not _may_make_anew():
            raise
        logger.error("The search index is made anew, since it cannot be read: %s", error)
    _make_anew()


def build_anew() -> None:
    """Somebody who looks after the site asks for it; one at a time. With the engine away the sweep does it later."""
    if not _may_make_anew():
        return
    try:
        _make_anew()
    except EngineError as error:
        logger.warning("The search index could not be built anew: %s", error)


def _may_make_anew() -> bool:
    """Killed in the middle (a job has little time), it is not begun again every minute."""
    return bool(cache.add(MAKING_ANEW, True, AGAIN_AFTER))


def _make_anew() -> None:
    try:
        updates.rebuild()
    finally:
        cache.delete(MAKING_ANEW)


def reconcile() -> None:
    """Every night: compare database and index, and mend what differs."""
    make_anew_if_lost()
    updates.drain(within=SECONDS)
    found = verify.verify(mend=True, content=False)
    if not found.agrees:
        logger.warning(
            "The search index lacked %s and had %s too many", len(found.missing), len(found.surplus)
        )
        updates.drain(within=SECONDS)
    for kind in document_types():
        enqueue("search.tasks.compare", kind, 0)


def compare(kind: str, begin: int) -> None:
    """The night's second part, in pieces that fit into a job: whether the documents are as they are now."""
    if kind not in document_types():
        return
    stale, more = verify.compare_some(kind, begin, PIECE)
    if more:
        enqueue("search.tasks.compare", kind, begin + PIECE)
    if stale:
        logger.warning("The search index held %s of kind %s in an older state", len(stale), kind)
        updates.drain(within=SECONDS)


def tell_at_once(begun: str = "") -> None:
    """Every few minutes: what is new for those who want to hear at once; the rest of a run that began then."""
    alerts.at_once(begun)


def tell_weekly() -> None:
    """Every Monday morning: what is new for all others."""
    alerts.weekly()


SCHEDULES = [
    Schedule("search sweep", "search.tasks.sweep", minutes=1),
    Schedule("search reconcile", "search.tasks.reconcile", cron="40 2 * * *"),
    Schedule("search alerts at once", "search.tasks.tell_at_once", minutes=3),
    Schedule("search alerts of the week", "search.tasks.tell_weekly", cron="20 6 * * 1"),
]
