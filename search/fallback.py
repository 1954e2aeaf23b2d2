"""Answers from the database while the index rests: plain, few, in a plain order, and nothing private.

What may be shown is what the rooms would put into the index (`ids` and `build` of their DocumentType). Words
are looked for in titles only. One answer reads at most MOST keys of a kind and builds at most BUILT documents.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.db.models import F, Max, Q
from django.utils import timezone, translation

from search.analysis import query_words
from search.documents import DocumentType, Plain, document_type, document_types
from search.engines.hits import hit_of
from search.engines.index_schema import entry_of
from search.types import CAPACITY, Document, Hit, Query, Results, Suggestion

logger = logging.getLogger(__name__)
MOST = 1_000  # keys of one kind that one answer looks at
BUILT = 120  # documents that are built where the database alone cannot tell which ones are asked for
WORDS = 6  # of a question
Key = tuple[str, str]


def answer(query: Query) -> Results:
    """What can be said without the index; `query` is already bounded. Nothing of a facet is counted."""
    facets: dict[str, list[Any]] = {name: [] for name in query.facets}
    if query.groups:
        parts = [answer(replace(query, kinds=group, groups=())) for group in query.groups if group]
        hits = tuple(hit for part in parts for hit in part.hits)
        return Results(total=sum(part.total for part in parts), hits=hits, facets=facets, degraded=True)
    if not query.limit:  # only counts were asked for, and those nobody can tell
        return Results(facets=facets, degraded=True)
    words = _words(query)
    total, hits = _page(query, words, every=True)
    loosened = False
    if not total and len(words) > 1 and query.match != "most":
        total, hits = _page(query, words, every=False)
        loosened = total > 0
    return Results(total=total, hits=hits, facets=facets, degraded=True, loosened=loosened)


def fetch(keys: Sequence[Key], language: str, query: Query | None = None) -> list[Hit]:
    """The objects with these (kind, id), in that order, those that may be shown; as answers to `query`."""
    found = {(one.kind, one.id): one for one in _documents(keys[:BUILT])}
    return [_hit(found[key], language, query or Query()) for key in keys if key in found]


def suggest(text: str, *, language: str, kinds: Sequence[str], limit: int) -> list[Suggestion]:
    """Objects with the words typed so far in their titles."""
    hits = (
        answer(Query(text, language=language, kinds=tuple(kinds), limit=limit)).hits if text.strip() else ()
    )
    return [Suggestion(hit.kind, hit.id, hit.title, hit.url, hit.language) for hit in hits]


def _page(query: Query, words: Sequence[str], *, every: bool) -> tuple[int, tuple[Hit, ...]]:
    """(how many there are, those asked for), newest first; what a query wishes for goes before the rest."""
    total, keys, exact = 0, [], not query.should
    for kind in _kinds(query):
        count, found, all_told = _keys(kind, query, words, every=every)
        total, exact = total + count, exact and all_told
        keys += found
    # A capacity of that name leads on to everything about it.
    keys.sort(key=lambda pair: (not words or pair[0][0] != CAPACITY, -pair[1]))
    wanted = [
        key for key, _ in keys if key not in query.exclude and (query.only is None or key in query.only)
    ]
    if exact:
        total -= len(keys) - len(wanted)
        documents = _documents(wanted[query.offset : query.offset + query.limit])
        return total, tuple(_hit(one, query.language, query) for one in documents)
    documents = [one for one in _documents(wanted[:BUILT]) if _fits(one, query, words, every=every)]
    documents.sort(key=lambda one: -_wish(one, query))
    shown = documents[query.offset : query.offset + query.limit]
    return len(documents), tuple(_hit(one, query.language, query) for one in shown)


def _kinds(query: Query) -> list[str]:
    chosen = set(query.filters.get("kind", ())) or set(document_types())
    return [kind for kind in document_types() if kind in chosen and (not query.kinds or kind in query.kinds)]


def _words(query: Query) -> list[str]:
    """The words that carry the question, as they were typed."""
    found = query_words(query.text, query.language)
    telling = [word for word in found if not word.small] or found
    return list(dict.fromkeys(query.text[word.start : word.end] for word in telling))[:WORDS]


def _keys(
    kind: str, query: Query, words: Sequence[str], *, every: bool
) -> tuple[int, list[tuple[Key, float]], bool]:
    """(how many, their keys with a time, whether that is exactly what is asked for) of one kind."""
    made = document_type(kind)
    plain = made.plain() if made else None
    if made is None:
        return 0, [], True
    if plain is None:
        ids = list(islice((str(id) for id in made.ids()), BUILT))
        narrowed = bool(words or set(query.filters) - {"kind"})
        return len(ids), [((kind, id), 0.0) for id in ids], not narrowed
    rows, exact = _narrowed(plain, query, words, every=every)
    if plain.key == "pk" and not (words and any("__" in title for title in plain.titles)):
        found = rows.order_by(F(plain.newest).desc(nulls_last=True), plain.key)
        listed = list(found.values_list(plain.key, plain.newest)[:MOST])
    else:  # several rows may be one object
        grouped = rows.order_by().values_list(plain.key).annotate(plain_newest=Max(plain.newest))
        listed = list(grouped.order_by(F("plain_newest").desc(nulls_last=True), plain.key)[:MOST])
    return len(listed), [((kind, str(key)), _stamp(newest)) for key, newest in listed], exact


def _narrowed(plain: Plain, query: Query, words: Sequence[str], *, every: bool) -> tuple[Any, bool]:
    """The rows that the database can tell are asked for, and whether that is all there is to ask."""
    rows, exact = plain.rows, True
    asked = [_has(word, plain) for word in words]
    if asked:
        rows = rows.filter(_joined(asked, every=every))
    for facet, values in query.filters.items():
        if facet in plain.filters:
            rows = rows.filter(plain.filters[facet](values))
        elif facet != "kind":
            exact = False
    return rows, exact


def _has(word: str, plain: Plain) -> Q:
    # SQLite knows the case of ASCII letters only.
    forms = {word, word.lower(), word.capitalize(), word.upper()} if not word.isascii() else {word}
    places = [Q(**{f"{title}__icontains": form}) for title in plain.titles for form in forms]
    return _joined([*places, *([plain.words(word)] if plain.words else [])], every=False)


def _joined(parts: Sequence[Q], *, every: bool) -> Q:
    whole = Q()
    for part in parts:
        whole = whole & part if every else whole | part
    return whole


def _stamp(value: Any) -> float:
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, date):
        return datetime.combine(value, time(), tzinfo=timezone.get_default_timezone()).timestamp()
    return 0.0


def _documents(keys: Sequence[Key]) -> list[Document]:
    """The documents of these keys that may be shown, in that order; a room that fails has none."""
    by_kind: dict[str, list[str]] = {}
    for kind, id in keys:
        by_kind.setdefault(kind, []).append(id)
    found: dict[Key, Document] = {}
    for kind, ids in by_kind.items():
        made = document_type(kind)
        found |= {(kind, one.id): one for one in _built(made, ids)} if made else {}
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def _built(made: DocumentType, ids: Sequence[str]) -> Iterator[Document]:
    try:
        with translation.override(settings.LANGUAGE_CODE):
            yield from made.build(ids)
    except DatabaseError:
        raise
    except Exception as error:  # one room's mistake must not take the page away
        logger.error("Documents of kind %s could not be made: %s", made.kind, type(error).__name__)


def _fits(document: Document, query: Query, words: Sequence[str], *, every: bool) -> bool:
    """Whether a document is what is asked for: for what the database could not tell."""
    if words:
        names = [text.title for text in document.texts] + [
            w for text in document.texts for w in text.keywords
        ]
        said = "\n".join((*names, *(label.text for label in document.labels), *document.people)).casefold()
        if not (all if every else any)(word.casefold() in said for word in words):
            return False
    return all(
        set(values) & _values(document, facet) for facet, values in query.filters.items() if facet != "kind"
    )


def _values(document: Document, facet: str) -> set[str]:
    if facet == CAPACITY:
        return {*document.capacities, *document.broader}
    if facet == "language" and "language" not in document.facets:
        return {text.language for text in document.texts}
    return set(document.facets.get(facet, ()))


def _wish(document: Document, query: Query) -> float:
    """How much of what a query would like to see a document has."""
    return sum(
        weight
        for facet, wanted in query.should.items()
        for value, weight in wanted.items()
        if value in _values(document, facet)
    )


def _hit(document: Document, language: str, query: Query) -> Hit:
    """As the index would give it, without marks: the same card on the page."""
    # What is only searched, not shown, is left out: analysing a transcript takes longer than all the rest.
    texts = tuple(replace(text, body="", keywords=()) for text in document.texts)
    shown = replace(document, texts=texts, passages=(), labels=())
    asked = replace(query, language=language)
    return hit_of(entry_of(shown).source, "", score=_wish(document, query), query=asked, sought=None)
