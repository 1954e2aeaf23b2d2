"""While the index rests: useful plain answers from the database, a notice, nothing private, and recovery."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.models import Capacity, Person
from search import circuit_breaker, fallback
from search.api import fetch, find, misses, suggest
from search.errors import EngineError
from search.types import Query
from tests.factories.accounts import UserFactory
from tests.factories.directory import CapacityFactory, ListingFactory, OrganisationFactory, PersonFactory
from tests.factories.home import make_site
from tests.factories.learning import learning_home, make_module, make_webinar, translate
from tests.factories.mentoring import MentorOfferFactory
from tests.search.conftest import NoteDocuments
from tests.search_fixtures import Index

pytestmark = pytest.mark.django_db
Stop = Callable[[], None]


@pytest.fixture
def stop(index: Index, settings: Any, tmp_path: Path) -> Stop:
    """Takes the index away, as a lost disk does."""

    def now() -> None:
        (tmp_path / "file").write_text("")
        settings.INDEX_DIR = tmp_path / "file" / "index"

    return now


@pytest.fixture
def grants() -> Capacity:
    """A capacity below another."""
    above = CapacityFactory(slug="fundraising", label="Fundraising", es="Recaudación de fondos")
    return CapacityFactory(slug="grant-writing", label="Grant writing", parent=above)


def titles(**query: Any) -> list[str]:
    found = find(Query(**query))
    assert found.degraded
    assert found.total >= len(found.hits)
    return [hit.title for hit in found.hits]


def test_words_of_titles_and_of_capacities_find_something(stop: Stop, grants: Capacity) -> None:
    PersonFactory(name="Samira Belkacem", offers=[grants])
    ListingFactory(title="Reviewing a first application", capacities=[grants])
    make_module(title="Harbour budgets")
    stop()
    assert titles(text="Belkacem") == ["Samira Belkacem"]
    assert titles(text="harbour", kinds=("lesson",)) == ["Harbour budgets"]
    assert set(titles(text="grant", kinds=("person", "offer"))) == {
        "Samira Belkacem",
        "Reviewing a first application",
    }
    # A capacity of that name leads on to everything about it.
    assert titles(text="grant writing")[0] == "Grant writing"
    assert titles(text="nowhere") == []


def test_some_of_the_words_are_enough_where_all_find_nothing(stop: Stop) -> None:
    make_module(title="Harbour budgets")
    stop()
    found = find(Query("harbour xylophones"))
    assert [hit.title for hit in found.hits] == ["Harbour budgets"]
    assert found.loosened
    assert not find(Query("harbour xylophones", match="most")).hits


def test_filters_hold_those_of_the_database_and_all_others(stop: Stop, grants: Capacity) -> None:
    PersonFactory(name="Amal", offers=[grants], speaks={"ar": "native"}, country="EG")
    PersonFactory(name="Bea", offers=[grants], speaks={"de": "native"})
    PersonFactory(name="Cho", speaks={"ar": "native"})
    stop()
    people = {"kinds": ("person",)}
    assert set(titles(filters={"capacity": ("fundraising",)}, **people)) == {"Amal", "Bea"}
    assert titles(filters={"capacity": ("grant-writing",), "language": ("ar",)}, **people) == ["Amal"]
    assert titles(filters={"country": ("EG",)}, **people) == ["Amal"]
    assert titles(filters={"capacity": ("unknown",)}, **people) == []
    assert titles(filters={"kind": ("organisation",)}) == []


def test_pages_follow_each_other_newest_first(stop: Stop) -> None:
    for number in range(5):
        ListingFactory(title=f"Offer {number}")
    stop()
    found = [find(Query(kinds=("offer",), offset=offset, limit=2)) for offset in (0, 2, 4)]
    assert [hit.title for page in found for hit in page.hits] == [f"Offer {n}" for n in (4, 3, 2, 1, 0)]
    assert {page.total for page in found} == {5}


def test_nothing_hidden_is_shown_or_told(stop: Stop, grants: Capacity) -> None:
    person = PersonFactory(name="Amal Hidden", country="EG", speaks={"ar": "native"}, learns=[grants])
    person.visibility = {"country": "members", "languages": "members", "learning": "members"}
    person.save()
    for trait in ("unlisted", "paused", "left_alone"):
        PersonFactory(name=f"Amal {trait}", offers=[grants], **{trait: True})
    ListingFactory(title="Amal's draft", state="draft")
    ListingFactory(title="Amal's offer", person=Person.objects.get(name="Amal paused"))
    make_module(title="Amal's secret lesson", live=False)
    stop()
    assert titles(text="amal") == ["Amal Hidden"]
    assert find(Query("amal")).total == 1
    for hidden in ({"country": ("EG",)}, {"language": ("ar",)}, {"capacity": ("grant-writing",)}):
        found = find(Query(kinds=("person",), filters=hidden))
        assert (found.total, found.hits) == (0, ()), hidden
    assert fetch([("person", str(Person.objects.get(name="Amal paused").pk))]) == []
    assert [line.title for line in suggest("amal")] == ["Amal Hidden"]


def test_one_object_in_several_languages_is_one_answer_in_the_readers(stop: Stop) -> None:
    page = make_module(title="Open otters")
    translate(page, "es", {"Open otters": "Nutrias abiertas"})
    stop()
    found = find(Query("otters", language="es"))
    assert [(hit.title, hit.language) for hit in found.hits] == [("Nutrias abiertas", "es")]
    assert found.total == 1


def test_a_kind_that_says_nothing_about_its_rows_is_answered_too(
    notes: type[NoteDocuments], stop: Stop
) -> None:
    for name in ("Harbour walk", "Night walk", "draft walk"):
        Group.objects.create(name=name)
    stop()
    assert titles(text="harbour") == ["Harbour walk"]
    assert set(titles(text="walk")) == {"Harbour walk", "Night walk"}


def test_a_room_with_a_mistake_takes_no_page_away(notes: type[NoteDocuments], stop: Stop) -> None:
    group = Group.objects.create(name="Harbour walk")
    notes.broken = {str(group.pk)}
    stop()
    assert titles(text="harbour") == []


def pages_that_list(capacity: Capacity) -> dict[str, str]:
    """Addresses with something that must be on each of them."""
    person = PersonFactory(name="Samira Belkacem", offers=[capacity])
    ListingFactory(title="Reviewing applications", capacities=[capacity], person=person)
    need = ListingFactory(need=True, title="Our first application", capacities=[capacity])
    OrganisationFactory(name="Circle of friends")
    make_module(title="Writing a first grant", capacities=[capacity])
    make_webinar(title="A talk about grants", capacities=[capacity])
    MentorOfferFactory(person=person).capacities.add(capacity)
    return {
        f"{reverse('search:search')}?q=grant": "Writing a first grant",
        f"{reverse('search:search')}?q=grant&language=en&kind=lesson": "Writing a first grant",
        reverse("directory:people"): "Samira Belkacem",
        reverse("directory:listings") + "?asset=skill": "Reviewing applications",
        reverse("directory:organisations"): "Circle of friends",
        learning_home().url: "Writing a first grant",
        need.get_absolute_url(): "Samira Belkacem",
        reverse("home:capacity", args=[capacity.slug]): "Writing a first grant",
    }


def test_every_list_shows_something_and_says_so(
    index: Index, stop: Stop, grants: Capacity, client: Client
) -> None:
    make_site("es")
    wanted = pages_that_list(grants)
    index.drain()
    for url in wanted:
        assert "resting" not in client.get(url).content.decode(), url
    stop()
    for url, words in wanted.items():
        response = client.get(url)
        html = response.content.decode()
        assert response.status_code == 200, url
        assert words in html, url
        assert html.count("Search is resting for a moment") == 1, url
    for url in ("/en/", reverse("home:capacities"), reverse("home:figures")):
        response = client.get(url)
        assert response.status_code == 200
        assert "Search is resting for a moment" in response.content.decode(), url
    client.force_login(UserFactory())
    assert client.get("/en/").status_code == 200
    found = client.get(reverse("search:suggest"), {"q": "writ"}).json()
    assert {"Grant writing", "Writing a first grant"} <= {line["title"] for line in found}


def test_a_page_made_without_the_index_is_not_kept(
    index: Index, stop: Stop, settings: Any, client: Client
) -> None:
    settings.PAGE_CACHE_SECONDS = 300
    cache.clear()
    make_site()
    ListingFactory(title="Reviewing applications")
    index.drain()
    working = settings.INDEX_DIR
    stop()
    url = reverse("directory:listings")
    assert "resting" in client.get(url).content.decode()
    settings.INDEX_DIR = working
    assert "resting" not in client.get(url).content.decode()


def test_the_work_for_one_answer_is_bounded(stop: Stop, grants: Capacity, monkeypatch: Any) -> None:
    for number in range(12):
        PersonFactory(name=f"Person {number}", offers=[grants], speaks={"ar": "native"})
    stop()
    with CaptureQueriesContext(connection) as few:
        find(Query(kinds=("person",), limit=2))
    with CaptureQueriesContext(connection) as many:
        find(Query(kinds=("person",), limit=12))
    assert len(many) == len(few)
    monkeypatch.setattr(fallback, "MOST", 8)
    assert find(Query(kinds=("person",), limit=20)).total == 8
    monkeypatch.setattr(fallback, "BUILT", 3)
    assert find(Query(kinds=("person",), filters={"language": ("ar",)}, limit=20)).total == 3


def test_recovery_is_automatic(index: Index, stop: Stop, settings: Any) -> None:
    make_module(title="Harbour budgets")
    index.drain()
    working = settings.INDEX_DIR
    stop()
    assert find(Query("harbour")).degraded
    settings.INDEX_DIR = working
    assert not find(Query("harbour")).degraded


def test_what_was_missed_is_known_of_one_block_alone(index: Index, stop: Stop, settings: Any) -> None:
    working = settings.INDEX_DIR
    with misses() as outer:
        find(Query("harbour"))
        assert outer == []
        stop()
        with misses() as inner:
            find(Query("harbour"))
        settings.INDEX_DIR = working
        find(Query("harbour"))
        with misses() as later:
            find(Query("harbour"))
    assert (len(outer), len(inner), later) == (1, 1, [])


class Clock:
    """Questions to an engine that takes its time to fail, and how often it was asked."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.asked = 0

    def __call__(self, engine: Any) -> str:
        self.asked += 1
        time.sleep(self.seconds)
        raise EngineError("It did not answer in time.")


def test_a_dead_engine_does_not_cost_every_page_its_patience(index: Index) -> None:
    dead = Clock(0.2)
    began = time.monotonic()
    for _ in range(50):
        with pytest.raises(EngineError, match="in time"):
            circuit_breaker.ask(dead)
    assert dead.asked == 1
    assert time.monotonic() - began < 2
    # The first answer ends it: a writer that works, or the next try.
    circuit_breaker.current_breaker().answered()
    assert circuit_breaker.ask(lambda engine: "here") == "here"


def test_only_one_thread_tries_whether_it_works_again(index: Index) -> None:
    rest = circuit_breaker.CircuitBreaker()
    rest.failed(0.02, "gone")  # nobody asks for 0.4 seconds
    assert not rest.allows_request()
    time.sleep(0.5)
    allowed: list[bool] = []
    threads = [threading.Thread(target=lambda: allowed.append(rest.allows_request())) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert allowed.count(True) == 1
    rest.answered()
    assert rest.allows_request()
    assert rest.allows_request()


def test_a_failure_that_took_no_time_is_not_waited_for() -> None:
    rest = circuit_breaker.CircuitBreaker()
    for _ in range(3):
        assert rest.allows_request()
        rest.failed(0.0, "gone")


def test_what_is_left_out_of_a_question_is_left_out_of_plain_answers_too(stop: Stop) -> None:
    kept, out = PersonFactory(name="Walking Wanda"), PersonFactory(name="Walking Walter")
    stop()
    assert set(titles(text="walking", kinds=("person",))) == {kept.name, out.name}
    found = find(Query("walking", kinds=("person",), exclude=frozenset({("person", str(out.pk))})))
    assert (found.degraded, found.total, [hit.id for hit in found.hits]) == (True, 1, [str(kept.pk)])


def test_groups_are_answered_each_by_itself(stop: Stop, grants: Capacity) -> None:
    for number in range(3):
        PersonFactory(name=f"Person {number}", offers=[grants])
    OrganisationFactory(name="Circle")
    stop()
    query = Query(groups=(("organisation",), ("offer", "person")), limit=2)
    found = find(query)
    assert found.degraded
    assert [hit.kind for hit in found.hits] == ["organisation", "person", "person"]
