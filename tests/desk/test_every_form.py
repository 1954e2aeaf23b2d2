"""No form of the admin is without somebody who has gone through it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from tests.desk.elsewhere import ELSEWHERE, OTHERS
from tests.desk.stories import STORIES


def addresses() -> Iterator[str]:
    """The names of all addresses of the admin that take something."""

    def walk(patterns: list[Any], names: tuple[str, ...], path: str) -> Iterator[str]:
        for entry in patterns:
            here = path + str(entry.pattern)
            if isinstance(entry, URLResolver):
                inner = (*names, entry.namespace) if entry.namespace else names
                yield from walk(entry.url_patterns, inner, here)
            elif here.startswith("admin/") and entry.name and takes_something(entry.callback):
                yield ":".join((*names, entry.name))

    yield from walk(get_resolver().url_patterns, (), "")


def takes_something(view: Any) -> bool:
    """Whether a view answers to a form that is sent; of a function nobody knows."""
    inner = inspect.unwrap(view)
    known = getattr(view, "view_class", None) or getattr(inner, "view_class", None)
    return known is None or hasattr(known, "post")


def test_every_form_has_a_story() -> None:
    found = set(addresses())
    told = set(OTHERS).union(*(story.told for story in STORIES))
    assert sorted(found - told - set(ELSEWHERE)) == []
    assert sorted((told | set(ELSEWHERE)) - found) == [], "this is not there any more"
