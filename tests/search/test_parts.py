"""A new index written in parts by several processes is one index, and goes on being written as any other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from search.engines.tantivy.engine import TantivyEngine
from search.errors import EngineError
from search.types import Change, Document, Query, Text
from tests.bench.search.corpus import documents, vocabulary
from tests.search.samples import puts

PARTS, EACH = 10, 30
MADE = list(documents(0, PARTS * EACH))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> TantivyEngine:
    """All documents, written by one."""
    engine = TantivyEngine(tmp_path_factory.mktemp("whole"))
    with engine.rebuilding() as new:
        new.apply(puts(*MADE))
        new.finish(lambda writing: None)
    return engine


def in_parts(folder: Path) -> TantivyEngine:
    """The same: the first thirty written here, the others in parts; one part is never used."""
    engine = TantivyEngine(folder)
    with engine.rebuilding() as new:
        new.apply(puts(*MADE[:EACH]))
        for begin in range(EACH, len(MADE), EACH):
            part = new.part()
            part.apply(puts(*MADE[begin : begin + EACH]))
            part.close()
        new.part()
        new.finish(lambda writing: writing.apply([Change(MADE[-1].kind, MADE[-1].id, None)]))
    return engine


def test_parts_make_one_index(whole: TantivyEngine, tmp_path: Path) -> None:
    engine = in_parts(tmp_path)
    # What changed while the parts were written replaces what they hold.
    gone = (MADE[-1].kind, MADE[-1].id)
    assert set(engine.keys()) == set(whole.keys()) - {gone}
    for word in vocabulary("en")[:20]:
        asked = Query(word, facets=("capacity", "language"), limit=200)
        found, expected = engine.search(asked), whole.search(asked)
        there = {(hit.kind, hit.id): hit.title for hit in expected.hits} | {}
        there.pop(gone, None)
        assert {(hit.kind, hit.id): hit.title for hit in found.hits} == there


def test_it_is_merged_before_it_is_used_and_leaves_no_file_behind(tmp_path: Path) -> None:
    engine = in_parts(tmp_path)
    path = engine.generations.current()
    assert path
    listed = json.loads((path / "meta.json").read_bytes())["segments"]
    assert len(listed) < PARTS
    for number in range(3):
        with engine.writing() as writing:
            writing.apply(puts(Document("page", f"new-{number}", (Text("en", "Zebra crossing"),), "/")))
    assert engine.search(Query("zebra")).total == 3
    used = {
        segment["segment_id"].replace("-", "")
        for segment in json.loads((path / "meta.json").read_bytes())["segments"]
    }
    assert {file.name.partition(".")[0] for file in path.glob("*.store")} == used
    assert [file.name for file in path.iterdir() if file.is_dir()] == []


def test_parts_of_another_schema_are_refused(tmp_path: Path) -> None:
    engine = TantivyEngine(tmp_path)
    with engine.rebuilding() as new:
        part = new.part()
        part.apply(puts(*MADE[:3]))
        part.close()
        file = part.path / "meta.json"
        listed = json.loads(file.read_bytes())
        listed["schema"] = listed["schema"][:-1]
        file.write_text(json.dumps(listed))
        with pytest.raises(EngineError, match="different schemas"):
            new.finish(lambda writing: None)
    assert engine.generations.current() is None
