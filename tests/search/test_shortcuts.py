"""Ways of the embedded engine to the first page that look at less: the same hits in the same order as the long way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from search.engines.tantivy import engine as embedded
from search.engines.tantivy.engine import TantivyEngine
from search.engines.tantivy.query import CompiledQuery
from search.types import Change, Document, Query, Text
from tests.bench.search.corpus import NEWEST, documents, vocabulary
from tests.search.samples import puts
from tests.search_fixtures import empty

MADE = list(documents(0, 600))
COMMON = vocabulary("en")[:12]
# What has just a common word as its title, and others that have it too: often, or in several fields.
TITLED = [
    Document("page", f"titled-{word}-{number}", (Text("en", title, "", body),), "/", updated=NEWEST)
    for word in COMMON[:3]
    for number, (title, body) in enumerate(
        [(word, ""), (word, f"{word} {COMMON[5]}"), (f"{word} {word}", f"{word} " * 9), (COMMON[7], word)]
    )
]
NEVER = 10**9


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> TantivyEngine:
    """Documents in two commits, some of them taken out again."""
    engine = TantivyEngine(tmp_path_factory.mktemp("shortcuts"))
    empty(engine)
    with engine.writing() as writing:
        writing.apply(puts(*MADE[:400]))
        writing.apply(puts(*MADE[400:], *TITLED))
        writing.apply([Change(one.kind, one.id, None) for one in MADE[::9]])
    return engine


def hits(engine: TantivyEngine, query: Query) -> tuple[int, list[tuple[str, str, float]]]:
    found = engine.search(query)
    return found.total, [(hit.kind, hit.id, pytest.approx(hit.score, rel=1e-5)) for hit in found.hits]


@pytest.mark.parametrize("weighed", [20, 200, 1000])
def test_weighing_the_best_scores_gives_the_first_of_all(
    filled: TantivyEngine, monkeypatch: pytest.MonkeyPatch, weighed: int
) -> None:
    monkeypatch.setattr(embedded, "WEIGHED", weighed)
    taken = []
    long_way = TantivyEngine._weighed

    def watched(*arguments: object) -> object:
        taken.append(long_way(*arguments))  # type: ignore[arg-type]
        return taken[-1]

    monkeypatch.setattr(TantivyEngine, "_weighed", watched)
    for word in (*COMMON, *vocabulary("es")[:4]):
        for asked in (
            Query(word, limit=2),
            Query(word, limit=5),
            Query(word, limit=2, offset=4),
            Query(f"{word} {word}s", limit=6),
        ):
            monkeypatch.setattr(embedded, "WEIGHED_FROM", NEVER)
            plainly = hits(filled, asked)
            monkeypatch.setattr(embedded, "WEIGHED_FROM", 0)
            assert hits(filled, asked) == plainly
    assert any(taken)


def test_what_has_the_word_as_its_title_is_first_that_way_too(
    filled: TantivyEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "WEIGHED_FROM", 0)
    apart = []
    asked = CompiledQuery.word_and_titled.fget  # type: ignore[attr-defined]
    monkeypatch.setattr(
        CompiledQuery, "word_and_titled", property(lambda self: apart.append(asked(self)) or apart[-1])
    )
    for word in COMMON[:3]:
        first = {hit.id for hit in filled.search(Query(word, limit=2)).hits}
        assert first == {f"titled-{word}-0", f"titled-{word}-1"}
    assert len(apart) == 3
    assert all(apart)


def test_where_that_is_not_certain_all_are_weighed(
    filled: TantivyEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    word, *_ = vocabulary("en")
    plainly = hits(filled, Query(word, limit=5))
    monkeypatch.setattr(embedded, "WEIGHED", 60)
    monkeypatch.setattr(embedded, "WEIGHED_FROM", 0)
    monkeypatch.setattr(TantivyEngine, "_highest", lambda *arguments: 1000.0)
    assert hits(filled, Query(word, limit=5)) == plainly


def test_the_first_of_everything_are_found_again_after_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "LEARNED", 40)
    engine = TantivyEngine(tmp_path)
    empty(engine)
    with engine.writing() as writing:
        writing.apply(puts(*MADE[:300]))

    def agree() -> None:
        monkeypatch.setattr(embedded, "LEARNED", 0)
        plainly = [hits(engine, Query("", offset=offset, limit=20)) for offset in (0, 15, 20, 30)]
        monkeypatch.setattr(embedded, "LEARNED", 40)
        for _ in range(2):
            assert [hits(engine, Query("", offset=offset, limit=20)) for offset in (0, 15, 20, 30)] == plainly

    agree()
    newest = Document("page", "newest", (Text("en", "New"),), "/", updated=datetime(2040, 1, 1, tzinfo=UTC))
    with engine.writing() as writing:
        writing.apply(puts(newest))
    agree()
    assert engine.search(Query("")).hits[0].id == "newest"
    first = [(hit.kind, hit.id) for hit in engine.search(Query("", limit=35)).hits]
    with engine.writing() as writing:  # fewer than are looked for are left above what was enough
        writing.apply([Change(kind, id, None) for kind, id in first])
        writing.apply(puts(*(replace(one, id=f"again-{one.id}") for one in MADE[300:320])))
    agree()
