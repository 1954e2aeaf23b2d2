"""A list for programs: as an Atom feed (RFC 4287) of what is new in it, and as JSON.

Only what the index holds, which is only what everybody may read; the same for every reader. The identity of an
entry is its kind and id under this site's name (a tag URI, RFC 4151), so it stays when titles and addresses
change.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import strip_tags

from foundation.kinds import registry
from foundation.l10n.names import site_name
from search.cards import address
from search.query.facet_labels import FACET_WORDS
from search.query.results import ResultsList
from search.types import Hit

JSON_VERSION = 1  # rises when a name goes or changes its meaning; new names may come at any time
PER_FEED = 50  # entries; readers come again long before there are more new ones
_UNDATED = datetime(2026, 1, 1, tzinfo=UTC)  # Atom wants a date of every entry
# What XML 1.0 cannot hold, section 2.2.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def identity(hit: Hit) -> str:
    """The tag URI of an object of this site."""
    return f"tag:{urlsplit(settings.BASE_URL).hostname or 'localhost'},2026:{hit.kind}/{hit.id}"


class _Feed(Atom1Feed):
    """Django's, with the language of each entry's words."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, Any]:
        return {"xml:lang": item["language"]} if item.get("language") else {}


def atom(listed: ResultsList, *, title: str, page_url: str, feed_url: str) -> str:
    """The feed of a list. Its address is its id; the order is the list's."""
    hits = listed.results.hits
    feed = _Feed(
        title=_plain(title),
        link=_absolute(page_url),
        description="",
        language=listed.language,
        feed_url=_absolute(feed_url),
        feed_guid=_absolute(feed_url),
        author_name=site_name(),
    )
    for hit in hits:
        feed.add_item(
            title=_plain(hit.title) or hit.id,
            link=_absolute(address(hit.url, listed.language)),
            description=_plain(hit.summary),
            unique_id=identity(hit),
            updateddate=hit.updated or _UNDATED,
            categories=[str(registry.get(hit.kind).plural)],
            language=hit.language,
        )
    return feed.writeString("utf-8")


def as_json(listed: ResultsList, *, page_url: str, next_url: str) -> dict[str, Any]:
    """The list as JSON values; docs/search-feeds.md says what each means."""
    results = listed.results
    return {
        "version": JSON_VERSION,
        "query": {
            "text": listed.text,
            "language": listed.language,
            "kinds": list(listed.asked.kinds),
            "filters": {name: list(values) for name, values in listed.filters.items()},
            "sort": listed.sort,
        },
        "total": results.total,
        "page": listed.page,
        "url": _absolute(page_url),
        "next": _absolute(next_url) if next_url else None,
        "suggestion": results.suggestion,
        "facets": {
            name: [
                {"value": value.value, "count": value.count, "selected": value.selected} for value in values
            ]
            for name, values in results.facets.items()
            if name in FACET_WORDS
        },
        "results": [_result(hit, listed.language) for hit in results.hits],
    }


def _result(hit: Hit, language: str) -> dict[str, Any]:
    start = hit.passage[0] if hit.passage else None
    return {
        "id": identity(hit),
        "kind": hit.kind,
        "url": _absolute(address(hit.url, language, start=start)),
        "title": hit.title,
        "summary": hit.summary,
        "language": hit.language,
        "snippet": _text(hit.highlight),
        "passage": {"start": hit.passage[0], "text": _text(hit.passage[1])} if hit.passage else None,
        "capacities": list(hit.capacities),
        "facets": {name: list(values) for name, values in hit.facets.items() if values},
        "available": hit.available,
        "updated": hit.updated.isoformat() if hit.updated else None,
        "confirmed": hit.confirmed.isoformat() if hit.confirmed else None,
        "starts": hit.starts.isoformat() if hit.starts else None,
        "minutes": hit.minutes,
    }


def _text(marked: str) -> str:
    """A marked snippet as plain text."""
    return unescape(strip_tags(marked))


def _plain(text: str) -> str:
    return _NOT_XML.sub("", text)


def _absolute(url: str) -> str:
    return url if urlsplit(url).scheme else settings.BASE_URL.rstrip("/") + url
