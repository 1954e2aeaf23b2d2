"""Work in processes of its own, started anew as those of a site are."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable

from search.engines.base import Engine, Writing
from search.types import Change
from tests.search.samples import page


def run(*work: tuple[object, tuple[str, ...]], within: int) -> None:
    """Runs each (function, arguments) in a process, all at once; each must end well in so many seconds."""
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=target, args=args) for target, args in work]  # type: ignore[arg-type]
    for process in processes:
        process.start()
    for process in processes:
        process.join(within)
    assert [process.exitcode for process in processes] == [0] * len(processes)


def rebuild(engine: Engine) -> None:
    """A whole rebuild by hand, while others write: what the index has, then what came meanwhile."""

    def changes(keys: Iterable[tuple[str, str]]) -> list[Change]:
        return [Change(kind, id, page(id, f"Title of {id.split('-')[0]}")) for kind, id in keys]

    with engine.rebuilding() as new:
        known = list(engine.keys())
        new.apply(changes(known))

        def replay(writing: Writing) -> None:
            # Through `writing`, which makes visible: nothing else may be written after it.
            writing.apply(changes(set(engine.keys()) - set(known)))

        new.finish(replay)
