"""Many writers at one index on Elasticsearch: turns, ended leases, rebuilds, documents at fault."""

from __future__ import annotations

import os
import time

import pytest

from search.engines.elastic.config import address_of
from search.engines.elastic.engine import ElasticEngine
from search.engines.elastic.index import Refused, Writer, building
from search.errors import EngineBusy, EngineError
from search.types import Change, Query
from tests.search.processes import rebuild, run
from tests.search.samples import page, puts

pytestmark = pytest.mark.engines

EACH = 15


def url_of(engine: ElasticEngine) -> str:
    address = engine.connection.address
    return f"http://{address.hosts[0][0]}:{address.hosts[0][1]}/{address.prefix}"


def write_many(url: str, name: str) -> None:
    """Runs in its own process."""
    engine = ElasticEngine(address_of(url))
    for number in range(EACH):
        with engine.writing() as writing:
            writing.apply(puts(page(f"{name}-{number}", f"Title of {name}")))


def rebuild_once(url: str) -> None:
    """Runs in its own process."""
    rebuild(ElasticEngine(address_of(url)))


def die_writing(url: str) -> None:
    """Runs in its own process, and ends in the middle of its turn."""
    with ElasticEngine(address_of(url)).writing() as writing:
        writing.apply(puts(page("last", "Last words")))
        os._exit(0)


def test_processes_write_and_rebuild_at_once_without_loss(elastic: ElasticEngine) -> None:
    with elastic.writing() as writing:
        writing.apply(puts(*(page(f"old-{number}", "Title of old") for number in range(200))))
    url = url_of(elastic)
    run((write_many, (url, "alpha")), (write_many, (url, "beta")), (rebuild_once, (url,)), within=120)
    assert elastic.search(Query("title", limit=0)).total == 200 + 2 * EACH
    assert elastic.search(Query("alpha", limit=0)).total == EACH
    assert elastic.status().generation.endswith("2")


def test_a_second_rebuild_is_refused_while_one_runs(elastic: ElasticEngine) -> None:
    with elastic.rebuilding(), pytest.raises(EngineBusy), elastic.rebuilding():
        pass


def test_a_writer_waits_only_so_long(elastic: ElasticEngine) -> None:
    other = ElasticEngine(elastic.connection.address, wait=0.1)
    with elastic.writing(), pytest.raises(EngineBusy), other.writing():
        pass


def test_who_died_in_its_turn_holds_up_nobody(elastic: ElasticEngine) -> None:
    run((die_writing, (url_of(elastic),)), within=120)
    began = time.monotonic()
    with elastic.writing() as writing:
        writing.apply(puts(page("next", "Next words")))
    assert time.monotonic() - began < 5
    assert set(elastic.keys()) == {("page", "last"), ("page", "next")}


def test_who_was_too_slow_overwrites_nothing(elastic: ElasticEngine) -> None:
    with elastic.locks.hold("writer", wait=0, seconds=0.05) as slow:
        late = Writer(elastic.connection, elastic.generations.alias, slow.number)
        time.sleep(0.1)
        with elastic.writing() as writing:
            writing.apply(puts(page("x", "Newer words")))
        with pytest.raises(EngineBusy):
            late.add(puts(page("x", "Older words")), visible=True)
        with pytest.raises(EngineBusy):
            late.add([Change("page", "x", None)], visible=True)
        slow.renewed = 0.0
        with pytest.raises(EngineBusy):
            slow.renew()
    assert [hit.title for hit in elastic.fetch([("page", "x")], language="en")] == ["Newer words"]


def test_an_index_that_is_gone_is_not_made_again_by_writing(elastic: ElasticEngine) -> None:
    def rebuild() -> None:
        with elastic.rebuilding() as new:
            elastic.generations.discard(new.index)
            new.apply(puts(page("x", "Words")))

    with pytest.raises(EngineError):
        rebuild()
    assert len(elastic.generations.all()) == 1


def test_the_index_before_is_kept_and_older_ones_are_dropped(elastic: ElasticEngine) -> None:
    for _ in range(3):
        with elastic.rebuilding() as new:
            new.finish(lambda writing: None)
    generations = elastic.generations.all()
    assert [int(name[-6:]) for name in generations] == [3, 4]
    assert not any(building(name) in aliases for name, aliases in generations.items())


def test_a_release_with_another_schema_asks_for_a_rebuild(
    elastic: ElasticEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with elastic.writing() as writing:
        writing.apply(puts(page("x", "Words")))
    newer = ElasticEngine(elastic.connection.address)
    newer.generations.alias = f"{newer.generations.prefix}-v9999"
    with pytest.raises(EngineError, match="search rebuild"):
        newer.search(Query("words"))
    with pytest.raises(EngineError, match="of another release"), newer.writing():
        pass
    with newer.rebuilding() as new:
        new.apply(puts(page("x", "Newer words")))
        new.finish(lambda writing: None)
    assert newer.search(Query("newer")).total == 1
    assert elastic.search(Query("words")).total == 1  # the older release still answers from its own


def test_a_document_at_fault_is_refused_alone(elastic: ElasticEngine) -> None:
    bad = page("bad", "Bad", facets={"owner": ("x" * 40_000,)})
    with elastic.writing() as writing:
        with pytest.raises(Refused):
            writing.apply(puts(bad))
        writing.apply(puts(page("good", "Good")))
    assert set(elastic.keys()) == {("page", "good")}


def test_words_of_removed_objects_are_never_offered_as_spellings(elastic: ElasticEngine) -> None:
    with elastic.writing() as writing:
        writing.apply(puts(page("x", "Zacharias Wolkenstein"), page("y", "Weather station")))
    assert elastic.search(Query("wolkenstien")).suggestion == "wolkenstein"
    with elastic.writing() as writing:
        writing.apply([Change("page", "x", None)])
    assert elastic.search(Query("wolkenstien")).suggestion is None


def test_facets_of_many_values_are_counted_whole(elastic: ElasticEngine) -> None:
    documents = [
        page(str(n), "Title", facets={"owner": tuple(f"person-{n}-{m}" for m in range(30))})
        for n in range(100)
    ]
    with elastic.writing() as writing:
        writing.apply(puts(*documents))
    values = elastic.search(Query("title", facets=("owner",), limit=1)).facets["owner"]
    assert len(values) == 3000
    assert {value.count for value in values} == {1}
