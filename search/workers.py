"""Reading and analysing many objects in several processes, since Python analyses in one thread at a time."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from types import TracebackType
from typing import Generic, TypeVar

import django
from django.db import connections

from search.analysis.lines import keep_more

BEGIN_AFTER = 10  # pieces done in this process first: starting others takes a second or two each
MOST = 8  # processes; one feeds the engine, and more than so many only wait for it
KEPT = 400_000  # parts of texts that a process keeps analysed; their words in many languages are as many
WAITING = 2  # pieces for each process that are begun before the first is taken

Piece = TypeVar("Piece")
Made = TypeVar("Made")


class Workers(Generic[Piece, Made]):
    """Does `task` for pieces in their order, in other processes once that is worth starting them.

    `task` is a function of a module. What it takes and gives is pickled. Other processes see only what is
    committed, so within a transaction, and where a process may have no children, all is done here.
    """

    def __init__(
        self,
        task: Callable[[Piece], Made],
        *,
        here: Callable[[Piece], Made] | None = None,
        processes: int | None = None,
        begin_after: int = BEGIN_AFTER,
    ) -> None:
        self.task = task
        self.here = here or task
        self.processes = possible() if processes is None else processes
        self.begin_after = begin_after
        self._pool: ProcessPoolExecutor | None = None

    def map(self, pieces: Iterable[Piece]) -> Iterator[Made]:
        """What `task` (or `here`, in this process) makes of each piece. Raises what it raises."""
        waiting: deque[Future[Made]] = deque()
        for piece in pieces:
            if self.processes < 2 or self.begin_after > 0:
                self.begin_after -= 1
                yield self.here(piece)
                continue
            waiting.append(self._started().submit(self.task, piece))
            if len(waiting) > WAITING * self.processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            names = {alias: str(connections[alias].settings_dict["NAME"]) for alias in connections}
            self._pool = ProcessPoolExecutor(
                self.processes, multiprocessing.get_context("spawn"), _begin, (names,)
            )
        return self._pool

    def __enter__(self) -> Workers[Piece, Made]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def possible() -> int:
    """How many processes may be started from here; 1 where none."""
    if multiprocessing.current_process().daemon:
        return 1
    if any(connection.in_atomic_block for connection in connections.all(initialized_only=True)):
        return 1
    return min(os.cpu_count() or 1, MOST)


def _begin(names: dict[str, str]) -> None:
    """Make a new process ready: the site's models, and the database of the process that started it."""
    django.setup()
    keep_more(KEPT)
    # What is kept here (words, mostly) stays to the end: looking for rings of it again and again took a fifth.
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)
    for alias, name in names.items():
        connections[alias].settings_dict["NAME"] = name
