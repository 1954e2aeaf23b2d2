"""Where one is in a long list, and addresses with a changed query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict


@dataclass(frozen=True)
class Place:
    """A page of a list: counts from one; `previous` and `next` are query strings or ""."""

    first: int
    last: int
    total: int
    size: int
    previous: str
    next: str

    @property
    def several(self) -> bool:
        return bool(self.previous or self.next)

    @property
    def coming(self) -> int:
        """How many the next page shows."""
        return min(self.size, self.total - self.last)


def changed(query: QueryDict | None, **changes: Any) -> str:
    """A query string with parameters replaced, or taken away by None. "?" alone clears the address's query."""
    new = query.copy() if query is not None else QueryDict(mutable=True)
    for name, value in changes.items():
        if value is None:
            new.pop(name, None)
        elif isinstance(value, list | tuple):
            new.setlist(name, [str(one) for one in value])
        else:
            new[name] = str(value)
    return f"?{new.urlencode()}"


def place(listed: Any, page: int | None, per_page: int, query: QueryDict | None) -> Place:
    """Of a Django Page, or of anything with `.total`; then the number is `page`, or the query's "page"."""
    if isinstance(listed, Page):
        number, total, size = listed.number, listed.paginator.count, listed.paginator.per_page
    else:
        number, total, size = page or _number(query), listed.total, per_page
    last = min(number * size, total)
    return Place(
        first=min((number - 1) * size + 1, total),
        last=last,
        total=total,
        size=size,
        previous=changed(query, page=number - 1 if number > 2 else None) if number > 1 else "",
        next=changed(query, page=number + 1) if last < total else "",
    )


def _number(query: QueryDict | None) -> int:
    asked = query.get("page", "") if query is not None else ""
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 9 else 1
