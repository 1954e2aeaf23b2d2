"""Asking the index, and the verbs other rooms and the commands use; writing is in `search.indexing.updates`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from foundation.kinds import registry
from search import fallback, semantic
from search.analysis import printable
from search.circuit_breaker import ask, misses
from search.engines.base import Engine
from search.errors import EngineError
from search.indexing.updates import Status, drain, rebuild, status
from search.indexing.verify import Verification, verify
from search.outbox import announce, kinds_under_way
from search.types import Hit, Query, Results, Suggestion

__all__ = [
    "Status",
    "Verification",
    "changed",
    "drain",
    "fetch",
    "find",
    "kinds_under_way",
    "misses",
    "rebuild",
    "similar",
    "status",
    "suggest",
    "verify",
]

Found = TypeVar("Found", Hit, Suggestion)
LONGEST_TYPED = 100  # characters of what is being typed that suggestions look at
MAX_SUGGESTIONS = 20
MAX_FETCHED = 200
SIMILAR_DIRECT, SIMILAR_BROADER = 2.0, 0.5  # sharing a capacity itself, or only what it belongs to


def find(query: Query) -> Results:
    """Answer a query. Never raises for what a reader typed, nor when the engine is down.

    With the engine down the answer is a plain one from the database, without counts and marks, and
    `degraded`, so that pages can say so.
    """
    asked = query.bounded()
    try:
        return ask(lambda engine: _answer(engine, asked))
    except EngineError:
        return fallback.answer(asked)


def _answer(engine: Engine, asked: Query) -> Results:
    """What the words find, joined by what is near in meaning where that extra is on."""
    results = engine.search(asked)
    if semantic.is_on():
        from search.semantic.hybrid import joined

        results = joined(engine, asked, results)
    return replace(results, hits=tuple(_declared(results.hits)))


def _declared(found: Iterable[Found]) -> list[Found]:
    """Without what a room that is gone has left in the index, until it is built anew."""
    return [one for one in found if registry.find(one.kind)]


def suggest(
    text: str, *, language: str = "en", kinds: Sequence[str] = (), limit: int = 8
) -> list[Suggestion]:
    """Titles, capacities and people whose words begin as those typed so far; empty when there are none."""
    typed, kinds, most = printable(text[:LONGEST_TYPED]), tuple(kinds), min(max(limit, 1), MAX_SUGGESTIONS)
    try:
        return _declared(
            ask(lambda engine: engine.suggest(typed, language=language, kinds=kinds, limit=most))
        )
    except EngineError:
        return fallback.suggest(typed, language=language, kinds=kinds, limit=most)


def fetch(keys: Sequence[tuple[str, str]], *, language: str = "en") -> list[Hit]:
    """The objects with these (kind, id) as the index knows them, in that order; unknown ones left out."""
    wanted = [(kind, printable(id)) for kind, id in keys][:MAX_FETCHED]
    try:
        return _declared(ask(lambda engine: engine.fetch(wanted, language=language)))
    except EngineError:
        return fallback.fetch(wanted, language)


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
