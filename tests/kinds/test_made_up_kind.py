"""A kind that only a made-up room declares is everywhere, with no line outside its folder."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.urls import reverse

from directory.matching import for_you, helpers_for, to_learn
from directory.models import Capacity
from exchange.home.blocks import StoryStepBlock
from foundation.kinds import registry
from search import documents
from search.api import find
from search.cards import card_from_hit
from search.saved.messages import lines_of
from search.types import Query
from tests.factories.directory import ListingFactory, PersonFactory
from tests.search.conftest import ON_BOTH
from tests.search_fixtures import Index

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toolkits"), ON_BOTH]
TITLE = "A budget that funders read"


@pytest.fixture
def toolkit(index: Index, toolkits: None, grants: Capacity) -> Any:
    """One toolkit, in the index."""
    from tests.kinds.toolkits.models import Toolkit

    made = Toolkit.objects.create(title=TITLE, summary="Tables to fill in.", capacity="grants")
    index.rebuild()
    return made


def soup(client: Client, url: str, query: dict[str, str] | None = None) -> BeautifulSoup:
    response = client.get(url, query or {})
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


def test_search_finds_it_and_parts_it_by_its_kind(client: Client, toolkit: Any) -> None:
    page = soup(client, reverse("search:search"), {"q": "budget"})
    assert "Toolkits 1" in words(page.select_one(".tabs"))
    row = page.select_one("li.row")
    assert words(row).startswith(f"Toolkit {TITLE}")
    narrowed = soup(client, reverse("search:search"), {"q": "budget", "kind": "toolkit"})
    assert len(narrowed.select("li.row")) == 1
    assert soup(client, reverse("search:search"), {"q": "budget", "kind": "lesson"}).select("li.row") == []


def test_a_change_of_it_reaches_the_index(client: Client, toolkit: Any, index: Index) -> None:
    toolkit.title = "A ledger"
    toolkit.save()
    index.drain()
    assert [hit.title for hit in find(Query("ledger")).hits] == ["A ledger"]
    toolkit.delete()
    index.drain()
    assert find(Query("ledger")).hits == ()


def test_a_need_is_answered_with_it_and_told_why(client: Client, toolkit: Any, index: Index) -> None:
    need = ListingFactory(need=True, capacities=[Capacity.objects.get(slug="grants")])
    index.drain()
    page = soup(client, need.get_absolute_url())
    heading = next(tag for tag in page.select("h2, h3") if "Read now" in tag.get_text())
    answer = heading.find_next(class_="answer")
    assert isinstance(answer, Tag)
    assert words(answer).startswith(f"Toolkit {TITLE}")
    assert "Because it teaches Grant writing." in words(answer)
    assert words(answer.select_one("a.button")) == "Unpack it"


def test_who_wants_to_learn_is_shown_it(toolkit: Any, index: Index) -> None:
    learner = PersonFactory(learns=[Capacity.objects.get(slug="grants")])
    index.drain()
    assert [card.title for card in for_you(learner, language="en")] == [TITLE]
    assert [card.title for card in to_learn(["grants"], viewer=None, language="en")] == [TITLE]
    assert helpers_for(["grants"], viewer=None, language="en") == []


@pytest.mark.parametrize("slug", ["grants", "fundraising"])
def test_the_page_of_its_capacity_has_it_on_a_shelf_and_counts_it(
    client: Client, toolkit: Any, slug: str
) -> None:
    page = soup(client, reverse("home:capacity", args=[slug]))
    shelf = page.select_one("section[aria-labelledby=shelf-learning]")
    assert shelf is not None
    assert "1 toolkit" in words(shelf.select_one("p.quiet"))
    assert words(shelf.select_one("article.card")).startswith(f"Toolkit {TITLE}")


@pytest.mark.parametrize("component", ["card", "row", "answer", "poster"])
def test_every_card_draws_it_with_its_word_and_icon(toolkit: Any, component: str) -> None:
    card = card_from_hit(find(Query("budget")).hits[0], language="en")
    drawn = Template(f"{{% load design %}}{{% {component} card %}}").render(Context({"card": card}))
    mark = BeautifulSoup(drawn, "html.parser").select_one(".mark.side-learning")
    assert words(mark) == "Toolkit"
    assert mark is not None
    assert mark.select_one("use")["href"] == "/static/toolkits/icons.svg#wrench"  # type: ignore[index]


def test_its_icon_is_served_from_its_own_files(client: Client, toolkit: Any) -> None:
    served = client.get("/static/toolkits/icons.svg")
    assert b'id="wrench"' in b"".join(served.streaming_content)  # type: ignore[attr-defined]


def test_it_is_suggested_while_somebody_types(client: Client, toolkit: Any) -> None:
    line = client.get(reverse("search:suggest"), {"q": "budg"}).json()[0]
    assert (line["kind"], line["word"], line["title"]) == ("toolkit", "Toolkit", TITLE)
    assert client.get(reverse("search:suggest"), {"q": "budg", "kind": "lesson"}).json() == []


def test_the_figures_count_it(client: Client, toolkit: Any) -> None:
    page = soup(client, reverse("home:figures"))
    link = page.find("a", href="/en/search/?kind=toolkit")
    assert isinstance(link, Tag)
    assert words(link.find_parent("li")) == "Toolkit 1 toolkit"
    assert "English 1" in words(page)


def test_the_front_page_counts_it_among_what_there_is_to_learn(client: Client, toolkit: Any) -> None:
    page = soup(client, "/en/")
    door = page.select_one("a.door")
    assert "1 thing to learn" in words(door)
    assert door is not None
    assert "kind=toolkit" in str(door["href"])


def test_a_stored_page_is_forgotten_when_it_changes(
    client: Client,
    toolkit: Any,
    index: Index,
    settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.PAGE_CACHE_SECONDS = 300
    url = reverse("home:capacity", args=["grants"])
    assert TITLE in client.get(url).text
    assert client.get(url).headers["X-Page-Cache"] == "hit"
    connection.run_on_commit.clear()  # what the fixtures did is done
    toolkit.title = "A ledger"
    with django_capture_on_commit_callbacks(execute=True):
        toolkit.save()
    assert "A ledger" in client.get(url).text


def test_a_story_of_a_need_that_was_met_can_have_it(toolkit: Any) -> None:
    field = StoryStepBlock().child_blocks["kind"].field
    assert ("toolkit", "Toolkit") in list(field.choices)


def test_the_feed_of_a_search_names_it(client: Client, toolkit: Any) -> None:
    answer = client.get(reverse("search:atom"), {"q": "budget"})
    entry = ET.fromstring(answer.content).find("{http://www.w3.org/2005/Atom}entry")  # noqa: S314  # our own
    assert entry is not None
    category = entry.find("{http://www.w3.org/2005/Atom}category")
    assert category is not None
    assert category.get("term") == "Toolkits"
    assert (entry.findtext("{http://www.w3.org/2005/Atom}id") or "").endswith(f":toolkit/{toolkit.pk}")


def test_programs_are_told_its_kind(client: Client, toolkit: Any) -> None:
    answer = client.get(reverse("search:json"), {"kind": "toolkit"}).json()
    assert answer["query"]["kinds"] == ["toolkit"]
    assert [result["kind"] for result in answer["results"]] == ["toolkit"]


def test_an_alert_names_it(toolkit: Any) -> None:
    assert lines_of(find(Query("budget")).hits) == f"Toolkit: {TITLE}"


def test_what_a_room_that_is_gone_left_in_the_index_breaks_no_page(client: Client, toolkit: Any) -> None:
    documents.unregister("toolkit")
    registry.unregister("toolkit")
    assert soup(client, reverse("search:search"), {"q": "budget"}).select("li.row") == []
    assert client.get(reverse("search:suggest"), {"q": "budg"}).json() == []
    assert client.get(reverse("search:atom"), {"q": "budget"}).status_code == 200
    assert client.get(reverse("home:figures")).status_code == 200


def test_it_is_found_while_the_index_rests(toolkit: Any, settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings.SEARCH_URL, settings.INDEX_DIR = "tantivy://", tmp_path / "file" / "index"
    answer = find(Query("budget"))
    assert answer.degraded
    assert [(hit.kind, hit.title) for hit in answer.hits] == [("toolkit", TITLE)]
