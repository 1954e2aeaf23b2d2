"""The engine port: what `search.api` asks of any engine, and how one is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from search.types import Change, EngineStatus, FacetValue, Hit, Query, Results, Suggestion


class Writing(Protocol):
    """The right to write, held until the block ends."""

    def apply(self, changes: Sequence[Change]) -> None:
        """Write or remove; when it returns the changes are durable and readers will see them.

        Raises EngineError when nothing of them was written.
        """


class Part(Protocol):
    """A part of a new index, sent by pickle to the one process that writes it."""

    def apply(self, changes: Sequence[Change]) -> None:
        """Write into the part. No object may be written here that stands elsewhere in the new index."""

    def close(self) -> None:
        """Make everything written durable; the part is then taken up by `Rebuilding.finish`."""


class Rebuilding(Protocol):
    """A new index beside the one in use."""

    def apply(self, changes: Sequence[Change]) -> None:
        """Write into the new index; nobody sees it before `finish`."""

    def part(self) -> Part | None:
        """One more part for another process to write; None where all is written through `apply`."""

    def finish(self, replay: Callable[[Writing], None]) -> None:
        """Stop other writers, let `replay` write what changed meanwhile, and swap."""


class Engine(Protocol):
    """An index that stores the words of `search.analysis` and ranks by `search.engines.weights`.

    Every method raises EngineError when the engine cannot be reached or read. Reading methods may
    be called from any thread.
    """

    name: str

    def search(self, query: Query) -> Results:
        """The answer to a query, which is already bounded."""

    def suggest(self, text: str, *, language: str, kinds: Sequence[str], limit: int) -> list[Suggestion]:
        """Objects whose titles have words that begin as the words of `text` do."""

    def fetch(self, keys: Sequence[tuple[str, str]], *, language: str) -> list[Hit]:
        """The objects of these (kind, id), in that order; unknown ones are left out."""

    def near(self, vector: Any, *, limit: int) -> list[tuple[tuple[str, str], float]]:
        """(kind, id) and cosine of the objects with a vector nearest to this one, the nearest first.

        Objects that left the index may be among them; empty where no vectors are kept.
        """

    def keys(self) -> Iterable[tuple[str, str]]:
        """(kind, id) of everything in the index."""

    def check(self) -> None:
        """Raise EngineError, with a sentence, unless the engine can be reached with what SEARCH_URL says."""

    def status(self) -> EngineStatus:
        """Size and generation of the index in use."""

    def writing(self) -> AbstractContextManager[Writing]:
        """Wait for the right to write. Raises EngineBusy when it takes too long, IndexMissing where there is none."""

    def set_aside(self, generation: str) -> None:
        """Take an index that lacks most of what there is out of use, if it still is the one in use: readers are answered
        from the database until the next rebuild."""

    def rebuilding(self) -> AbstractContextManager[Rebuilding]:
        """Begin a new index. Raises EngineBusy while another rebuild runs."""


def facet_values(counts: Mapping[str, int], chosen: Iterable[str]) -> list[FacetValue]:
    """Most first; a chosen value stays in the list when nothing has it, so that it can be unchosen."""
    picked = frozenset(chosen)
    counted = {**dict.fromkeys(picked, 0), **counts}
    order = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return [FacetValue(value, count, value in picked) for value, count in order]
