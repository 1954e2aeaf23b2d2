"""A Query as Elasticsearch's query language: the same clauses and weights as in `tantivy_queries`.

Only what every build has: no script, no plugin, no language analyzer, no rank feature.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from search.analysis import STORED_PREFIX, QueryWord, typed_prefixes
from search.engines import weights
from search.engines.index_schema import NO_START, key_of, whole_of
from search.engines.query_plan import Wording
from search.types import FACETS, Query

Clause = dict[str, Any]
TEXT_FIELDS = tuple(weights.FIELDS)
FACET_FIELDS = tuple(f"f_{name}" for name in (*FACETS, "direct"))
FACET_SIZE = 10_000  # values counted of one facet; a log line tells when there are more
EVERYTHING: Clause = {"match_all": {}}
NOTHING: Clause = {"match_none": {}}
BY_SCORE = [{"_score": "desc"}, {"key": "asc"}]
BY_SUGGESTED = [{"_score": "desc"}, {"suggested": "desc"}, {"key": "asc"}]
BY_CHANGE = [{"updated": "desc"}, {"key": "asc"}]
BY_START = [{"starts": "asc"}, {"key": "asc"}]


def facet_field(name: str) -> str:
    """The field that holds a facet's values."""
    return f"f_{name}"


def scored(query: Clause) -> Clause:
    """The query with each score multiplied by the object's prior."""
    factor = {"field": "prior", "missing": 1.0}
    return {"function_score": {"query": query, "field_value_factor": factor, "boost_mode": "multiply"}}


def constant(query: Clause, score: float) -> Clause:
    """A condition that adds a fixed score."""
    return {"constant_score": {"filter": query, "boost": max(score, 0.0)}}


def any_of(field: str, values: Iterable[str]) -> Clause:
    """Objects with one of the values."""
    return {"terms": {field: list(values)}}


def begun_as(field: str, spellings: Iterable[str]) -> Clause:
    """Objects with a word, in a field of beginnings, that begins as one of the spellings."""
    return _either(
        [
            {"term" if len(spelling) <= STORED_PREFIX else "prefix": {field: {"value": spelling}}}
            for spelling in spellings
        ]
    )


def first_of_groups(query: Query, sources: Sequence[str]) -> Clause:
    """The first `limit` of each group of kinds, as an aggregation."""
    groups = [any_of(facet_field("kind"), group) for group in query.groups]
    first: Clause = {"size": query.limit, "sort": BY_SCORE, "track_scores": True}
    first["_source"] = {"includes": list(sources)}
    return {"filters": {"filters": groups}, "aggs": {"first": {"top_hits": first}}}


class CompiledQuery:
    """A query in one wording as the body of a search.

    Filters of facets that are counted act after the counting, and each count is made with all filters
    but the facet's own: so one request tells what choosing any value would show.
    """

    def __init__(self, query: Query, wording: Wording) -> None:
        self.query = query
        self.wording = wording
        self.words = wording.words
        self.filters: dict[str, Clause] = {}
        chosen = {**query.filters, **({"kind": query.kinds} if query.kinds else {})}
        for name, values in chosen.items():
            if values:
                self.filters[name] = any_of(facet_field(name), values)
        self._after = {name: clause for name, clause in self.filters.items() if name in query.facets}

    def chosen(self, facet: str) -> frozenset[str]:
        """The values of a facet the query asks for."""
        values = self.query.filters.get(facet, ())
        return frozenset((*values, *self.query.kinds) if facet == "kind" else values)

    def body(self, *, also: Clause | None = None) -> Clause:
        """Query, counts and filters of a search; `also` narrows the hits and leaves the counts."""
        after = [*self._after.values(), *([also] if also else [])]
        return {
            "query": scored(self._whole()),
            "aggs": {name: self._count(name) for name in self.query.facets},
            **({"post_filter": {"bool": {"filter": after}}} if after else {}),
        }

    def _count(self, facet: str) -> Clause:
        others = [clause for name, clause in self._after.items() if name != facet]
        values = {"terms": {"field": facet_field(facet), "size": FACET_SIZE}}
        return {"filter": {"bool": {"filter": others}} if others else EVERYTHING, "aggs": {"values": values}}

    def _whole(self) -> Clause:
        query = self.query
        if query.text and not self.words:
            return NOTHING  # only signs: nothing has them
        must: list[Clause] = [self._text()] if self.words else []
        should: list[Clause] = []
        wishes = list(self._wishes())
        if wishes and not self.words and not self.filters:
            must.append(_either(wishes))
        else:
            should += [_either(wishes)] if wishes else []
            if not self.words:
                must.append(EVERYTHING)  # a base score for the prior to work on
        clauses: Clause = {"must": must, "should": should}
        clauses["filter"] = [clause for name, clause in self.filters.items() if name not in self._after]
        if query.only is not None:
            clauses["filter"].append(any_of("key", sorted(key_of(kind, id) for kind, id in query.only)))
        if query.exclude:
            clauses["must_not"] = [any_of("key", sorted(key_of(kind, id) for kind, id in query.exclude))]
        return {"bool": clauses}

    def _wishes(self) -> Iterator[Clause]:
        beside_text = weights.SHOULD_BESIDE_TEXT if self.words else 1.0
        for facet, wanted in self.query.should.items():
            if facet not in FACETS:
                continue
            for value, weight in wanted.items():
                yield constant({"term": {facet_field(facet): value}}, weight * beside_text)
                if facet == "capacity":
                    direct = weight * beside_text * weights.DIRECT_CAPACITY
                    yield constant({"term": {"f_direct": value}}, direct)

    def _text(self) -> Clause:
        wording = self.wording
        telling = [self._word(word) for word in wording.telling]
        main = {"bool": {"should": telling, "minimum_should_match": wording.required}}
        whole = whole_of(" ".join(word.exact[0] for word in self.words))
        should = [self._word(word, weights.SMALL_WORD) for word in wording.small]
        should += [self._letter(letter) for letter in wording.letters]
        should += self._phrases()
        should.append(constant({"term": {"whole": whole}}, weights.WHOLE_TITLE))
        text = {"bool": {"must": [main, *self._quoted()], "should": should}}
        if not wording.also:
            return text
        also = any_of("key", [key_of(kind, id) for kind, id in wording.also])
        return _either([text, constant(also, weights.ALSO)])

    def _word(self, word: QueryWord, boost: float = 1.0) -> Clause:
        """One word over all fields: the stem finds, the exact form lifts, and each field adds what it says."""
        places = []
        for field, (stemmed, exact) in weights.FIELDS.items():
            places += [_boosted(field, word.forms, stemmed), _boosted(f"{field}_exact", word.exact, exact)]
            if word.near:
                places.append(_boosted(field, word.near, stemmed * weights.NEAR))
        return {"bool": {"should": places, "minimum_should_match": 1, "boost": boost}}

    def _letter(self, letter: str) -> Clause:
        """A single character beside its pair, over the stems of all fields: it lifts, and finds nothing."""
        return _either(
            [
                _boosted(field, (letter,), stemmed * weights.LETTER)
                for field, (stemmed, _) in weights.FIELDS.items()
            ]
        )

    def _phrases(self) -> Iterator[Clause]:
        if 2 <= len(self.words) <= weights.PHRASE_LONGEST:
            for field, weight in (("title", weights.PHRASE_TITLE), ("body", weights.PHRASE_BODY)):
                yield _phrase(field, self.words, slop=weights.PHRASE_SLOP, boost=weight)

    def _quoted(self) -> Iterator[Clause]:
        """What stands in quotation marks must stand so in some field."""
        for words in self.wording.quoted:
            yield _either([_phrase(field, words) for field in TEXT_FIELDS])


def _either(clauses: list[Clause]) -> Clause:
    return clauses[0] if len(clauses) == 1 else {"bool": {"should": clauses, "minimum_should_match": 1}}


def _boosted(field: str, forms: Sequence[str], weight: float) -> Clause:
    terms = [{"term": {field: {"value": form, "boost": weight}}} for form in forms]
    return terms[0] if len(terms) == 1 else {"dis_max": {"queries": terms}}


def _phrase(field: str, words: Sequence[QueryWord], *, slop: int = 0, boost: float = 1.0) -> Clause:
    text = " ".join(word.exact[0] for word in words)
    return {"match_phrase": {f"{field}_exact": {"query": text, "slop": slop, "boost": boost}}}


def nearest(vector: Any, limit: int) -> Clause:
    """Objects with a vector near to this one; the graph of vectors is searched wide enough to miss few."""
    numbers = [round(float(number), 5) for number in vector]
    wide = min(limit * 4, 10_000)
    return {"field": "meanings.vector", "query_vector": numbers, "k": limit, "num_candidates": wide}


def coming() -> Clause:
    """What starts from today on."""
    today = int(time.time()) // 86_400 * 86_400
    return {"range": {"starts": {"gte": today, "lt": NO_START}}}


def same_copy(query: Query) -> str:
    """A name for the copies of the shards that answer this question.

    Two copies of a shard count deleted documents differently, so the pages of one question must come
    from the same, and different questions from different ones.
    """
    asked = f"{query.text}\0{query.language}\0{sorted(query.filters.items())}\0{query.kinds}"
    return hashlib.sha1(asked.encode(), usedforsecurity=False).hexdigest()[:8]


def suggestions(text: str, language: str, kinds: Sequence[str]) -> Clause | None:
    """Objects with words that begin as every typed word does; None when nothing was typed."""
    typed = typed_prefixes(text, language)[:8]
    if not typed:
        return None
    having = [begun_as("prefixes", word) for word in typed]
    if kinds:
        having.append(any_of("f_kind", kinds))
    return {"bool": {"filter": having, "should": [constant(begun_as("openings", typed[0]), 1.0)]}}
