"""Things that happen at the same moment, and the same with what prevents their harm taken away.

A race that ends well proves nothing unless it is known to end badly without the lock. `at_once` starts threads together;
`meet_after` holds them together at the narrow place, between what is read and what is written; and `without_locks`
takes the locks of rows away. What is seen then is what the locks are for. SQLite lets one transaction write at a time,
so it can be seen on PostgreSQL alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models.query import QuerySet

# Long enough to meet on a busy machine. With the locks nobody comes, and the first one goes on after this.
SECONDS_TO_MEET = 3


def needs_racing() -> None:
    """Skips where the database lets one transaction write at a time."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one transaction write at a time")


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Runs all calls at the same moment, each in its own thread; answers results or errors in order."""
    gate, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        try:
            gate.wait(timeout=20)
            results[place] = call()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on no row is locked by reading it."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, *args, **kwargs: rows.all())


def meet_after(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    """Whoever has called this function waits for a second one who has, and both go on knowing what they have read."""
    gate, real = threading.Barrier(2), getattr(module, name)

    def held(*args: Any, **kwargs: Any) -> Any:
        found = real(*args, **kwargs)
        try:
            gate.wait(timeout=SECONDS_TO_MEET)
        except threading.BrokenBarrierError:
            pass  # nobody came: they wait for a lock
        return found

    monkeypatch.setattr(module, name, held)
