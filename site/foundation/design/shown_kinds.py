"""What a view says of its page: of which kinds of things it shows anything, so that a change of others leaves
the page where it is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

View = TypeVar("View", bound=Callable[..., Any])


def shows(*kinds: str) -> Callable[[View], View]:
    """View decorator, the outermost: at its plain address, without anything asked, the page shows these kinds alone."""

    def declare(view: View) -> View:
        view.shows = frozenset(kinds)  # type: ignore[attr-defined]
        return view

    return declare


def shown_kinds(request: HttpRequest) -> frozenset[str] | None:
    """The kinds that the page of an answered request shows; None where that may be any."""
    match = request.resolver_match
    if match is None or request.GET:
        return None
    return getattr(match.func, "shows", None)
