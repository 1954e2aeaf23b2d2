"""Several processes at one index on disk."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from search.engines.tantivy.engine import TantivyEngine
from search.errors import EngineBusy
from search.types import Query
from tests.search.processes import rebuild, run
from tests.search.samples import page, puts
from tests.search_fixtures import empty

EACH = 30
THREADS, OF_A_THREAD = 20, 5
pytestmark = pytest.mark.engines


def write_many(folder: str, name: str) -> None:
    """Runs in its own process."""
    engine = TantivyEngine(Path(folder))
    for number in range(EACH):
        with engine.writing() as writing:
            writing.apply(puts(page(f"{name}-{number}", f"Title of {name}")))


def write_in_threads(folder: str, name: str) -> None:
    """Runs in its own process: many threads share one engine, as in a web server."""
    engine = TantivyEngine(Path(folder), wait=120)
    failed: list[Exception] = []

    def work(thread: int) -> None:
        try:
            for number in range(OF_A_THREAD):
                with engine.writing() as writing:
                    writing.apply(puts(page(f"{name}-{thread}-{number}", f"Title of {name}")))
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


def rebuild_once(folder: str) -> None:
    """Runs in its own process."""
    rebuild(TantivyEngine(Path(folder)))


def test_two_processes_write_at_once_without_loss(tmp_path: Path) -> None:
    engine = TantivyEngine(tmp_path)
    empty(engine)
    run((write_many, (str(tmp_path), "alpha")), (write_many, (str(tmp_path), "beta")), within=150)
    assert engine.search(Query("title", limit=0)).total == 2 * EACH
    assert engine.search(Query("alpha", limit=0)).total == EACH


def test_two_processes_with_twenty_threads_each_write_at_once_without_loss(tmp_path: Path) -> None:
    engine = TantivyEngine(tmp_path)
    empty(engine)
    run((write_in_threads, (str(tmp_path), "alpha")), (write_in_threads, (str(tmp_path), "beta")), within=150)
    assert engine.search(Query("title", limit=0)).total == 2 * THREADS * OF_A_THREAD
    keys = engine.keys()
    assert {id for _kind, id in keys} == {
        f"{name}-{thread}-{number}"
        for name in ("alpha", "beta")
        for thread in range(THREADS)
        for number in range(OF_A_THREAD)
    }


def test_a_rebuild_in_another_process_loses_no_write(tmp_path: Path) -> None:
    engine = TantivyEngine(tmp_path)
    empty(engine)
    with engine.writing() as writing:
        writing.apply(puts(*(page(f"old-{number}", "Title of old") for number in range(200))))
    assert engine.search(Query("old", limit=0)).total == 200
    run((write_many, (str(tmp_path), "alpha")), (rebuild_once, (str(tmp_path),)), within=150)
    # The reader that had the old generation open follows the swap.
    assert engine.search(Query("title", limit=0)).total == 200 + EACH


def test_a_second_rebuild_is_refused_while_one_runs(tmp_path: Path) -> None:
    engine = TantivyEngine(tmp_path)
    with engine.rebuilding(), pytest.raises(EngineBusy), engine.rebuilding():
        pass


def test_a_writer_waits_only_so_long(tmp_path: Path) -> None:
    empty(TantivyEngine(tmp_path))
    with (
        TantivyEngine(tmp_path).writing(),
        pytest.raises(EngineBusy),
        TantivyEngine(tmp_path, wait=0.1).writing(),
    ):
        pass
