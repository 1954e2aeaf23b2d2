"""From what an engine stored back to a Hit: the reader's best language, the best passage, the marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import orjson

from search.analysis import primary
from search.highlight import Sought, highlight
from search.types import Hit, Query


def hit_of(
    source: str | bytes, fragments: str | bytes, *, score: float, query: Query, sought: Sought | None
) -> Hit:
    """The hit for a stored document. `fragments` may be empty when there is nothing to mark."""
    stored = orjson.loads(source)
    language, title, summary, url = best_text(stored["texts"], query.language)
    marked, passage = None, None
    if sought and fragments:
        pieces, lines = orjson.loads(fragments)
        marked = highlight(pieces, lines, sought, query.language, spoken=False)
        if any(piece[1] is not None for piece in pieces):
            passage = highlight(pieces, lines, sought, query.language, spoken=True)
    wanted = {*query.filters.get("capacity", ()), *query.should.get("capacity", {})}
    extra: dict[str, Any] = {}
    if marked:
        extra["highlight"] = marked[1]
    if passage:
        extra["passage"] = passage
    return Hit(
        kind=stored["kind"],
        id=stored["id"],
        url=url or stored["url"],
        title=title,
        summary=summary,
        language=language,
        score=score,
        card=stored["card"],
        capacities=tuple(stored["capacities"]),
        broader=tuple(stored["broader"]),
        facets={name: tuple(values) for name, values in stored["facets"].items()},
        people=tuple(stored["people"]),
        available=stored["available"],
        confirmed=_day(stored["confirmed"]),
        updated=datetime.fromisoformat(stored["updated"]) if stored["updated"] else None,
        starts=_day(stored["starts"]),
        minutes=stored["minutes"],
        digest=stored.get("digest", ""),
        matched=frozenset(wanted.intersection((*stored["capacities"], *stored["broader"]))),
        **extra,
    )


def by_group(hits: Iterable[Hit], query: Query) -> tuple[Hit, ...]:
    """Of hits in one order, the first `limit` of each group of a query, group by group; all as they are without
    groups."""
    if not query.groups:
        return tuple(hits)
    found = list(hits)
    parts = ([hit for hit in found if hit.kind in group][: query.limit] for group in query.groups)
    return tuple(hit for part in parts for hit in part)


def best_text(texts: Sequence[Sequence[str]], language: str) -> Sequence[str]:
    """The text in the reader's language, else in English, else the first there is."""
    if not texts:
        return ("", "", "", "")
    for wanted in (language.lower(), primary(language), "en"):
        for text in texts:
            if text[0].lower() == wanted or primary(text[0]) == wanted:
                return text
    return texts[0]


def _day(value: str | None) -> date | None:
    if not value:
        return None
    return datetime.fromisoformat(value) if "T" in value or " " in value else date.fromisoformat(value)
