"""The admin's own search on SQLite: the same answers as Wagtail's, without its quadratic order."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from modelsearch.index import FilterField, RelatedFields
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry
from wagtail.search.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText

from directory.models import Capacity
from exchange.home.models import CreditedImage
from tests.factories.accounts import UserFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps Wagtail's own back end."),
]
TITLES = (
    "Harbour walk",
    "A long walk along the old harbour of the town",
    "Walking without haste",
    "The harbour master's office",
    "Night walk",
    "Budget for a walk, a harbour and a walk",
)


@pytest.fixture
def pages() -> list[Page]:
    """Some pages below the root, in the index of the admin."""
    root = Page.objects.get(depth=1)
    made = [root.add_child(instance=Page(title=title, slug=f"page-{n}")) for n, title in enumerate(TITLES)]
    Page.objects.filter(pk__in=[made[1].pk, made[4].pk]).update(live=False)
    ours().add_bulk(Page, made)
    return made


def ours() -> Any:
    """What the site uses."""
    return get_search_backend()


def stock() -> Any:
    """What Wagtail brings."""
    return get_search_backend("wagtail.search.backends.database")


def keys(results: Any) -> list[int]:
    return [one.pk for one in results]


PLAIN = ["walk", "harbour", "walk harbour", "WALK", "walk nothing", "of", "master's", "haste", "missing"]


@pytest.mark.parametrize("text", PLAIN)
@pytest.mark.parametrize("operator", ["and", "or"])
def test_plain_words_are_answered_as_wagtail_answers_them(
    pages: list[Page], text: str, operator: str
) -> None:
    found = ours().search(text, Page, operator=operator)
    expected = stock().search(text, Page, operator=operator)
    assert keys(found) == keys(expected)
    assert found.count() == expected.count() == len(keys(expected))


@pytest.mark.parametrize("text", ["wal", "harb", "walk har", "har walk", "w", "zz"])
def test_words_being_typed_are_answered_as_wagtail_answers_them(pages: list[Page], text: str) -> None:
    assert keys(ours().autocomplete(text, Page)) == keys(stock().autocomplete(text, Page))


@pytest.mark.parametrize(
    "query",
    [
        Phrase("night walk"),
        Phrase("walk night"),
        And([PlainText("walk"), PlainText("harbour")]),
        Or([PlainText("haste"), PlainText("night")]),
        And([PlainText("walk"), Not(PlainText("harbour"))]),
        Not(PlainText("walk")),
        PlainText("walk") & ~Phrase("night walk"),
        MatchAll(),
        Not(MatchAll()),
    ],
    ids=repr,
)
def test_queries_of_parts_find_the_same_objects(pages: list[Page], query: Any) -> None:
    assert set(keys(ours().search(query, Page))) == set(keys(stock().search(query, Page)))


def test_more_of_the_words_and_the_shorter_title_come_first(pages: list[Page]) -> None:
    assert keys(ours().search("harbour walk", Page, operator="or"))[0] == pages[0].pk
    assert keys(ours().search(And([PlainText("walk"), PlainText("harbour")]), Page))[0] == pages[0].pk


def test_a_saved_page_costs_the_same_however_many_there_are(pages: list[Page]) -> None:
    page = pages[4]
    page.title = "Night walk through the whole of the old town"
    with CaptureQueriesContext(connection) as asked:
        ours().add(page)
    assert not [
        query["sql"] for query in asked if "title_norm" in query["sql"] and "object_id" not in query["sql"]
    ]
    assert set(keys(ours().search("town", Page))) == {pages[1].pk, page.pk}
    norms = dict(IndexEntry.objects.values_list("object_id", "title_norm"))
    lengths = {str(one.pk): len(one.title) for one in pages}
    longest, shortest = max(lengths, key=lengths.__getitem__), min(lengths, key=lengths.__getitem__)
    assert norms[longest] < 1 < norms[shortest]


def test_filters_order_and_pages_hold(pages: list[Page]) -> None:
    live = Page.objects.filter(live=True)
    assert set(keys(ours().search("walk", live))) == {pages[0].pk, pages[5].pk}
    by_title = Page.objects.order_by("title")
    found = ours().search("walk", by_title, order_by_relevance=False)
    assert keys(found) == keys(stock().search("walk", by_title, order_by_relevance=False))
    everything = keys(ours().search("walk", Page))
    assert [key for n in (0, 2, 4) for key in keys(ours().search("walk", Page)[n : n + 2])] == everything
    assert ours().search("walk", Page)[1].pk == everything[1]
    assert ours().search("walk", Page)[1:3].count() == 2
    assert keys(ours().search("walk", Page.objects.specific())) == everything


def test_scores_and_facets_are_told(pages: list[Page]) -> None:
    mine = ours().search("walk", Page).annotate_score("score")
    theirs = stock().search("walk", Page).annotate_score("score")
    assert [round(one.score, 9) for one in mine] == [round(one.score, 9) for one in theirs]
    assert ours().search("walk", Page).facet("live") == stock().search("walk", Page).facet("live")


def test_fields_narrow_where_the_words_may_stand(pages: list[Page]) -> None:
    assert keys(ours().search("walk", Page, fields=["title"])) == keys(
        stock().search("walk", Page, fields=["title"])
    )
    # Where Wagtail's own fails (it has only one column for all other fields), ours looks there.
    capacity = Capacity.add_root(slug="boat-building")
    ours().add_bulk(Capacity, [capacity])
    assert keys(ours().search("boat", Capacity, fields=["slug"])) == [capacity.pk]
    assert keys(ours().autocomplete("boa", Capacity, fields=["slug"])) == [capacity.pk]


def test_related_text_and_filters_over_relations(pages: list[Page], monkeypatch: Any) -> None:
    owner = UserFactory()
    files = {"width": 1, "height": 1, "uploaded_by_user": owner}
    blue, red = (CreditedImage.objects.create(title=f"Boat {c}", file=f"{c}.png", **files) for c in "ab")
    blue.tags.add("sea", "sky")
    red.tags.add("fire")
    ours().add_bulk(CreditedImage, [blue, red])
    assert keys(ours().search("sky", CreditedImage)) == [blue.pk]
    assert keys(ours().autocomplete("fir", CreditedImage)) == [red.pk]
    more = [*CreditedImage.search_fields, RelatedFields("tags", [FilterField("name")])]
    monkeypatch.setattr(CreditedImage, "search_fields", more)
    tagged = CreditedImage.objects.filter(tags__name__in=["sea", "sky"]).distinct()
    assert keys(ours().search("boat", tagged)) == [blue.pk]
    assert ours().search("boat", tagged).count() == 1


STRANGE = [
    '"',
    " ",
    "  ",
    "\0",
    'walk"',
    '"walk',
    'wa"lk',
    "walk\0",
    "*",
    "-",
    "()",
    "AND",
    "NOT walk",
    "a:b",
]


@pytest.mark.parametrize(
    "text", [*STRANGE, "walk*", "{title}:walk", "^walk", "'", "\\", "%s", "walk%", "NEAR("]
)
def test_no_text_is_an_error(pages: list[Page], text: str) -> None:
    for results in (
        ours().search(text, Page),
        ours().autocomplete(text, Page),
        ours().search(Phrase(text), Page),
        ours().search(Not(PlainText(text)), Page),
        ours().search(Or([PlainText(text), PlainText("night")]), Page),
        ours().search(And([PlainText("walk"), Not(PlainText(text))]), Page),
        ours().search(Boost(PlainText(text), 2.0), Page),
    ):
        assert results.count() == len(list(results))
    with pytest.raises(NotImplementedError):
        list(ours().search(Fuzzy("walk"), Page))


def test_the_match_runs_once_whatever_the_number_of_hits(pages: list[Page]) -> None:
    with CaptureQueriesContext(connection) as asked:
        results = ours().search("walk", Page)
        assert results.count() == 4
        assert len(results[:2]) == 2
        assert len(results[2:4]) == 2
    matches = [query["sql"] for query in asked if "MATCH" in query["sql"]]
    assert len(matches) == 1


@pytest.mark.parametrize(
    ("view", "arguments"),
    [
        ("wagtailadmin_pages:search", []),
        ("wagtailadmin_explore_results", ["root"]),
        ("wagtailadmin_explore", ["root"]),
        ("wagtailadmin_choose_page_search", []),
        ("wagtailimages:index", []),
        ("wagtailimages:index_results", []),
        ("wagtailimages_chooser:choose", []),
        ("wagtailimages_chooser:choose_results", []),
        ("wagtaildocs:index", []),
        ("wagtaildocs_chooser:choose_results", []),
        ("directory_people:index", []),
        ("directory_listings:index_results", []),
        ("directory_organisations:index", []),
    ],
)
@pytest.mark.parametrize("text", ["walk", 'walk "', "wal\0k", " "])
def test_the_admins_lists_and_choosers_go_through_it(
    client: Any, pages: list[Page], view: str, arguments: list[Any], text: str
) -> None:
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    root = Page.objects.get(depth=1).pk
    url = reverse(view, args=[root if argument == "root" else argument for argument in arguments])
    with CaptureQueriesContext(connection) as asked:
        response = client.get(url, {"q": text})
    assert response.status_code == 200
    matches = [query["sql"] for query in asked if "MATCH" in query["sql"]]
    assert all("CROSS JOIN" in sql for sql in matches)
    if text == "walk" and not view.startswith("directory_"):  # those look by plain SQL in short tables
        assert matches
        if "pages" in view or "explore" in view:
            assert "Night walk" in response.content.decode()
