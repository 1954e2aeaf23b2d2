"""Reading and analysing many objects in several processes, since Python analyses in one thread at a time."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Generic, TypeVar

import django
from django.db import connections

from foundation.jobs.worker import end_with_parent
from search.analysis.tokens import keep_more

BEGIN_AFTER = 10  # whole pieces done in this process first: starting others takes seconds of a processor each
MOST = 8  # processes; one feeds the engine, and more than so many only wait for it
KEPT = 600_000  # parts of texts that a process keeps analysed; their words in many languages are as many
ROOM = 1_000_000_000  # bytes that a process comes to with a million documents: words it keeps, its part of the index
COLLECTED_EVERY = 30  # pieces
WAITING = 2  # pieces for each process that are begun before the first is taken

Piece = TypeVar("Piece")
Made = TypeVar("Made")


class Workers(Generic[Piece, Made]):
    """Does `task` for pieces in their order, in other processes once that is worth starting them.

    `task` is a function of a module. What it takes and gives is pickled. Other processes see only what is
    committed, so within a transaction, and where a process may have no children, all is done here.
    Each process has a tool of its own, made here by `tools` when it is started: see `tool()`. `size` says how much of
    a whole piece one is, so that many small ones are not taken for much work.
    """

    def __init__(
        self,
        task: Callable[[Piece], Made],
        *,
        here: Callable[[Piece], Made] | None = None,
        processes: int | None = None,
        begin_after: int = BEGIN_AFTER,
        tools: Callable[[], object] = lambda: None,
        size: Callable[[Piece], float] = lambda piece: 1,
    ) -> None:
        self.task = task
        self.here = here or task
        self.processes = possible() if processes is None else processes
        self.begin_after: float = begin_after
        self.size = size
        self.tools = tools
        self._started: list[_Process[Piece, Made]] = []

    def map(self, pieces: Iterable[Piece]) -> Iterator[Made]:
        """What `task` (or `here`, in this process) makes of each piece. Raises what it raises."""
        waiting: deque[Future[Made]] = deque()
        for piece in pieces:
            if self.processes < 2 or self.begin_after > 0:
                self.begin_after -= self.size(piece)
                yield self.here(piece)
                continue
            if not self._started:
                self._started = [_Process(self.tools()) for _ in range(self.processes)]
            waiting.append(min(self._started, key=_Process.load).begin(self.task, piece))
            if len(waiting) > WAITING * self.processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def each(self, task: Callable[[], None]) -> None:
        """Do something in every process that was started, all at once. Raises what it raises."""
        for future in [process.pool.submit(task) for process in self._started]:
            future.result()

    def __enter__(self) -> Workers[Piece, Made]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._started:
            process.pool.shutdown(cancel_futures=True)


class _Process(Generic[Piece, Made]):
    """One process, which does one piece after the other."""

    def __init__(self, tool: object) -> None:
        names = {alias: str(connections[alias].settings_dict["NAME"]) for alias in connections}
        self.pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _begin, (names, tool))
        self._begun: list[Future[Made]] = []

    def begin(self, task: Callable[[Piece], Made], piece: Piece) -> Future[Made]:
        """Hand it one more piece."""
        self._begun.append(self.pool.submit(_do, task, piece))
        return self._begun[-1]

    def load(self) -> int:
        """How many pieces it has still to do."""
        self._begun = [future for future in self._begun if not future.done()]
        return len(self._begun)


_tool: object = None
_done = 0


def _do(task: Callable[[Piece], Made], piece: Piece) -> Made:
    """In another process: one piece, and now and then a look for what only refers to itself."""
    global _done
    _done += 1
    if _done % COLLECTED_EVERY == 0:
        gc.collect()
        gc.freeze()  # what was left is kept to the end: not looked at again
    return task(piece)


def tool() -> object:
    """In a process of Workers: what was made for it alone."""
    return _tool


def possible() -> int:
    """How many processes may be started from here; 1 where none."""
    if multiprocessing.current_process().daemon:
        return 1
    if any(connection.in_atomic_block for connection in connections.all(initialized_only=True)):
        return 1
    return max(min(os.cpu_count() or 1, MOST, _memory_left() // ROOM), 1)


def _memory_left() -> int:
    """Bytes that may be taken without anybody else having to give some back; plenty where nobody tells."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration, ValueError):
        return MOST * ROOM


def _begin(names: dict[str, str], tool: object) -> None:
    """Make a new process ready: the site's models, the database of the process that started it, its tool."""
    global _tool
    _tool = tool
    end_with_parent()
    django.setup()
    keep_more(KEPT)
    # What is kept here (words, mostly) stays to the end: looking for rings in it again and again took a fifth.
    gc.freeze()
    gc.disable()
    for alias, name in names.items():
        connections[alias].settings_dict["NAME"] = name
