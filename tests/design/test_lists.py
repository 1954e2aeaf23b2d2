"""Where one is in a long list."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory

from foundation.design.pagination import changed, place


@pytest.mark.parametrize(("asked", "first", "last", "previous", "next_page"), [
    ("", 1, 20, "", "?q=x&page=2"), ("2", 21, 40, "?q=x", "?q=x&page=3"), ("4", 61, 64, "?q=x&page=3", ""),
    ("minus", 1, 20, "", "?q=x&page=2"), ("0", 1, 20, "", "?q=x&page=2"),
])  # fmt: skip
def test_place_from_the_address(asked: str, first: int, last: int, previous: str, next_page: str) -> None:
    query = QueryDict("q=x" + (f"&page={asked}" if asked else ""))
    found = place(SimpleNamespace(total=64), None, 20, query)
    assert (found.first, found.last, found.next) == (first, last, next_page)
    assert found.previous == previous


def test_place_of_a_django_page() -> None:
    found = place(Paginator(range(64), 20).page(4), None, 20, None)
    assert (found.first, found.last, found.coming, found.next) == (61, 64, 0, "")


def test_a_single_page_shows_nothing() -> None:
    assert (
        Template("{% load design %}{% pagination p %}").render(Context({"p": SimpleNamespace(total=3)})) == ""
    )


def test_the_next_button_says_how_many_come(rf: RequestFactory) -> None:
    context = Context({"p": SimpleNamespace(total=27), "request": rf.get("/en/search/?q=a&kind=lesson")})
    html = Template("{% load design %}{% pagination p %}").render(context)
    assert "Show the next 7" in html
    assert 'href="?q=a&amp;kind=lesson&amp;page=2"' in html


def test_a_changed_query_keeps_what_is_not_named() -> None:
    query = QueryDict("q=a&language=ar&language=fr&page=3")
    assert changed(query, page=None, language=["fr"]) == "?q=a&language=fr"
    assert changed(QueryDict("q=a"), q=None) == "?"
