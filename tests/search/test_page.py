"""The search page and its suggestions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from search.engines.choice import current_engine
from search.port import Query
from search.services import find
from tests.search.samples import ALL, page, puts
from tests.search_fixtures import Index

pytestmark = pytest.mark.django_db


@pytest.fixture
def samples(index: Index) -> Index:
    with current_engine().writing() as writing:
        writing.apply(puts(*ALL))
    return index


def body(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_results_stand_as_rows_with_tabs_and_facets(samples: Index, client: Client) -> None:
    html = body(client, "/en/search/?q=fundraising")
    assert "Writing a first budget" in html
    assert 'href="/en/people/samira/"' in html
    assert "People" in html
    assert 'name="language" value="ar"' in html


def test_chosen_filters_are_chips_that_can_be_taken_away(samples: Index, client: Client) -> None:
    html = body(client, "/en/search/?q=fundraising&language=ar&language=fr&capacity=fundraising")
    assert 'href="?q=fundraising&amp;language=fr&amp;capacity=fundraising"' in html
    assert "Remove Arabic" in html


def test_a_recording_shows_what_was_said_and_opens_there(samples: Index, client: Client) -> None:
    html = body(client, "/fr/search/?q=formation+b%C3%A9n%C3%A9voles")
    assert "<mark>formation</mark>" in html
    assert "/fr/talk/?t=1120" in html
    assert "18:40" in html


def test_arabic_is_searched_and_answered_in_arabic(samples: Index, client: Client) -> None:
    html = body(client, "/ar/search/?q=تدريب")
    assert 'dir="rtl"' in html
    assert "كتابة أول ميزانية" in html
    assert "/ar/budget/" in html


def test_pages_have_stable_links_and_bad_numbers_are_answered(index: Index, client: Client) -> None:
    with current_engine().writing() as writing:
        writing.apply(puts(*(page(str(n), f"Common note {n}") for n in range(45))))
    assert "?q=common&amp;page=2" in body(client, "/en/search/?q=common")
    assert "41 to 45 of 45" in body(client, "/en/search/?q=common&page=3")
    assert "41 to 45 of 45" in body(client, "/en/search/?q=common&page=400")
    for bad in ("0", "-1", "x", "", "9" * 40, "٣"):
        assert "1 to 20 of 45" in body(client, f"/en/search/?q=common&page={bad}")


def test_an_empty_result_says_what_to_do(samples: Index, client: Client) -> None:
    html = body(client, "/en/search/?q=bugdet&language=xx")
    assert "Nothing found yet" in html
    assert 'href="?q=bugdet"' in html
    assert "Did you mean" in body(client, "/en/search/?q=bugdet")


def test_suggestions_are_a_json_list(samples: Index, client: Client) -> None:
    response = client.get("/en/search/suggest/?q=sam")
    lines = json.loads(response.content)
    assert lines == [
        {
            "kind": "person",
            "word": "Person",
            "title": "Samira Belkacem",
            "url": "/en/people/samira/",
            "language": "en",
        }
    ]


def test_the_page_asks_the_database_nothing(
    samples: Index, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.get("/en/search/?q=fundraising")  # whatever the frame keeps for later
    with django_assert_max_num_queries(4):
        client.get("/en/search/?q=fundraising&language=ar")


def test_a_broken_engine_is_a_notice_and_no_error(settings: Any, tmp_path: Path, client: Client) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("no folder")
    settings.INDEX_DIR = blocked / "index"
    html = body(client, "/en/search/?q=anything")
    assert "resting" in html
    assert client.get("/en/search/suggest/?q=any").json() == []
    assert find(Query("anything", facets=("kind",))).degraded


def test_a_damaged_index_is_a_notice_and_no_error(samples: Index, client: Client, settings: Any) -> None:
    for generation in Path(settings.INDEX_DIR).glob("v*-*"):
        for file in generation.iterdir():
            file.write_bytes(b"broken")
    settings.INDEX_DIR = Path(str(settings.INDEX_DIR) + "/.")  # a process that has not opened it yet
    assert "resting" in body(client, "/en/search/?q=anything")


@pytest.mark.parametrize(
    "text",
    ['"', '"""', "'", "\0", "a\0b", "   ", "\n", "😀", "🇫🇷👩‍👩‍👧", "x" * 10_000, "x " * 5_000, "語" * 10_000,
     "-", "+", "AND OR NOT", "title:x^2", "*", "?", "(", "[a TO b]", "\\", "/", "é" * 400, "\u202e\u200f", "%", "<script>"],
)  # fmt: skip
def test_any_text_is_an_answer(samples: Index, client: Client, text: str) -> None:
    assert client.get("/en/search/", {"q": text}).status_code == 200
    assert client.get("/ar/search/suggest/", {"q": text}).status_code == 200


def test_scripts_in_a_question_are_shown_as_text(samples: Index, client: Client) -> None:
    html = body(client, "/en/search/?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in html
