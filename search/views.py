"""The search page and the suggestions below its box."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from exchange.design.kinds import KINDS as KIND_MARKS
from search.cards import address
from search.listing import SearchList
from search.services import suggest

TITLE_LENGTH = 150  # characters of the question that begin the title of a need


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One page over everything."""
    listed = SearchList(request.GET, get_language() or "en")
    context = {
        "list": listed,
        "nav_section": "help",
        "post_need_url": _post_need_url(listed.text),
        "suggestion_url": listed.url(q=listed.results.suggestion) if listed.results.suggestion else "",
        "wider_url": f"?{urlencode({'q': listed.text})}" if listed.text else "?",
    }
    return render(request, "search/search.html", context)


@require_safe
@cache_control(public=True, max_age=60)
def suggestions(request: HttpRequest) -> JsonResponse:
    """What could be meant by the words typed so far, as a JSON list for the box's list of options."""
    language = get_language() or "en"
    found = suggest(request.GET.get("q", ""), language=language)
    lines: list[dict[str, Any]] = [
        {
            "kind": suggestion.kind,
            "word": str(KIND_MARKS[suggestion.kind].word),
            "title": suggestion.title,
            "url": address(suggestion.url, language),
            "language": suggestion.language,
        }
        for suggestion in found
    ]
    return JsonResponse(lines, safe=False)


def _post_need_url(text: str) -> str:
    """Where to ask people for what was not found; "" on a site without a directory."""
    try:
        url = reverse("directory:listing_new")
    except NoReverseMatch:
        return ""
    return f"{url}?{urlencode({'direction': 'need', 'title': text[:TITLE_LENGTH]})}"
