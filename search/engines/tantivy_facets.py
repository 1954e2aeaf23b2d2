"""Counting the values of facets in a tantivy index, in whichever of two ways is faster.

Few objects: look up the values of each (an aggregation over fast fields, 10 to 50 ns a value, since most
objects have several). Many: for every value, count which of the objects that have it were found (a walk over
the postings of the field "tally", 1 ns a value, whatever was found). Both are exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future

import tantivy

from search.analysis import QueryWord
from search.engines.facets import facet_values
from search.engines.tantivy_queries import TEXT_FIELDS, Asked, facet_field
from search.port import FACETS, FacetValue

TALLY = "tally"
WALKED_ALONE = frozenset({"capacity", "country"})  # in a field of their own: many values, or seldom asked for
# Owners are as many as people: their values would be most of the field.
TALLIED = frozenset(FACETS) - WALKED_ALONE - {"owner"}
WALKED_FROM = 12  # one found in so many objects, and the walk over all values is the faster way
BESIDE_FROM = 20_000  # objects of an index in which counting takes longer than handing it to a thread
MOST_VALUES = 2_000  # values counted of one facet; the taxonomy has some hundred

Counts = dict[str, dict[str, int]]


def tallied(kind: str, facets: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """The terms of the field "tally" for an object."""
    yield f"kind:{kind}"
    for name, values in facets.items():
        if name in TALLIED:
            for value in values:
                yield f"{name}:{value}"


class Counting:
    """The facets of a question, counted beside the search itself where `threads` are given.

    A facet is counted without its own filter: what choosing the value would show.
    """

    def __init__(self, searcher: tantivy.Searcher, asked: Asked, threads: Executor | None) -> None:
        self._searcher = searcher
        self._asked = asked
        self._begun: list[Future[Counts]] | None = None
        if threads and searcher.num_docs >= BESIDE_FROM:
            self._begun = [threads.submit(count, searcher, *part) for part in self._parts(asked)]

    def cancel(self) -> None:
        """Begin nothing more: the question is asked in other words."""
        for future in self._begun or ():
            future.cancel()

    def facets(self) -> dict[str, list[FacetValue]]:
        """The values of each facet."""
        counted: Counts = {}
        if self._begun is not None:
            for future in self._begun:
                counted |= future.result()
        else:
            for part in self._parts(self._asked):
                counted |= count(self._searcher, *part)
        asked = self._asked
        return {name: facet_values(counted[name], asked.chosen(name)) for name in asked.query.facets}

    def _parts(self, asked: Asked) -> list[tuple[tantivy.Query, list[str], bool]]:
        facets = asked.query.facets
        filtered = [name for name in facets if asked.is_filtered(name)]
        groups: list[tuple[str | None, list[str]]] = [(name, [name]) for name in filtered]
        groups.append((None, [name for name in facets if name not in filtered]))
        parts = []
        for without, names in groups:
            whole, many = asked.whole(without=without, scored=False), self._are_many(asked, without)
            parts += [
                (whole, together, many) for together in (_walks(names) if many else [names]) if together
            ]
        return parts

    def _are_many(self, asked: Asked, without: str | None) -> bool:
        """Whether so many may be found that walking is faster; at most as many as have the rarest condition."""
        found = [self._searcher.num_docs]
        telling = [self._most(word) for word in asked.wording.telling]
        if telling:
            found.append(min(telling) if asked.wording.required == len(telling) else max(telling))
        for name in FACETS:
            chosen = asked.chosen(name)
            if chosen and name != without:
                found.append(sum(self._searcher.doc_freq(facet_field(name), value) for value in chosen))
        return min(found) * WALKED_FROM > self._searcher.num_docs

    def _most(self, word: QueryWord) -> int:
        """How many objects have the word where most have it."""
        places = [(field, form) for field in TEXT_FIELDS for form in word.forms]
        places += [(f"{field}_exact", form) for field in TEXT_FIELDS for form in word.exact]
        return max((self._searcher.doc_freq(field, form) for field, form in places), default=0)


def count(searcher: tantivy.Searcher, whole: tantivy.Query, names: Sequence[str], many: bool) -> Counts:
    """How many of what `whole` finds have each value of the facets `names`."""
    counted: Counts = {name: {} for name in names}
    if many:
        for walk in _walks(names):
            if walk[0] in TALLIED:
                prefix = f"{walk[0]}:" if len(walk) == 1 else ""
                for term, number in searcher.terms_with_prefix(TALLY, prefix, whole, None):
                    name, _, value = term.partition(":")
                    if name in counted and number:
                        counted[name][value] = number
            elif walk[0] in WALKED_ALONE:
                found = searcher.terms_with_prefix(facet_field(walk[0]), "", whole, None)
                counted[walk[0]] = {value: number for value, number in found if number}
    looked_up = [name for name in names if not many or name not in TALLIED | WALKED_ALONE]
    if looked_up:
        request = {name: {"terms": {"field": facet_field(name), "size": MOST_VALUES}} for name in looked_up}
        answer = searcher.aggregate(whole, request)
        for name in looked_up:
            counted[name] = {bucket["key"]: int(bucket["doc_count"]) for bucket in answer[name]["buckets"]}
    return counted


def _walks(names: Sequence[str]) -> list[list[str]]:
    """The facets that are counted together in one walk; each of the larger ones alone, beside it."""
    alone = [[name] for name in names if name not in TALLIED]
    return [walk for walk in (*alone, [name for name in names if name in TALLIED]) if walk]
