"""What an address asks of a list: words, kinds, filters, order, page. Reading it never fails.

What cannot be understood is left out, what is too long is cut, so any address is an answer. Written back
(`parameters`), the same question always gives the same address: that is what saved searches and feeds keep.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from foundation.kinds import registry
from search.analysis import printable
from search.types import FACETS, MAX_OFFSET, MAX_TEXT, MAX_VALUES, Sort

LONGEST_VALUE = 80
# As the sentence of chips says them; the others follow.
SPOKEN_ORDER = ("language", "format", "length", "region", "capacity", "asset")
FILTERS = tuple(name for name in dict.fromkeys((*SPOKEN_ORDER, *FACETS)) if name != "kind")
SORTS: tuple[Sort, ...] = ("relevance", "recent", "soon")


@dataclass(frozen=True)
class SearchParams:
    """One question to a list, taken from an address. `page` counts from one; `kinds` empty means all allowed."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = "relevance"
    page: int = 1

    @classmethod
    def read(cls, given: QueryDict, *, allowed: Sequence[str] | None = None) -> SearchParams:
        """The question in an address (request.GET) to a list that shows the kinds `allowed`; None shows all."""
        allowed = registry.names() if allowed is None else allowed
        kinds = tuple(kind for kind in dict.fromkeys(given.getlist("kind")) if kind in allowed)
        return cls(
            text=search_words(given.get("q", "")),
            kinds=() if set(kinds) == set(allowed) else kinds,
            filters={name: values for name in FILTERS if (values := _values(given.getlist(name)))},
            sort=next((name for name in SORTS if name == given.get("sort", "")), "relevance"),
            page=_number(given.get("page", "")),
        )

    @property
    def kind(self) -> str:
        """The one kind asked for; "" where it is all of them, or several."""
        return self.kinds[0] if len(self.kinds) == 1 else ""

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for at all."""
        return bool(self.text or self.filters or self.kinds)

    def parameters(self, **changes: Any) -> QueryDict:
        """The address's query of the first page, with parameters replaced; None takes one away."""
        query = QueryDict(mutable=True)
        if self.text:
            query["q"] = self.text
        if self.kinds:
            query.setlist("kind", list(self.kinds))
        for name, values in self.filters.items():
            query.setlist(name, list(values))
        if self.sort != "relevance":
            query["sort"] = self.sort
        for name, value in changes.items():
            if value is None:
                query.pop(name, None)
            else:
                query.setlist(name, list(value) if isinstance(value, tuple) else [str(value)])
        return query


def search_words(text: str) -> str:
    """Words as they can be asked for: in one line, without what no index can hold, at most MAX_TEXT long."""
    return " ".join(printable(text[: MAX_TEXT * 4]).split())[:MAX_TEXT].strip()


def last_page(per_page: int) -> int:
    """The deepest page that is answered; what is further down nobody finds by turning pages."""
    return MAX_OFFSET // per_page


def _values(given: Iterable[str]) -> tuple[str, ...]:
    values = (printable(value).strip() for value in given if len(value) <= LONGEST_VALUE)
    return tuple(dict.fromkeys(value for value in values if value))[:MAX_VALUES]


def _number(asked: str) -> int:
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1
    return max(number, 1)
