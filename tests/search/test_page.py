"""The search page and its suggestions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from search.api import find
from search.engines.factory import current_engine
from search.query.facet_tree import MOST_SHOWN, Branch
from search.query.results import ResultsList
from search.types import Document, Query, Text
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


# Facets


def capacity(slug: str, title: str, *broader: str, **titles: str) -> Document:
    texts = (Text("en", title), *(Text(language, words) for language, words in titles.items()))
    return Document("capacity", slug, texts, f"/capacities/{slug}/", (slug,), broader)


@pytest.fixture
def branches(samples: Index) -> Index:
    """The capacities that the samples are about, in two levels."""
    with current_engine().writing() as writing:
        writing.apply(
            puts(
                capacity("fundraising", "Fundraising", ar="جمع التبرعات"),
                capacity("budgeting", "Budgeting", "fundraising"),
                capacity("grant-writing", "Grant writing", "fundraising"),
                capacity("first-grants", "First grants", "grant-writing", "fundraising"),
                capacity("volunteer-support", "Supporting volunteers"),
            )
        )
    return samples


def shown(query: str, language: str = "en") -> ResultsList:
    return ResultsList(QueryDict(query), language)


def facet(listed: ResultsList, name: str) -> dict[str, Any]:
    return next(facet for facet in listed.facets if facet["name"] == name)


def outline(found: list[Branch]) -> list[Any]:
    return [(one.value, one.count, one.selected, one.is_open, outline(one.children)) for one in found]


def test_capacities_are_a_tree_with_counts(branches: Index) -> None:
    found = outline(facet(shown(""), "capacity")["tree"])
    [fundraising] = [one for one in found if one[0] == "fundraising"]
    assert fundraising[1:4] == (8, False, False)
    assert [one[0] for one in fundraising[4]] == ["grant-writing", "budgeting"]
    assert [one[0] for one in fundraising[4][0][4]] == ["first-grants"]
    assert {one[0] for one in found} == {"fundraising", "volunteer-support"}


def test_the_chosen_branch_is_open_and_others_are_not(branches: Index, client: Client) -> None:
    found = facet(shown("capacity=grant-writing"), "capacity")["tree"]
    opened = {one.value: one.is_open for one in flat(found)}
    assert opened == {
        "fundraising": True,
        "grant-writing": True,
        "budgeting": False,
        "first-grants": False,
        "volunteer-support": False,
    }
    html = body(client, "/en/search/?capacity=grant-writing")
    assert html.count("<details open><summary") == 2
    assert 'value="grant-writing" checked' in html
    assert 'aria-label="Narrower than Fundraising"' in html


def flat(found: list[Branch]) -> list[Branch]:
    return [one for branch in found for one in (branch, *flat(branch.children))]


def test_choosing_inside_a_chosen_branch_narrows_it(branches: Index, client: Client) -> None:
    whole = shown("capacity=fundraising&kind=person&kind=lesson")
    narrow = shown("capacity=fundraising&capacity=budgeting&kind=person&kind=lesson")
    assert (whole.total, narrow.total) == (3, 1)
    assert [chip.label for group in narrow.chips for chip in group] == ["People", "Lessons", "Budgeting"]
    beside = shown("capacity=grant-writing&capacity=budgeting&kind=person&kind=lesson")
    assert beside.total == 3


def test_a_tree_speaks_the_readers_language(branches: Index) -> None:
    labels = {one.value: one.label for one in flat(facet(shown("", "ar"), "capacity")["tree"])}
    assert labels["fundraising"] == "جمع التبرعات"
    assert labels["budgeting"] == "Budgeting"


def test_a_tree_stays_small_and_keeps_what_is_chosen(index: Index, client: Client) -> None:
    slugs = [f"c{number}" for number in range(120)]
    with current_engine().writing() as writing:
        writing.apply(puts(*(capacity(slug, f"Capacity {slug}") for slug in slugs)))
        writing.apply(puts(*(page(slug, "Thing", capacities=(slug,)) for slug in slugs[:60])))
    found = flat(facet(shown("capacity=c119"), "capacity")["tree"])
    assert len(found) <= MOST_SHOWN + 1
    assert [one.value for one in found if one.selected] == ["c119"]


def test_circles_in_the_data_are_no_circles_on_the_page(index: Index, client: Client) -> None:
    with current_engine().writing() as writing:
        writing.apply(puts(capacity("a", "A", "b"), capacity("b", "B", "a"), capacity("c", "C", "c")))
    assert body(client, "/en/search/?capacity=a&capacity=b&capacity=c")


def test_every_facet_counts_what_choosing_it_would_give(branches: Index) -> None:
    for base in ("", "q=fundraising", "language=ar", "language=ar&region=europe", "kind=person&format=call"):
        listed = shown(base)
        for tab in listed.tabs:
            assert shown(tab["url"][1:]).total == tab["count"], (base, tab)
        for name in ("language", "region", "length", "format"):
            for value in listed.results.facets[name]:
                alone = listed.url(**{name: value.value})[1:]
                assert shown(alone).total == value.count, (base, name, value)


def test_values_of_one_facet_widen_and_facets_together_narrow(samples: Index) -> None:
    both = shown("language=de&language=ru")
    assert both.total == shown("language=de").total + shown("language=ru").total
    assert shown("language=de&language=ru&region=europe").total == 1


# What was meant, and ways out


def test_a_slip_of_the_finger_is_pointed_out_also_where_something_was_found(
    samples: Index, client: Client
) -> None:
    html = body(client, "/en/search/?q=bugdet&language=en")
    assert 'Did you mean <a href="?q=budget&amp;language=en"><bdi>budget</bdi></a>?' in html


def test_nothing_found_names_the_nearest_capacity(branches: Index, client: Client) -> None:
    html = body(client, "/en/search/?q=grants+for+zebras&language=xx")
    assert 'href="/en/capacities/grant-writing/"' in html or 'href="/en/capacities/first-grants/"' in html
    assert shown("q=zebra").nearest is None


def test_nothing_found_offers_wider_searches_that_find_something(branches: Index, client: Client) -> None:
    html = body(client, "/en/search/?q=Samira&kind=lesson&language=fr&sort=recent")
    assert 'href="?q=Samira&amp;language=fr&amp;sort=recent">See 2 results of other kinds' in html
    assert 'href="?q=Samira">See 2 results without filters' in html
    assert shown("q=zebra&language=fr").wider == []


def test_a_list_of_one_room_offers_the_whole_site(branches: Index, client: Client) -> None:
    html = body(client, "/en/organisations/?q=Samira")
    assert 'href="/en/search/?q=Samira">See 2 results in the whole site' in html


def test_nothing_found_can_be_posted_as_a_need(branches: Index, client: Client) -> None:
    html = body(client, "/en/search/?q=zebras&capacity=budgeting")
    assert 'href="/en/listings/new/?direction=need&amp;title=zebras&amp;capacity=budgeting"' in html


# Languages


def test_a_text_in_another_language_says_so(samples: Index, client: Client) -> None:
    html = body(client, "/en/search/?q=Tr%C3%A4ume+R%C3%A4ume")
    assert "<li>Text in German</li>" in html
    assert '<p lang="de" dir="auto">' in html
    assert "Text in" not in body(client, "/de/search/?q=R%C3%A4ume")


def test_a_snippet_in_another_language_than_its_title_is_marked(index: Index, client: Client) -> None:
    both = Document(
        "page",
        "both",
        (Text("en", "A room"), Text("fr", "Une salle", "", "Une salle pour la réunion de la semaine.")),
        "/both/",
    )
    with current_engine().writing() as writing:
        writing.apply(puts(both))
    html = body(client, "/en/search/?q=r%C3%A9union")
    assert '<bdi lang="fr">Une salle pour la <mark>réunion</mark> de la semaine.</bdi>' in html


def test_an_english_text_under_an_arabic_title_runs_from_left_to_right(index: Index, client: Client) -> None:
    untranslated = Document(
        "capacity", "c", (Text("ar", "تدريب", "Helping people to learn."),), "/capacities/c/"
    )
    with current_engine().writing() as writing:
        writing.apply(puts(untranslated))
    assert '<bdi lang="en">Helping people to learn.</bdi>' in body(client, "/ar/search/?q=تدريب")


def test_texts_are_shown_as_text_whatever_they_hold(index: Index, client: Client) -> None:
    nasty = Document(
        "page", "x", (Text("fr", "Une page", "<script>alert(1)</script> la réunion & les autres"),), "/x/"
    )
    with current_engine().writing() as writing:
        writing.apply(puts(nasty))
    for query in ("q=page", "q=r%C3%A9union"):
        html = body(client, f"/en/search/?{query}")
        assert "<script>alert" not in html
        assert "&lt;script&gt;" in html


# Suggestions


def test_suggestions_can_be_limited_to_the_kinds_of_a_list(branches: Index, client: Client) -> None:
    html = body(client, "/en/people/?q=x")
    assert 'data-suggest="/en/search/suggest/?kind=person&amp;kind=capacity"' in html
    lines = client.get("/en/search/suggest/?kind=person&kind=capacity&q=bud").json()
    assert {line["kind"] for line in lines} <= {"person", "capacity"}
    assert [line["title"] for line in lines] == ["Budgeting"]


@pytest.mark.parametrize(
    "asked", ["", "q=budget", "q=nothingofthis&language=en", "capacity=budgeting&kind=lesson"]
)
def test_a_list_that_was_read_asks_the_index_no_more(
    samples: Index, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    listed = ResultsList(QueryDict(asked), "en").read()

    def ask(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("The index was asked from a template.")

    for name in ("search", "fetch", "suggest"):
        monkeypatch.setattr(type(current_engine()), name, ask)
    for part in ("results", "search_box", "save_search", "alternates", "facets"):
        render_to_string(
            f"search/partials/{part}.html", {"list": listed}, request=RequestFactory().get("/en/")
        )
