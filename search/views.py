"""The search page, the suggestions below its box, and the same lists for programs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from foundation.kinds import registry
from foundation.l10n.names import said, site_name
from search import feeds
from search.api import suggest
from search.cards import address
from search.query.describe import sentence_of
from search.query.params import SearchParams, last_page
from search.query.results import ResultsList

FEED_SECONDS = 300  # for which a feed may be kept on the way
RETRY_SECONDS = 60


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One page over everything."""
    listed = ResultsList(request.GET, get_language() or "en")
    return render(request, "search/pages/search.html", {"list": listed.read()})


@require_safe
@cache_control(public=True, max_age=60)
def suggestions(request: HttpRequest) -> JsonResponse:
    """What could be meant by the words typed so far, as a JSON list for the box's list of options.

    `kind`, any number of times, limits it to these kinds.
    """
    language = get_language() or "en"
    found = suggest(request.GET.get("q", ""), language=language, kinds=SearchParams.read(request.GET).kinds)
    lines: list[dict[str, Any]] = [
        {
            "kind": suggestion.kind,
            "word": str(registry.get(suggestion.kind).word),
            "title": suggestion.title,
            "url": address(suggestion.url, language),
            "language": suggestion.language,
        }
        for suggestion in found
    ]
    return JsonResponse(lines, safe=False)


@require_safe
@conditional_page
def atom(request: HttpRequest) -> HttpResponse:
    """What is new in any list, for feed readers: its first entries, always newest first."""
    given = request.GET.copy()
    given.pop("page", None)
    given["sort"] = "recent"
    listed = ResultsList(given, get_language() or "en", facets=(), per_page=feeds.PER_FEED)
    if listed.results.degraded:
        return _resting()
    own = ResultsList(_without_order(request), listed.language)
    asked = sentence_of(own.kept, listed.language)
    title = said(_("%(site)s: %(search)s"), site=site_name(), search=asked) if asked else site_name()
    page_url = f"{reverse('search:search')}{listed.url()}"
    content = feeds.atom(listed, title=title, page_url=page_url, feed_url=own.atom_url)
    return _shared(HttpResponse(content, content_type="application/atom+xml; charset=utf-8"))


@require_safe
@conditional_page
def as_json(request: HttpRequest) -> HttpResponse:
    """Any list as JSON, page by page."""
    listed = ResultsList(request.GET, get_language() or "en", per_page=feeds.PER_FEED)
    if listed.results.degraded:
        return _resting()
    following = listed.page + 1
    more = listed.page * listed.per_page < listed.total and following <= last_page(listed.per_page)
    page_url = f"{reverse('search:search')}{listed.url()}"
    next_url = f"{reverse('search:json')}{listed.url(page=following)}" if more else ""
    values = feeds.as_json(listed, page_url=page_url, next_url=next_url)
    return _shared(JsonResponse(values, json_dumps_params={"ensure_ascii": False}))


def _without_order(request: HttpRequest) -> Any:
    """The question of a feed: its order is always the same, so it is no part of the feed's identity."""
    given = request.GET.copy()
    given.pop("sort", None)
    return given


def _shared(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=FEED_SECONDS)
    return response


def _resting() -> HttpResponse:
    """For programs: ask again later; an empty feed would say that everything is gone."""
    response = HttpResponse(
        _("Search is resting for a moment. Ask again in a minute."),
        content_type="text/plain; charset=utf-8",
        status=503,
    )
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response
