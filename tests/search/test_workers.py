"""Several processes at one rebuild: the same index, in the same order, and plain where none may be started."""

from __future__ import annotations

import multiprocessing
import operator
from pathlib import Path

import pytest
from django.db import connection, transaction

from search import indexing
from search.building import Builders
from search.engines.tantivy import TantivyEngine
from search.port import Query
from search.workers import Workers, possible
from tests.factories.directory import CapacityFactory


def test_what_is_made_comes_in_order_from_here_and_from_there() -> None:
    with Workers(operator.neg, here=abs, processes=2, begin_after=2) as workers:
        assert list(workers.map([-1, -2, -3, -4, -5, -6, -7])) == [1, 2, 3, 4, 5, 6, 7]


def test_an_error_there_is_an_error_here() -> None:
    with Workers(len, processes=2, begin_after=0) as workers, pytest.raises(TypeError):
        list(workers.map(["a", 1.5]))


@pytest.mark.django_db(transaction=True)
def test_a_rebuild_in_processes_gives_the_same_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        CapacityFactory(slug=f"speaking-{number}")
    here = TantivyEngine(tmp_path / "here")
    count = indexing.rebuild(engine=here)
    monkeypatch.setattr(indexing, "CHUNK", 2)
    monkeypatch.setattr(
        indexing, "_builders", lambda new: Builders(new, indexing._make_chunk, processes=2, begin_after=1)
    )
    there = TantivyEngine(tmp_path / "there")
    assert indexing.rebuild(engine=there) == count >= 5
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
