"""A list from the index as a page shows it: tabs, facets, chips, results, and ways to change what is asked.

Any address is an answer: what cannot be understood in it is left out. Catalogue and directory use the same
with their own kinds and facets.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.design.cards import Card
from foundation.kinds import registry
from search.api import find
from search.cards import card_from_hit
from search.query import empty_results
from search.query.facet_labels import FACET_WORDS, labels_of
from search.query.facet_tree import Branch, known_capacities, known_for_tree, narrowest, tree
from search.query.params import SearchParams, last_page
from search.types import CAPACITY, FacetValue, Hit, Query, Results, Sort

PER_PAGE = 20
MOST_OPTIONS = 24  # of one facet on a page
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


class ResultsList:
    """One list, read from the index when its results are first looked at.

    `parameters` is request.GET, `language` the reader's. `kinds` limits the list to some kinds (None: all there are) and
    `facets` names what can be chosen.
    """

    def __init__(
        self,
        parameters: QueryDict,
        language: str,
        *,
        kinds: tuple[str, ...] | None = None,
        facets: tuple[str, ...] = SHOWN_FACETS,
        per_page: int = PER_PAGE,
    ) -> None:
        self.language = language
        self.allowed = registry.names() if kinds is None else kinds
        self.limit_to = kinds or ()
        self.facet_names = facets
        self.per_page = per_page
        self._given = SearchParams.read(parameters, allowed=kinds)

    # What was asked

    @cached_property
    def asked(self) -> SearchParams:
        """What the address asks; of capacities within each other only the narrowest."""
        slugs = self._given.filters.get("capacity", ())
        if len(slugs) < 2:
            return self._given
        kept = narrowest(slugs, known_capacities(slugs, self.language))
        return replace(self._given, filters={**self._given.filters, "capacity": kept})

    @property
    def text(self) -> str:
        """The words asked for, in one line."""
        return self._given.text

    @property
    def kind(self) -> str:
        """The chosen tab; "" is all."""
        return self._given.kind

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """The chosen values of each facet, also of those that only a link sets."""
        return dict(self.asked.filters)

    @property
    def sort(self) -> Sort:
        """The chosen order."""
        return self._given.sort

    @property
    def asked_page(self) -> int:
        """The page asked for, from one."""
        return min(self._given.page, last_page(self.per_page))

    @property
    def is_asked(self) -> bool:
        """Whether anything narrows the list."""
        return self._given.narrows

    # What was found

    @cached_property
    def query(self) -> Query:
        """The question to the index."""
        return Query(
            text=self.text,
            language=self.language,
            kinds=self.asked.kinds or self.limit_to,
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
        if not results.hits and results.total and self.query.limit:
            last = (results.total - 1) // self.per_page
            results = find(replace(self.query, offset=last * self.per_page))
        return results

    def read(self) -> Self:
        """The same list with all answered that a page of it shows, so that no template asks the index."""
        answered: list[object] = [self.cards, self.tabs, self.facets, self.chips, self.hidden]
        if not self.total:
            answered += [self.nearest, self.wider]
        return self

    @property
    def total(self) -> int:
        """How many are found on all pages."""
        return self.results.total

    @property
    def page(self) -> int:
        """The page shown."""
        return min(self.asked_page, max((self.total - 1) // self.per_page + 1, 1))

    @property
    def ends_here(self) -> bool:
        """Whether this is the last page that is shown though more was found."""
        return self.page >= last_page(self.per_page) and self.page * self.per_page < self.total

    @cached_property
    def cards(self) -> list[Card]:
        """The results of this page."""
        return [card_from_hit(hit, language=self.language) for hit in self.results.hits]

    # Ways to change it

    def url(self, **changes: Any) -> str:
        """This list with parameters replaced (None takes one away), from its first page on."""
        return f"?{self.asked.parameters(**changes).urlencode()}"

    @cached_property
    def tabs(self) -> list[dict[str, Any]]:
        """The kinds that have answers, with how many."""
        counts = {value.value: value.count for value in self.results.facets.get("kind", [])}
        items = [
            {
                "label": _("All"),
                "url": self.url(kind=None),
                "count": sum(counts.get(kind, 0) for kind in self.allowed),
                "current": not self.asked.kinds,
            }
        ]
        for kind in self.allowed:
            if counts.get(kind) or kind in self.asked.kinds:
                items.append(
                    {
                        "label": str(registry.get(kind).plural),
                        "url": self.url(kind=kind),
                        "count": counts.get(kind, 0),
                        "current": kind == self.kind,
                    }
                )
        return items

    @cached_property
    def facets(self) -> list[dict[str, Any]]:
        """The facets that can narrow this list: {name, label} with either options or, for capacities, a tree."""
        shown: list[dict[str, Any]] = []
        for name in self.facet_names:
            values = self._worth_showing(name)
            facet = {"name": name, "label": FACET_WORDS[name]}
            if values and name == "capacity":
                shown.append({**facet, "tree": tree(values, self._capacities)})
            elif values:
                labels = self._labels(name)
                shown.append({**facet, "options": [_option(value, labels) for value in values]})
        return [facet for facet in shown if facet.get("options") or facet.get("tree")]

    @cached_property
    def chips(self) -> list[list[Chip]]:
        """What is chosen, a group for each facet; several kinds together are one too."""
        groups = []
        chosen = {"kind": self.asked.kinds, **self.filters} if len(self.asked.kinds) > 1 else self.filters
        for name, values in chosen.items():
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
        carried = [("kind", kind) for kind in self.asked.kinds]
        if self.sort != "relevance":
            carried.append(("sort", self.sort))
        shown = {
            (facet["name"], option["value"]) for facet in self.facets for option in facet.get("options", ())
        }
        shown |= {("capacity", value) for facet in self.facets for value in _values_in(facet.get("tree", ()))}
        carried += [
            (name, value)
            for name, values in self.filters.items()
            for value in values
            if (name, value) not in shown
        ]
        return carried

    @property
    def suggest_url(self) -> str:
        """What the box asks for suggestions: the kinds of this list, and capacities, which lead everywhere."""
        kinds = [("kind", kind) for kind in self.limit_to]
        kinds += [("kind", CAPACITY)] if kinds and CAPACITY not in self.allowed else []
        return reverse("search:suggest") + (f"?{urlencode(kinds)}" if kinds else "")

    # Where to go when this is too little

    @cached_property
    def suggestion_url(self) -> str:
        """This list with the words as the index knows them; "" where they are right."""
        better = self.results.suggestion
        return self.url(q=better) if better and better != self.text else ""

    @cached_property
    def nearest(self) -> Card | None:
        """The capacity that comes nearest to the words."""
        return empty_results.nearest_capacity(self.text, self.results.suggestion, self.language)

    @cached_property
    def wider(self) -> list[empty_results.Wider]:
        """The same words with fewer filters, or everywhere, where that finds something."""
        return empty_results.wider(self.query, self.asked, self.limit_to)

    @cached_property
    def post_need_url(self) -> str:
        """Where to ask people for what was not found; "" on a site without a directory."""
        return empty_results.post_need_url(self.text, self.filters.get("capacity", ()))

    # Ways to keep it

    @cached_property
    def kept(self) -> str:
        """What is asked as an address that means the same on the page over everything; "" for all there is."""
        return self.asked.parameters(kind=self.asked.kinds or self.limit_to or None).urlencode()

    @property
    def save_url(self) -> str:
        """The page that saves this search."""
        return f"{reverse('searches:new')}?{self.kept}"

    @property
    def atom_url(self) -> str:
        """What is new in this list, for feed readers."""
        return f"{reverse('search:atom')}?{self.kept}"

    @property
    def json_url(self) -> str:
        """This list for programs."""
        return f"{reverse('search:json')}?{self.kept}"

    # Labels

    def _worth_showing(self, name: str) -> list[FacetValue]:
        values = self.results.facets.get(name, [])
        chosen = [value for value in values if value.selected]
        useful = [value for value in values if value.selected or value.count]
        if not chosen and len(useful) < 2:
            return []
        return useful if name == "capacity" else useful[:MOST_OPTIONS]

    @cached_property
    def _capacities(self) -> dict[str, Hit]:
        """The capacities this page speaks of."""
        counted = [value.value for value in self.results.facets.get("capacity", [])]
        return known_for_tree(counted, self.filters.get("capacity", ()), self.language)

    @cached_property
    def _known_labels(self) -> dict[str, dict[str, str]]:
        return {}

    def _labels(self, name: str) -> dict[str, str]:
        if name not in self._known_labels:
            values = [*self.filters.get(name, ())]
            if name == "kind":
                values = list(self.asked.kinds)
            elif name != "capacity":
                values = [*(value.value for value in self._worth_showing(name)), *values]
            known = self._capacities if name == "capacity" and values else {}
            labels = {value: hit.title for value, hit in known.items() if value in values}
            missing = [value for value in values if value not in labels]
            self._known_labels[name] = labels | (labels_of(name, missing, self.language) if missing else {})
        return self._known_labels[name]


def _option(value: FacetValue, labels: dict[str, str]) -> dict[str, Any]:
    return {
        "value": value.value,
        "label": labels.get(value.value, value.value),
        "count": value.count,
        "selected": value.selected,
    }


def _values_in(branches: list[Branch]) -> list[str]:
    return [value for branch in branches for value in (branch.value, *_values_in(branch.children))]
