"""Work in processes of its own, started anew as those of a site are."""

from __future__ import annotations

import multiprocessing


def run(*work: tuple[object, tuple[str, ...]], within: int) -> None:
    """Runs each (function, arguments) in a process, all at once; each must end well in so many seconds."""
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=target, args=args) for target, args in work]  # type: ignore[arg-type]
    for process in processes:
        process.start()
    for process in processes:
        process.join(within)
    assert [process.exitcode for process in processes] == [0] * len(processes)
