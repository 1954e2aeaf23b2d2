"""Page models name their views by dotted strings."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from foundation.design.checks import names_lead_somewhere
from foundation.routers import ByName, page_route


def shown(page: str, request: HttpRequest, word: str) -> HttpResponse:
    """A view."""
    return HttpResponse(f"{page}: {request.path}, {word}")


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> list[ByName]:
    """The names that the test declares, instead of those of the code."""
    names: list[ByName] = []
    monkeypatch.setattr(ByName, "every", names)
    return names


def test_every_name_in_the_code_leads_to_a_function() -> None:
    assert len(ByName.every) > 10
    assert names_lead_somewhere(None) == []


@pytest.mark.parametrize(
    "name",
    ["foundation.design.views.none", "foundation.nowhere.patterns", "patterns", "math.pi", "math.pi.twice"],
)
def test_a_name_that_leads_nowhere_is_found_by_the_check(named: list[ByName], name: str) -> None:
    ByName("math.floor")
    ByName(name)
    (error,) = names_lead_somewhere(None)
    assert error.id == "design.E001"
    assert name in error.msg


def test_a_route_gives_its_view_the_page_and_the_request(named: list[ByName]) -> None:
    request = RequestFactory().get("/words/")
    show = page_route("<slug:word>/", f"{__name__}.shown", name="words")
    assert show("a page", request, word="first").content == b"a page: /words/, first"
    (pattern,) = show._routablepage_routes  # type: ignore[attr-defined]
    assert pattern[0].name == "words"
