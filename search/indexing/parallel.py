"""Filling a new index from several processes: each makes, analyses and, where the engine can, writes its part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from types import TracebackType
from typing import Generic, TypeVar, cast

from search.engines.base import Part, Rebuilding
from search.engines.index_schema import prepared
from search.errors import EngineError
from search.indexing.process_pool import BEGIN_AFTER, Workers, tool
from search.types import Change

Piece = TypeVar("Piece")


@dataclass
class Made:
    """What became of a piece: changes to write, why others could not be made, by (kind, id)."""

    changes: list[Change]
    failed: dict[tuple[str, str], str] = field(default_factory=dict)
    written: int = 0  # and how many changes the process that made them has written itself

    @property
    def count(self) -> int:
        """How many objects are in the new index by this."""
        return len(self.changes) + self.written


def _same(changes: list[Change]) -> list[Change]:
    return changes


class Builders(Generic[Piece]):
    """Writes what `make` makes of pieces into `new`; no object may be in two pieces.

    `make` is a function of a module, with documents in all its changes. `prepare` does something to changes before
    this process writes them. Call `close` when all is written.
    """

    def __init__(
        self,
        new: Rebuilding,
        make: Callable[[Piece], Made],
        *,
        prepare: Callable[[list[Change]], list[Change]] = _same,
        processes: int | None = None,
        begin_after: int = BEGIN_AFTER,
        size: Callable[[Piece], float] = lambda piece: 1,
    ) -> None:
        self.new = new
        self.prepare = prepare
        self.workers: Workers[Piece, Made] = Workers(
            partial(_make_there, make),
            here=make,
            processes=processes,
            begin_after=begin_after,
            tools=new.part,
            size=size,
        )

    def write(self, pieces: Iterable[Piece]) -> Iterator[Made]:
        """What became of each piece, in order, when it was written.

        Raises what making and writing raise, and EngineError when a process was ended from outside.
        """
        with _deaths():
            for made in self.workers.map(pieces):
                if made.changes:
                    self.new.apply(self.prepare(made.changes))
                yield made

    def close(self) -> None:
        """Make durable what other processes wrote. Raises as `write` does."""
        with _deaths():
            self.workers.each(_close_part)

    def __enter__(self) -> Builders[Piece]:
        self.workers.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.workers.__exit__(kind, error, trace)


@contextmanager
def _deaths() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as error:
        raise EngineError(
            "A process that wrote the new search index was ended from outside, most often because memory ran out. "
            "The index in use stays as it is."
        ) from error


def _make_there(make: Callable[[Piece], Made], piece: Piece) -> Made:
    """In another process: make, and write into its part; without one, analyse and hand it back."""
    made, part = make(piece), cast(Part | None, tool())
    if part is not None:
        part.apply(made.changes)
        return replace(made, changes=[], written=len(made.changes))
    return replace(
        made,
        changes=[
            replace(change, document=prepared(change.document)) for change in made.changes if change.document
        ],
    )


def _close_part() -> None:
    part = cast(Part | None, tool())
    if part is not None:
        part.close()
