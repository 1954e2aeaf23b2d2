"""The parts below search by meaning: the vectors beside an index, what becomes one, and both engines' part."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from search.engines.base import Engine
from search.semantic.languages import asked_language, is_known
from search.semantic.passages import LONGEST, MOST, meanings
from search.types import Change, Document, Passage, Query, Text
from tests.search.samples import ALL, page, puts
from tests.search.semantic_site import needed

SIZE = 384


def vector(*numbers: float) -> Any:
    """A vector of length 1 whose first numbers stand to each other as these."""
    needed()
    from search.semantic.threads import numpy

    made = numpy.zeros(SIZE, dtype=numpy.float32)
    made[: len(numbers)] = numbers
    return made / numpy.linalg.norm(made)


def code(*numbers: float) -> bytes:
    made = vector(*numbers)
    from search.semantic.quantize import encode

    return encode(made)


def keys(found: list[tuple[Any, float]]) -> list[Any]:
    return [key for key, _ in found]


# What becomes a vector -------------------------------------------------------------------------------


def test_title_summary_and_other_names_stand_together() -> None:
    document = Document(
        "capacity", "1", (Text("en", "Mediation", "Between two.", keywords=("Peace", "Talks")),)
    )
    assert meanings(document) == ["Mediation. Between two. Peace, Talks"]


def test_however_long_an_object_is_it_has_few_vectors() -> None:
    body = "A sentence that says something about a thing. " * 3_000
    passages = tuple(Passage("en", float(n), f"Words that were said at second {n}. " * 3) for n in range(900))
    document = Document("recording", "1", (Text("en", "Long", body=body), Text("es", "Largo", body=body)))
    document = Document("recording", "1", document.texts, passages=passages)
    found = meanings(document)
    assert len(found) == MOST
    assert max(map(len, found)) <= LONGEST


def test_two_languages_are_enough_and_english_is_one_of_them() -> None:
    texts = tuple(Text(code, f"Title in {code}") for code in ("fr", "es", "en", "de"))
    assert meanings(Document("page", "1", texts)) == ["Title in en", "Title in fr"]


def test_a_language_the_model_has_not_learned_has_no_vector() -> None:
    assert not is_known("ig")
    assert is_known("pt-BR")
    assert meanings(Document("page", "1", (Text("ig", "Ego maka ọrụ"),))) == []


@pytest.mark.parametrize(
    ("text", "interface", "expected"),
    [
        ("¿Cómo se pide una subvención?", "en", "es"),
        ("как найти грант", "en", "ru"),
        ("منحة", "en", "ar"),
        ("如何申请资助", "es", "zh"),
        ("NASUWT是什么组织？", "zh-hans", "zh"),
        ("grant", "fr", "fr"),
        ("?!", "tr", "tr"),
    ],
)
def test_the_language_of_a_question(text: str, interface: str, expected: str) -> None:
    assert asked_language(text, interface) == expected


# Beside an index on disk -----------------------------------------------------------------------------


def test_a_vector_keeps_its_direction_in_its_code() -> None:
    needed()
    from search.semantic.quantize import decode

    assert float(decode(code(3, -2, 0.5)) @ vector(3, -2, 0.5)) > 0.9999


def test_the_nearest_objects_come_first_each_once(tmp_path: Path) -> None:
    needed()
    from search.semantic.vector_file import Reader, write

    write(
        tmp_path, [("page:a", [code(1, 0), code(0, 1)]), ("page:b", [code(1, 1)]), ("page:c", [code(-1, 0)])]
    )
    found = Reader(tmp_path).nearest(vector(1, 0.1), 10)
    assert keys(found) == ["page:a", "page:b", "page:c"]
    assert found[0][1] == pytest.approx(0.995, abs=0.001)
    assert keys(Reader(tmp_path).nearest(vector(1, 0.1), 2)) == ["page:a", "page:b"]


def test_new_vectors_replace_the_old_ones_in_their_place(tmp_path: Path) -> None:
    needed()
    from search.semantic.vector_file import Reader, count, write

    reader = Reader(tmp_path)
    assert reader.nearest(vector(1), 5) == []
    write(tmp_path, [("page:a", [code(1), code(0, 1)]), ("page:b", [code(0, 0, 1)])])
    assert keys(reader.nearest(vector(1), 1)) == ["page:a"]
    size = (tmp_path / "vectors.bin").stat().st_size
    write(tmp_path, [("page:a", [code(0, 0, 0, 1)]), ("page:c", [code(1)])])
    assert keys(reader.nearest(vector(1), 1)) == ["page:c"]
    assert (tmp_path / "vectors.bin").stat().st_size == size
    assert count(tmp_path) == 3


def test_nothing_of_a_removed_object_stays_in_the_file(tmp_path: Path) -> None:
    needed()
    from search.semantic.vector_file import Reader, count, write

    write(tmp_path, [("page:a", [code(1, 5, 9)]), ("page:b", [code(0, 1)])])
    kept = (tmp_path / "vectors.bin").read_bytes()
    write(tmp_path, [("page:a", ())])
    assert count(tmp_path) == 1
    assert keys(Reader(tmp_path).nearest(vector(1, 5, 9), 5)) == ["page:b"]
    numbers = code(1, 5, 9)[4:]
    assert numbers in kept
    assert numbers not in (tmp_path / "vectors.bin").read_bytes()


def test_a_file_that_ends_in_the_middle_of_a_row_is_mended(tmp_path: Path) -> None:
    needed()
    from search.semantic.vector_file import Reader, write

    write(tmp_path, [("page:a", [code(1)])])
    with (tmp_path / "vectors.bin").open("ab") as file:
        file.write(b"half a row")
    assert keys(Reader(tmp_path).nearest(vector(1), 5)) == ["page:a"]
    write(tmp_path, [("page:b", [code(0, 1)])])
    assert keys(Reader(tmp_path).nearest(vector(0, 1), 5)) == ["page:b", "page:a"]


def test_another_process_sees_what_was_written(tmp_path: Path) -> None:
    needed()
    from search.semantic.vector_file import Reader, write

    reader = Reader(tmp_path)
    write(tmp_path, [("page:a", [code(1)])])
    assert keys(reader.nearest(vector(1), 5)) == ["page:a"]
    program = (
        "import sys; from pathlib import Path; from search.semantic.vector_file import write;"
        "from tests.search.test_semantic_vectors import code;"
        "write(Path(sys.argv[1]), [('page:a', ()), ('page:b', [code(1, 1)])])"
    )
    root = Path(__file__).resolve().parents[2]
    path = {**os.environ, "PYTHONPATH": f"{root / 'site'}"}
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=root, env=path, check=True)
    assert keys(reader.nearest(vector(1), 5)) == ["page:b"]


# In both engines -------------------------------------------------------------------------------------


@pytest.fixture
def with_vectors(engine: Engine, settings: Any) -> Engine:
    """Each engine in turn with the samples; three of them have vectors."""
    needed()
    settings.SEARCH_SEMANTIC = True
    made = {"budget": (code(1), code(0, 1)), "samira": (code(1, 1),), "course": (code(0, 0, 1),)}
    with engine.writing() as writing:
        writing.apply(
            [Change(each.kind, each.id, each, vectors=made.get(each.id, ())) for each in ALL],
        )
    return engine


def test_an_engine_knows_what_is_near(with_vectors: Engine) -> None:
    found = with_vectors.near(vector(1, 0.2), limit=2)
    assert keys(found) == [("lesson", "budget"), ("person", "samira")]
    assert [cosine for _, cosine in found] == pytest.approx([0.981, 0.832], abs=0.01)


def test_a_removed_object_takes_its_vectors_along(with_vectors: Engine) -> None:
    with with_vectors.writing() as writing:
        writing.apply([Change("lesson", "budget", None)])
    assert keys(with_vectors.near(vector(1, 0.2), limit=5)) == [("person", "samira"), ("course", "course")]


def test_a_rebuild_starts_without_old_vectors(with_vectors: Engine) -> None:
    with with_vectors.rebuilding() as new:
        new.apply([Change("page", "1", page("1", "New"), vectors=(code(0, 1),))])
        new.finish(lambda writing: None)
    assert keys(with_vectors.near(vector(1, 0.2), limit=5)) == [("page", "1")]


def test_without_vectors_nothing_is_near(filled: Engine, settings: Any) -> None:
    needed()
    settings.SEARCH_SEMANTIC = True
    assert filled.near(vector(1), limit=5) == []


def test_what_is_added_to_a_question_comes_first_and_is_counted_and_filtered(filled: Engine) -> None:
    also = (("lesson", "budget"), ("person", "samira"), ("person", "nobody"))
    query = Query("тренинг", "ru", facets=("kind",), also=also)
    found = filled.search(query)
    assert found.total == 3
    assert {hit.id for hit in found.hits[:2]} == {"budget", "samira"}
    assert found.hits[2].id == "course"
    counts = {value.value: value.count for value in found.facets["kind"]}
    assert counts == {"lesson": 1, "person": 1, "course": 1}
    narrowed = filled.search(Query("тренинг", "ru", kinds=("person",), also=also))
    assert [hit.id for hit in narrowed.hits] == ["samira"]


def test_what_is_added_does_not_change_how_the_words_are_taken(engine: Engine) -> None:
    """Nothing has most of the words, so what has some is shown, with or without what is added."""
    with engine.writing() as writing:
        writing.apply(
            puts(page("one", "Harbour walks"), page("two", "Lantern evenings"), page("other", "Bread"))
        )
    question = "harbour walks lantern festival boats together"
    plain = engine.search(Query(question))
    joined = engine.search(Query(question, also=(("page", "other"),)))
    assert {hit.id for hit in joined.hits} == {*(hit.id for hit in plain.hits), "other"}
    assert joined.total == plain.total + 1
