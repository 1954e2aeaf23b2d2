"""Counting the values of facets in a tantivy index, in whichever of two ways is faster.

Few objects: look up the values of each (an aggregation over fast fields, 10 to 50 ns a value, since most
objects have several). Many: for every value, count which of the objects that have it were found (a walk over
the postings of the field "tally", 1 ns a value, whatever was found). Both are exact.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from functools import lru_cache

import tantivy

from search.engines.base import facet_values
from search.engines.tantivy.query import CompiledQuery, facet_field
from search.types import FACETS, FacetValue

TALLY = "tally"
# Facets with few values in all: an object's values of these are one term together, one step of the walk.
TOGETHER = {"1": ("kind", "length", "type"), "2": ("asset", "format", "method")}
SINGLY = ("capacity", "language", "region")
# Countries are many and seldom asked for: walked in the field that holds them. Owners are as many as people.
APART = "country"
WALKED = frozenset((*SINGLY, APART, *(name for names in TOGETHER.values() for name in names)))
HALF = frozenset({"capacity", "region", APART})  # about as many values as all others
FACET, VALUE = "\x1e", "\x1f"  # stand between facets, and between values of one
FEW = 3  # places of the field that are walked one by one, of five
CODE = "\x1d"  # stands around the number of a blank, at which the engine would cut a term
_BLANKS = re.compile("[^\\S\x1c-\x1f]|[\x1d]")
_CODED = re.compile(f"{CODE}([0-9a-f]+){CODE}")
WALKED_FROM = 12  # one found in so many objects, and the walk over all values is the faster way
BESIDE_FROM = 20_000  # objects of an index in which counting takes longer than handing it to a thread
MOST_VALUES = 2_000  # values counted of one facet; the taxonomy has some hundred

Counts = dict[str, dict[str, int]]


def tallied(kind: str, facets: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """The terms of the field "tally" for an object, none of which has a blank."""
    for name in SINGLY:
        for value in facets.get(name, ()):
            yield _term(name, value)
    values = {**facets, "kind": (kind,)}
    for number, names in TOGETHER.items():
        term = FACET.join([VALUE.join(sorted(values.get(name, ()))) for name in names])
        if term.strip(FACET):
            yield _term(number, term)


@lru_cache(maxsize=20_000)
def _term(place: str, value: str) -> str:
    return f"{place}:{_BLANKS.sub(_code, value)}"


def _code(found: re.Match[str]) -> str:
    return f"{CODE}{ord(found.group()):x}{CODE}"


def _decoded(value: str) -> str:
    return _CODED.sub(lambda found: chr(int(found.group(1), 16)), value) if CODE in value else value


class Counting:
    """The facets of a question, counted beside the search itself where `threads` are given.

    A facet is counted without its own filter: what choosing the value would show.
    """

    def __init__(self, searcher: tantivy.Searcher, asked: CompiledQuery, threads: Executor | None) -> None:
        self._searcher = searcher
        self._asked = asked
        self._parts = self._taken_apart()
        self._begun: list[Future[Counts]] = []
        if threads and searcher.num_docs >= BESIDE_FROM:
            self._begun = [threads.submit(count, searcher, *part) for part in self._parts]

    def cancel(self) -> None:
        """Begin nothing more: the question is asked in other words, most likely for good."""
        for future in self._begun:
            future.cancel()

    def facets(self) -> dict[str, list[FacetValue]]:
        """The values of each facet."""
        counted: Counts = {}
        for number, part in enumerate(self._parts):
            begun = self._begun[number] if self._begun else None
            if begun is None or begun.cancelled():
                counted |= count(self._searcher, *part)
            else:
                counted |= begun.result()
        asked = self._asked
        return {name: facet_values(counted[name], asked.chosen(name)) for name in asked.query.facets}

    def _taken_apart(self) -> list[tuple[tantivy.Query, list[str], bool]]:
        """What is counted by itself: (what is found, facets, whether that may be much)."""
        asked = self._asked
        facets = asked.query.facets
        filtered = [name for name in facets if asked.is_filtered(name)]
        groups: list[tuple[str | None, list[str]]] = [(name, [name]) for name in filtered]
        groups.append((None, [name for name in facets if name not in filtered]))
        parts: list[tuple[tantivy.Query, list[str], bool]] = []
        for without, names in groups:
            if not names:
                continue
            whole, many = asked.whole(without=without, scored=False), self._are_many(without)
            if not many:
                parts.append((whole, names, many))
                continue
            # Without words it is cheap to tell what is found: then two walks at once take half the time.
            aside = HALF if not asked.words else {APART}
            halves = (
                [name for name in names if name not in aside],
                [name for name in names if name in aside],
            )
            parts += [(whole, some, many) for some in halves if some]
        return parts

    def _are_many(self, without: str | None) -> bool:
        """Whether so many may be found that walking is faster; at most as many as have the rarest condition."""
        asked = self._asked
        found = [asked.at_most]
        for name in FACETS:
            chosen = asked.chosen(name)
            if chosen and name != without:
                found.append(sum(self._searcher.doc_freq(facet_field(name), value) for value in chosen))
        return min(found) * WALKED_FROM > self._searcher.num_docs


def count(searcher: tantivy.Searcher, whole: tantivy.Query, names: Sequence[str], many: bool) -> Counts:
    """How many of what `whole` finds have each value of the facets `names`."""
    walked = [name for name in names if many and name in WALKED]
    counted = _walk(searcher, whole, walked) if walked else {}
    looked_up = [name for name in names if name not in counted]
    if looked_up:
        request = {name: {"terms": {"field": facet_field(name), "size": MOST_VALUES}} for name in looked_up}
        answer = searcher.aggregate(whole, request)
        for name in looked_up:
            counted[name] = {bucket["key"]: int(bucket["doc_count"]) for bucket in answer[name]["buckets"]}
    return counted


def _walk(searcher: tantivy.Searcher, whole: tantivy.Query, names: Sequence[str]) -> Counts:
    counted: dict[str, Counter[str]] = {name: Counter() for name in names}
    if APART in counted:
        counted[APART].update(dict(searcher.terms_with_prefix(facet_field(APART), "", whole, None)))
    inside = [name for name in names if name != APART]
    places = sorted({_place(name) for name in inside})
    for prefix in [f"{place}:" for place in places] if len(places) <= FEW else [""]:
        for term, number in searcher.terms_with_prefix(TALLY, prefix, whole, None):
            place, _, rest = term.partition(":")
            if place in TOGETHER:
                for name, values in zip(TOGETHER[place], rest.split(FACET), strict=True):
                    if name in counted and values:
                        for value in values.split(VALUE):
                            counted[name][_decoded(value)] += number
            elif place in counted:
                counted[place][_decoded(rest)] = number
    return {
        name: {value: number for value, number in found.items() if number} for name, found in counted.items()
    }


def _place(name: str) -> str:
    """How the terms begin that tell of a facet."""
    return next((number for number, names in TOGETHER.items() if name in names), name)
