"""Asking the index, and the verbs other rooms and the commands use; writing is in `search.indexing.updates`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from foundation.kinds import registry
from search import fallback, semantic, visibility
from search.analysis import printable
from search.circuit_breaker import ask, current_breaker, misses, note_miss
from search.engines.base import Engine
from search.errors import EngineError
from search.indexing.updates import Status, drain, rebuild, status
from search.indexing.verify import Verification, verify
from search.outbox import announce, kinds_under_way
from search.types import Hit, Query, Results, Suggestion
from search.visibility import Waiting

__all__ = [
    "Status",
    "Verification",
    "changed",
    "drain",
    "fetch",
    "find",
    "is_being_rebuilt",
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
        waiting = _waiting()
        allowed = replace(asked, exclude=asked.exclude | waiting.gone)
        results = ask(lambda engine: _answer(engine, allowed))
    except EngineError:
        return fallback.answer(asked)
    if waiting.gone and not results.total:
        # The spelling may be that of a name which nobody shall find.
        results = replace(results, suggestion=None)
    return replace(results, hits=tuple(_as_they_are_now(results.hits, waiting, asked)))


def _waiting() -> Waiting:
    """What the index has not heard of yet. Raises EngineError where the database shall answer instead."""
    try:
        return visibility.waiting()
    except EngineError as error:
        note_miss(str(error))
        raise


def _as_they_are_now(hits: Sequence[Hit], waiting: Waiting, query: Query) -> list[Hit]:
    """The hits in their order, those that a waiting change alters as the database has them; what they no longer say
    is not shown, nor marked."""
    fresh = _fresh(hits, waiting, query)
    return [
        replace(fresh[hit.kind, hit.id], score=hit.score) if (hit.kind, hit.id) in fresh else hit
        for hit in hits
    ]


def _fresh(found: Iterable[Hit | Suggestion], waiting: Waiting, query: Query) -> dict[tuple[str, str], Hit]:
    """Those of what was found that a waiting change alters, as the database has them."""
    altered = [(one.kind, one.id) for one in found if (one.kind, one.id) in waiting.altered]
    hits = fallback.fetch(altered, query.language, query) if altered else []
    return {(hit.kind, hit.id): hit for hit in hits}


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
        waiting = _waiting()
        more = most + min(len(waiting.gone), MAX_SUGGESTIONS)
        found = ask(lambda engine: engine.suggest(typed, language=language, kinds=kinds, limit=more))
        shown = [one for one in _declared(found) if (one.kind, one.id) not in waiting.gone][:most]
        fresh = _fresh(shown, waiting, Query(language=language))
        return [
            Suggestion(now.kind, now.id, now.title, now.url, now.language)
            if (now := fresh.get((one.kind, one.id)))
            else one
            for one in shown
        ]
    except EngineError:
        return fallback.suggest(typed, language=language, kinds=kinds, limit=most)


def fetch(keys: Sequence[tuple[str, str]], *, language: str = "en") -> list[Hit]:
    """The objects with these (kind, id) as the index knows them, in that order; unknown ones left out."""
    wanted = [(kind, printable(id)) for kind, id in keys][:MAX_FETCHED]
    try:
        waiting = _waiting()
        shown = [key for key in wanted if key not in waiting.gone]
        found = _declared(ask(lambda engine: engine.fetch(shown, language=language)))
        return _as_they_are_now(found, waiting, Query(language=language))
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


def is_being_rebuilt() -> bool:
    """Whether the engine said last that it has no index: the next sweep begins to build it, if none has."""
    return current_breaker().missing


def changed(kind: str, ids: Iterable[Any]) -> None:
    """Tell the index that objects changed where no signal does (QuerySet.update, bulk_create).

    Call it in the transaction of the change.
    """
    announce(kind, ids)
