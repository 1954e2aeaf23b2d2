"""A list for programs: the Atom feed and the JSON of every search."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from directory.constants import ListingState
from search.engines.factory import current_engine
from search.types import Document, Text
from tests.factories.directory import CapacityFactory, ListingFactory, PersonFactory
from tests.search.samples import ALL, NOW, page, puts
from tests.search_fixtures import Index

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def write(*documents: Document) -> None:
    with current_engine().writing() as writing:
        writing.apply(puts(*documents))


@pytest.fixture
def samples(index: Index) -> Index:
    write(*ALL)
    return index


def feed(client: Client, query: str = "", language: str = "en") -> ET.Element:
    response = client.get(f"/{language}/search/feed.atom?{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)  # noqa: S314  # our own


def entries(client: Client, query: str = "", language: str = "en") -> list[ET.Element]:
    return feed(client, query, language).findall(f"{ATOM}entry")


def text(element: ET.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def as_json(client: Client, query: str = "", language: str = "en") -> dict[str, Any]:
    response = client.get(f"/{language}/search/results.json?{query}")
    assert response.status_code == 200
    return json.loads(response.content)


def test_the_page_names_its_feed_and_its_json(samples: Index, client: Client) -> None:
    html = client.get("/en/search/?q=fundraising&language=ar&page=2&sort=recent").content.decode()
    for link in ("feed.atom?q=fundraising&amp;language=ar", "results.json?q=fundraising&amp;language=ar"):
        assert html.count(f"/en/search/{link}") == 2  # in the head, and to be seen


def test_a_feed_has_everything_that_atom_asks_for(samples: Index, client: Client) -> None:
    found = feed(client, "q=fundraising&sort=soon&page=4")
    assert found.attrib[XML_LANG] == "en"
    assert text(found, "title") == "The Capacity Exchange: “fundraising”"
    assert text(found, "id") == "http://localhost:8000/en/search/feed.atom?q=fundraising"
    links = {link.attrib["rel"]: link.attrib["href"] for link in found.findall(f"{ATOM}link")}
    assert links["self"] == text(found, "id")
    assert links["alternate"] == "http://localhost:8000/en/search/?q=fundraising&sort=recent"
    assert found.find(f"{ATOM}author/{ATOM}name") is not None
    for entry in found.findall(f"{ATOM}entry"):
        assert all(text(entry, name) for name in ("id", "title", "updated"))
        assert entry.find(f"{ATOM}link").attrib["href"].startswith("http://localhost:8000/")  # type: ignore[union-attr]


def test_a_feed_is_newest_first_with_ids_that_stay(samples: Index, client: Client) -> None:
    before = [(text(entry, "id"), text(entry, "title")) for entry in entries(client, "capacity=fundraising")]
    assert before[-1] == ("tag:localhost,2026:recording/talk", "Demander aux entreprises locales")
    write(
        Document(
            "recording",
            "talk",
            (Text("fr", "Un autre titre"),),
            "/fr/elsewhere/",
            ("fundraising",),
            updated=NOW,
        )
    )
    after = {text(entry, "id"): text(entry, "title") for entry in entries(client, "capacity=fundraising")}
    assert after["tag:localhost,2026:recording/talk"] == "Un autre titre"


def test_each_entry_says_in_which_language_it_is(samples: Index, client: Client) -> None:
    languages = {text(entry, "id").split(":")[-1]: entry.attrib[XML_LANG] for entry in entries(client)}
    assert languages["recording/talk"] == "fr"
    assert languages["lesson/budget"] == "en"
    assert {text(e, "id"): e.attrib[XML_LANG] for e in entries(client, "", "ar")}[
        "tag:localhost,2026:lesson/budget"
    ] == "ar"


def test_signs_that_xml_cannot_hold_do_not_break_a_feed(index: Index, client: Client) -> None:
    write(page("odd", "A \x0b title \x1b with \ufffe <signs> & more", "x"))
    [entry] = entries(client, "q=title")
    assert "<signs> & more" in text(entry, "title")
    assert feed(client, "q=%1bodd%0b&language=%1b") is not None


def test_a_feed_is_bounded(index: Index, client: Client) -> None:
    write(*(page(str(number), f"Common note {number}") for number in range(70)))
    assert len(entries(client, "q=common")) == 50


def test_json_says_what_was_asked_and_what_was_found(samples: Index, client: Client) -> None:
    found = as_json(client, "q=formation+b%C3%A9n%C3%A9voles&kind=recording&x=1", "fr")
    assert found["version"] == 1
    assert found["query"] == {
        "text": "formation bénévoles",
        "language": "fr",
        "kinds": ["recording"],
        "filters": {},
        "sort": "relevance",
    }
    [result] = found["results"]
    assert result["id"] == "tag:localhost,2026:recording/talk"
    assert result["url"] == "http://localhost:8000/fr/talk/?t=1120"
    assert result["passage"] == {"start": 1120.0, "text": "Le partenaire a payé la formation des bénévoles."}
    assert (result["language"], result["capacities"]) == ("fr", ["fundraising"])
    assert {"value": "recording", "count": 1, "selected": True} in found["facets"]["kind"]


def test_json_is_text_and_no_markup(samples: Index, client: Client) -> None:
    [result] = as_json(client, "q=trainings+volunteers+cost")["results"]
    assert result["snippet"] == "Trainings for volunteers cost money. Ask <b>early</b> & often."


def test_json_has_pages_up_to_the_bound(index: Index, client: Client) -> None:
    write(*(page(str(number), f"Common note {number}") for number in range(120)))
    seen, query = [], "q=common"
    while query:
        found = as_json(client, query)
        seen += [result["id"] for result in found["results"]]
        query = (found["next"] or "").partition("?")[2]
    assert found["total"] == len(seen) == len(set(seen)) == 120
    assert as_json(client, "q=common&page=999999")["page"] == 3


@pytest.mark.parametrize("path", ["feed.atom", "results.json"])
def test_both_may_be_kept_and_are_not_sent_again_unchanged(samples: Index, client: Client, path: str) -> None:
    response = client.get(f"/en/search/{path}?q=fundraising")
    assert response["Cache-Control"] == "public, max-age=300"
    assert not response.cookies
    again = client.get(f"/en/search/{path}?q=fundraising", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    assert client.post(f"/en/search/{path}").status_code == 405


@pytest.mark.parametrize("path", ["feed.atom", "results.json"])
def test_a_resting_index_is_said_and_not_an_empty_list(
    client: Client, settings: Any, tmp_path: Path, path: str
) -> None:
    (tmp_path / "a-file").write_text("no folder")
    settings.INDEX_DIR = tmp_path / "a-file" / "index"
    response = client.get(f"/en/search/{path}?q=fundraising")
    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("path", ["", "feed.atom", "results.json", "suggest/"])
def test_nothing_private_is_in_any_of_them(index: Index, client: Client, path: str) -> None:
    capacity = CapacityFactory(slug="governance", label="Governance")
    owner = PersonFactory(
        name="Open Owner", contact_note="Ring twice at the green door", user__email="owner@private.example"
    )
    ListingFactory(person=owner, title="Reading a letter", capacities=[capacity])
    ListingFactory(person=owner, title="Unseen draft", state=ListingState.DRAFT, capacities=[capacity])
    ListingFactory(person=owner, title="Unseen pause", state=ListingState.PAUSED, capacities=[capacity])
    PersonFactory(name="Unseen person", listed=False)
    index.rebuild()
    seen = ""
    for query in (
        "",
        "q=unseen",
        "q=open+owner",
        "q=letter",
        "q=ring+twice",
        "q=private.example",
        "capacity=governance",
    ):
        # The question itself is repeated by the page; what was not asked for must not be.
        seen += (
            client.get(f"/en/search/{path}?{query}")
            .content.decode()
            .replace("“unseen”", "")
            .replace("unseen", "")
        )
    assert "Reading a letter" in seen
    for secret in ("Unseen", "green door", "owner@"):
        assert secret not in seen
