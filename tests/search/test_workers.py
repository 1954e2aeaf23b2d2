"""Several processes at one rebuild: the same index, in the same order, and plain where none may be started."""

from __future__ import annotations

import multiprocessing
import operator
import os
from pathlib import Path

import pytest
from django.db import connection, transaction

from search.engines.tantivy.engine import TantivyEngine
from search.errors import EngineError
from search.indexing import process_pool as workers
from search.indexing import updates
from search.indexing.parallel import Builders, Made
from search.indexing.process_pool import Workers, possible
from search.types import Query
from tests.factories.directory import CapacityFactory


def test_what_is_made_comes_in_order_from_here_and_from_there() -> None:
    with Workers(operator.neg, here=abs, processes=2, begin_after=2) as workers:
        assert list(workers.map([-1, -2, -3, -4, -5, -6, -7])) == [1, 2, 3, 4, 5, 6, 7]


def test_many_small_pieces_are_no_reason_to_start_others() -> None:
    """A site has a dozen kinds of documents, and so a dozen pieces at least, however few they are."""
    with Workers(operator.neg, here=abs, processes=2, begin_after=2, size=lambda piece: 0.2) as workers:
        assert list(workers.map([-1, -2, -3, -4, -5, -6, -7])) == [1, 2, 3, 4, 5, 6, 7]
        assert not workers._started


def test_an_error_there_is_an_error_here() -> None:
    with Workers(len, processes=2, begin_after=0) as workers, pytest.raises(TypeError):
        list(workers.map(["a", 1.5]))


@pytest.mark.django_db(transaction=True)
def test_a_rebuild_in_processes_gives_the_same_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        CapacityFactory(slug=f"speaking-{number}")
    here = TantivyEngine(tmp_path / "here")
    count = updates.rebuild(engine=here)
    monkeypatch.setattr(updates, "CHUNK", 2)
    monkeypatch.setattr(
        updates, "_builders", lambda new: Builders(new, updates._make_chunk, processes=2, begin_after=1)
    )
    there = TantivyEngine(tmp_path / "there")
    assert updates.rebuild(engine=there) == count >= 5
    assert set(there.keys()) == set(here.keys())
    asked = Query("speaking", facets=("kind",), limit=200)
    found = [{hit.id: hit for hit in engine.search(asked).hits} for engine in (here, there)]
    assert found[0] == found[1]


@pytest.mark.django_db(transaction=True)
def test_within_a_transaction_nothing_is_made_elsewhere() -> None:
    """Another process would not see what is not committed."""
    assert possible() >= 1
    connection.ensure_connection()
    with transaction.atomic():
        assert possible() == 1


def test_a_process_that_may_have_no_children_starts_none() -> None:
    context = multiprocessing.get_context("fork")
    queue = context.SimpleQueue()
    process = context.Process(target=lambda: queue.put(possible()), daemon=True)
    process.start()
    process.join(20)
    assert queue.get() == 1


def test_where_memory_is_short_fewer_are_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers.os, "cpu_count", lambda: 4)
    monkeypatch.setattr(workers, "_memory_left", lambda: 2 * workers.ROOM + 1)
    assert possible() == 2
    monkeypatch.setattr(workers, "_memory_left", lambda: workers.ROOM // 2)
    assert possible() == 1


def test_every_process_has_its_own_tool() -> None:
    numbers = iter([3, 5])
    with Workers(times, processes=2, begin_after=0, tools=lambda: next(numbers)) as started:
        assert set(started.map([10, 10, 10, 10])) <= {30, 50}
        started.each(count_up)
        assert set(started.map([10, 10, 10, 10])) <= {40, 60}


_added = 0


def times(piece: int) -> int:
    """In another process."""
    return piece * (int(str(workers.tool())) + _added)


def count_up() -> None:
    """In another process."""
    global _added
    _added += 1


def test_a_process_that_dies_ends_the_rebuild_and_leaves_the_index(tmp_path: Path) -> None:
    engine = TantivyEngine(tmp_path)
    with engine.rebuilding() as new:
        new.finish(lambda writing: None)
    before = engine.generations.current()
    with (
        engine.rebuilding() as new,
        Builders(new, die, processes=2, begin_after=0) as builders,
        pytest.raises(EngineError, match="ended from outside"),
    ):
        list(builders.write(["piece"]))
    assert engine.generations.current() == before
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == [before]


def die(piece: str) -> Made:
    """In another process."""
    os._exit(9)
