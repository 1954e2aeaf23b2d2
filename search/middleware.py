"""What a page asks of the search room, asked once."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from search.visibility import looked_at_once


class OneLookAtWaitingChanges:
    """A page puts up to eight questions to the index; what waits for the index is read for the first of them.

    Only where the request changes nothing: a change has to be seen by the question that follows it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with looked_at_once():
            return self.get_response(request)
