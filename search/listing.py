"""A list from the index as a page shows it: what was asked in the address, tabs, facets, chips, results.

Any address is an answer: what cannot be understood in it is left out. Catalogue and directory can
use the same with their own kinds and facets.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.design.cards import Card
from search.analysis import printable
from search.cards import card_from_hit
from search.labels import FACET_WORDS, KIND_WORDS, labels_of
from search.port import FACETS, KINDS, MAX_OFFSET, MAX_TEXT, MAX_VALUES, FacetValue, Query, Results, Sort
from search.services import find

PER_PAGE = 20
LONGEST_VALUE = 80
MOST_OPTIONS = 40  # of one facet on a page
SHOWN_FACETS = ("language", "format", "length", "region", "capacity", "asset")
SORTS: dict[Sort, str | Promise] = {
    "relevance": gettext_lazy("best answer"),
    "recent": gettext_lazy("newest"),
    "soon": gettext_lazy("what begins soonest"),
}


@dataclass(frozen=True)
class Chip:
    """A chosen filter; following `url` takes it away."""

    facet: str
    label: str
    url: str


class SearchList:
    """One list, read from the index when its results are first looked at.

    `parameters` is request.GET, `language` the reader's. `kinds` limits the list to some kinds and
    `facets` names what can be chosen.
    """

    def __init__(
        self,
        parameters: QueryDict,
        language: str,
        *,
        kinds: tuple[str, ...] = KINDS,
        facets: tuple[str, ...] = SHOWN_FACETS,
        per_page: int = PER_PAGE,
    ) -> None:
        self.parameters = parameters
        self.language = language
        self.allowed = kinds
        self.facet_names = facets
        self.per_page = per_page

    # What was asked

    @cached_property
    def text(self) -> str:
        """The words asked for, in one line."""
        return " ".join(printable(self.parameters.get("q", "")[: MAX_TEXT * 4]).split())[:MAX_TEXT]

    @cached_property
    def kind(self) -> str:
        """The chosen tab; "" is all."""
        asked = self.parameters.get("kind", "")
        return asked if asked in self.allowed else ""

    @cached_property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """The chosen values of each facet, also of those that only a link sets."""
        chosen = {}
        for name in dict.fromkeys((*SHOWN_FACETS, *FACETS)):  # as the sentence of chips says them
            values = [
                printable(value) for value in self.parameters.getlist(name) if 0 < len(value) <= LONGEST_VALUE
            ]
            if values and name != "kind":
                chosen[name] = tuple(dict.fromkeys(values))[:MAX_VALUES]
        return chosen

    @cached_property
    def sort(self) -> Sort:
        """The chosen order."""
        asked = self.parameters.get("sort", "")
        return next((name for name in SORTS if name == asked), "relevance")

    @cached_property
    def asked_page(self) -> int:
        """The page asked for, from one; what is no number is the first."""
        asked = self.parameters.get("page", "")
        number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1
        return min(max(number, 1), MAX_OFFSET // self.per_page)

    @property
    def is_asked(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.text or self.filters or self.kind)

    # What was found

    @cached_property
    def query(self) -> Query:
        """The question to the index."""
        return Query(
            text=self.text,
            language=self.language,
            kinds=(self.kind,) if self.kind else self.allowed if self.allowed != KINDS else (),
            filters=self.filters,
            facets=("kind", *self.facet_names),
            sort=self.sort,
            offset=(self.asked_page - 1) * self.per_page,
            limit=self.per_page,
        )

    @cached_property
    def results(self) -> Results:
        """The answer; a page beyond the end answers with the last one."""
        results = find(self.query)
        if not results.hits and results.total:
            last = (results.total - 1) // self.per_page
            results = find(replace(self.query, offset=last * self.per_page))
        return results

    @property
    def total(self) -> int:
        """How many are found on all pages."""
        return self.results.total

    @property
    def page(self) -> int:
        """The page shown."""
        return min(self.asked_page, max((self.total - 1) // self.per_page + 1, 1))

    @cached_property
    def cards(self) -> list[Card]:
        """The results of this page."""
        return [card_from_hit(hit, language=self.language) for hit in self.results.hits]

    # Ways to change it

    def url(self, **changes: Any) -> str:
        """This list with parameters replaced (None takes one away), from its first page on."""
        query = self._clean()
        for name, value in changes.items():
            if value is None:
                query.pop(name, None)
            else:
                query.setlist(name, list(value) if isinstance(value, tuple) else [str(value)])
        return f"?{query.urlencode()}"

    @cached_property
    def tabs(self) -> list[dict[str, Any]]:
        """The kinds that have answers, with how many."""
        counts = {value.value: value.count for value in self.results.facets.get("kind", [])}
        items = [
            {
                "label": _("All"),
                "url": self.url(kind=None),
                "count": sum(counts.get(kind, 0) for kind in self.allowed),
                "current": not self.kind,
            }
        ]
        for kind in self.allowed:
            if counts.get(kind) or kind == self.kind:
                items.append(
                    {
                        "label": str(KIND_WORDS[kind]),
                        "url": self.url(kind=kind),
                        "count": counts.get(kind, 0),
                        "current": kind == self.kind,
                    }
                )
        return items

    @cached_property
    def facets(self) -> list[dict[str, Any]]:
        """The facets that can narrow this list, each with its options."""
        shown = []
        for name in self.facet_names:
            values = self._worth_showing(name)
            if values:
                labels = self._labels(name)
                options = [
                    {
                        "value": value.value,
                        "label": labels.get(value.value, value.value),
                        "count": value.count,
                        "selected": value.selected,
                    }
                    for value in values
                ]
                shown.append({"name": name, "label": FACET_WORDS[name], "options": options})
        return shown

    @cached_property
    def chips(self) -> list[list[Chip]]:
        """What is chosen, a group for each facet."""
        groups = []
        for name, values in self.filters.items():
            labels = self._labels(name)
            groups.append(
                [
                    Chip(name, labels[value], self.url(**{name: tuple(v for v in values if v != value)}))
                    for value in values
                ]
            )
        return groups

    @cached_property
    def sorts(self) -> list[dict[str, Any]]:
        """The orders one can choose."""
        return [
            {
                "label": str(words),
                "url": self.url(sort=None if name == "relevance" else name),
                "current": name == self.sort,
            }
            for name, words in SORTS.items()
        ]

    @cached_property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form must carry along because none of its fields holds it."""
        fields = [("kind", self.kind), ("sort", self.sort if self.sort != "relevance" else "")]
        carried = [(name, value) for name, value in fields if value]
        shown = {(facet["name"], option["value"]) for facet in self.facets for option in facet["options"]}
        carried += [
            (name, value)
            for name, values in self.filters.items()
            for value in values
            if (name, value) not in shown
        ]
        return carried

    def _clean(self) -> QueryDict:
        """The address of the first page with only what was understood."""
        query = QueryDict(mutable=True)
        if self.text:
            query["q"] = self.text
        if self.kind:
            query["kind"] = self.kind
        for name, values in self.filters.items():
            query.setlist(name, list(values))
        if self.sort != "relevance":
            query["sort"] = self.sort
        return query

    def _worth_showing(self, name: str) -> list[FacetValue]:
        values = self.results.facets.get(name, [])
        chosen = [value for value in values if value.selected]
        useful = [value for value in values if value.selected or value.count]
        return useful[:MOST_OPTIONS] if chosen or len(useful) > 1 else []

    @cached_property
    def _known_labels(self) -> dict[str, dict[str, str]]:
        return {}

    def _labels(self, name: str) -> dict[str, str]:
        if name not in self._known_labels:
            values = [*(value.value for value in self._worth_showing(name)), *self.filters.get(name, ())]
            self._known_labels[name] = labels_of(name, values, self.language)
        return self._known_labels[name]
