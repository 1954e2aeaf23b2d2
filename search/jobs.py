"""The queue's part in keeping the index: draining, sweeping up, comparing at night."""

from __future__ import annotations

import logging

from exchange.jobs.schedules import Schedule
from search import indexing
from search.saved import looking

logger = logging.getLogger(__name__)


def drain_outbox() -> None:
    """Bring the index up to date; nothing to do is the common case."""
    indexing.drain()


def sweep() -> None:
    """Every minute: whatever no job took (a crash after commit, a retry that has come due)."""
    indexing.drain()
    indexing.purge()


def reconcile() -> None:
    """Every night: compare database and index, and mend what differs."""
    indexing.drain()
    found = indexing.verify(mend=True)
    if not found.agrees:
        logger.warning(
            "The search index lacked %s and had %s too many", len(found.missing), len(found.surplus)
        )
        indexing.drain()


def tell_at_once() -> None:
    """Every few minutes: what is new for those who want to hear at once."""
    looking.at_once()


def tell_weekly() -> None:
    """Every Monday morning: what is new for all others."""
    looking.weekly()


SCHEDULES = [
    Schedule("search sweep", "search.jobs.sweep", minutes=1),
    Schedule("search reconcile", "search.jobs.reconcile", cron="40 2 * * *"),
    Schedule("search alerts at once", "search.jobs.tell_at_once", minutes=3),
    Schedule("search alerts of the week", "search.jobs.tell_weekly", cron="20 6 * * 1"),
]
