"""Counting facets: both ways give the same, and count what is found and nothing else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from search.engines.tantivy import facets
from search.engines.tantivy.engine import TantivyEngine
from search.engines.tantivy.facets import count
from search.engines.tantivy.query import EVERYTHING, CompiledQuery
from search.types import Change, Document, Query, Text
from tests.bench.search.corpus import documents, vocabulary
from tests.search.samples import puts
from tests.search_fixtures import empty

NAMES = ("kind", "language", "capacity", "region", "country", "asset", "format", "length", "owner")
FIRST, SECOND, *_ = vocabulary("en")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> TantivyEngine:
    """Three commits: documents, some of them changed and some taken out again."""
    made = list(documents(0, 300))
    engine = TantivyEngine(tmp_path_factory.mktemp("counting"))
    empty(engine)
    with engine.writing() as writing:
        writing.apply(puts(*made[:200]))
        writing.apply(puts(*made[150:]))
        writing.apply([Change(one.kind, one.id, None) for one in made[::7]])
    return engine


@pytest.mark.parametrize(
    "query",
    [
        Query(""),
        Query(FIRST),
        Query(f"{FIRST} {SECOND}"),
        Query(f'"{FIRST} {SECOND}" {FIRST}'),
        Query(f"{FIRST} {SECOND} training how to"),
        Query(FIRST, filters={"language": ("en",), "region": ("region-0", "region-1")}, kinds=("person",)),
        Query("", filters={"capacity": ("capacity-1",)}),
        Query(f"{FIRST} {SECOND}", match="any", exclude=frozenset({("person", "1")})),
        Query("…"),
    ],
)
def test_both_ways_count_what_is_found(filled: TantivyEngine, query: Query) -> None:
    searcher, asked = filled._searcher(), CompiledQuery(filled._schema, query)
    scored, found = asked.whole(), asked.whole(scored=False)
    by_looking_up = count(searcher, scored, NAMES, many=False)
    assert count(searcher, found, NAMES, many=True) == by_looking_up
    assert count(searcher, found, NAMES, many=False) == by_looking_up
    for name in NAMES:
        assert count(searcher, found, [name], many=True)[name] == by_looking_up[name]
    hits = filled.search(Query(**{**query.__dict__, "limit": 300})).hits
    if not filled.search(query).loosened and query.filters:
        assert by_looking_up["kind"] == dict(Counter(hit.kind for hit in hits))


def test_facets_are_the_same_beside_the_search(
    filled: TantivyEngine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    query = Query(FIRST, facets=NAMES, filters={"language": ("en",)})
    after = filled.search(query).facets
    monkeypatch.setattr(facets, "BESIDE_FROM", 0)
    assert filled.search(query).facets == after
    unknown = Query("zzzzzzz yyyyyyy", facets=NAMES)  # asked again in other words
    assert filled.search(unknown).total == 0
    assert all(not values for values in filled.search(unknown).facets.values())


def test_any_value_is_counted_as_it_is(tmp_path: Path) -> None:
    values = ("a b", "a", "b", "a\u00a0b\tc", "\x1da:b", "한 국")
    made = [
        Document(
            "offer", str(number), (Text("en", "Title"),), "/", facets={"region": (value,), "format": values}
        )
        for number, value in enumerate(values)
    ]
    engine = TantivyEngine(tmp_path)
    empty(engine)
    with engine.writing() as writing:
        writing.apply(puts(*made))
    counted = count(engine._searcher(), EVERYTHING, ["region", "format"], many=True)
    assert counted == {"region": dict.fromkeys(values, 1), "format": dict.fromkeys(values, len(values))}
