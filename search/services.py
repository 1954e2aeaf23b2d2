"""Asking the index, and the verbs other rooms and the commands use; writing is in `search.indexing`."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from search.analysis import printable
from search.engines.choice import current_engine
from search.indexing import Status, Verification, drain, rebuild, status, verify
from search.outbox import announce
from search.port import EngineError, Hit, Query, Results, Suggestion

__all__ = [
    "Status",
    "Verification",
    "changed",
    "drain",
    "fetch",
    "find",
    "rebuild",
    "similar",
    "status",
    "suggest",
    "verify",
]

logger = logging.getLogger(__name__)
LONGEST_TYPED = 100  # characters of what is being typed that suggestions look at
MAX_SUGGESTIONS = 20
MAX_FETCHED = 200
SIMILAR_DIRECT, SIMILAR_BROADER = 2.0, 0.5  # sharing a capacity itself, or only what it belongs to


def find(query: Query) -> Results:
    """Answer a query. Never raises for what a reader typed, nor when the engine is down.

    With the engine down the answer is empty and `degraded`, so that pages can say so.
    """
    try:
        return current_engine().search(query.bounded())
    except (EngineError, ImproperlyConfigured) as error:
        logger.error("Search could not be answered: %s", error)
        return Results(facets={name: [] for name in query.bounded().facets}, degraded=True)


def suggest(
    text: str, *, language: str = "en", kinds: Sequence[str] = (), limit: int = 8
) -> list[Suggestion]:
    """Titles, capacities and people whose words begin as those typed so far; empty when none or down."""
    try:
        return current_engine().suggest(
            printable(text[:LONGEST_TYPED]),
            language=language,
            kinds=tuple(kinds),
            limit=min(max(limit, 1), MAX_SUGGESTIONS),
        )
    except (EngineError, ImproperlyConfigured) as error:
        logger.error("Suggestions could not be given: %s", error)
        return []


def fetch(keys: Sequence[tuple[str, str]], *, language: str = "en") -> list[Hit]:
    """The objects with these (kind, id) as the index knows them, in that order; unknown ones left out."""
    try:
        return current_engine().fetch(
            [(kind, printable(id)) for kind, id in keys][:MAX_FETCHED], language=language
        )
    except (EngineError, ImproperlyConfigured) as error:
        logger.error("Objects could not be read from the index: %s", error)
        return []


def similar(
    kind: str,
    id: str,
    *,
    language: str = "en",
    kinds: Sequence[str] = (),
    exclude: Iterable[tuple[str, str]] = (),
    limit: int = 4,
) -> list[Hit]:
    """What is about the same: shares capacities first, words of the title second. Without the object."""
    found = fetch([(kind, id)], language=language)
    if not found:
        return []
    hit = found[0]
    wishes = dict.fromkeys(hit.broader, SIMILAR_BROADER) | dict.fromkeys(hit.capacities, SIMILAR_DIRECT)
    results = find(
        Query(
            text="" if wishes else hit.title,
            language=language,
            kinds=tuple(kinds),
            should={"capacity": wishes},
            exclude=frozenset({(kind, id), *exclude}),
            limit=limit,
            match="any",
        )
    )
    return list(results.hits)


def changed(kind: str, ids: Iterable[Any]) -> None:
    """Tell the index that objects changed where no signal does (QuerySet.update, bulk_create).

    Call it in the transaction of the change.
    """
    announce(kind, ids)
