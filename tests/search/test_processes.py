"""Several processes at one index on disk."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from search.engines.tantivy import TantivyEngine
from search.port import Change, EngineBusy, Query
from tests.search.samples import page, puts

EACH = 30


def write_many(folder: str, name: str) -> None:
    """Runs in its own process."""
    engine = TantivyEngine(Path(folder))
    for number in range(EACH):
        with engine.writing() as writing:
            writing.apply(puts(page(f"{name}-{number}", f"Title of {name}")))


def rebuild_once(folder: str) -> None:
    """Runs in its own process."""
    engine = TantivyEngine(Path(folder))
    with engine.rebuilding() as new:
        keys = list(engine.keys())
        for kind, id in keys:
            new.apply([Change(kind, id, page(id, f"Title of {id.split('-')[0]}"))])

        def replay(writing: object) -> None:
            missed = set(engine.keys()) - set(keys)
            new.apply([Change(kind, id, page(id, f"Title of {id.split('-')[0]}")) for kind, id in missed])

        new.finish(replay)


def run(*work: tuple[object, tuple[str, ...]]) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=target, args=args) for target, args in work]  # type: ignore[arg-type]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * len(processes)


def test_two_processes_write_at_once_without_loss(tmp_path: Path) -> None:
    engine = TantivyEngine(tmp_path)
    run((write_many, (str(tmp_path), "alpha")), (write_many, (str(tmp_path), "beta")))
    assert engine.search(Query("title", limit=0)).total == 2 * EACH
    assert engine.search(Query("alpha", limit=0)).total == EACH


def test_a_rebuild_in_another_process_loses_no_write(tmp_path: Path) -> None:
    engine = TantivyEngine(tmp_path)
    with engine.writing() as writing:
        writing.apply(puts(*(page(f"old-{number}", "Title of old") for number in range(200))))
    assert engine.search(Query("old", limit=0)).total == 200
    run((write_many, (str(tmp_path), "alpha")), (rebuild_once, (str(tmp_path),)))
    # The reader that had the old generation open follows the swap.
    assert engine.search(Query("title", limit=0)).total == 200 + EACH


def test_a_second_rebuild_is_refused_while_one_runs(tmp_path: Path) -> None:
    engine = TantivyEngine(tmp_path)
    with engine.rebuilding(), pytest.raises(EngineBusy), engine.rebuilding():
        pass


def test_a_writer_waits_only_so_long(tmp_path: Path) -> None:
    with (
        TantivyEngine(tmp_path).writing(),
        pytest.raises(EngineBusy),
        TantivyEngine(tmp_path, wait=0.1).writing(),
    ):
        pass
