"""What page models show, by dotted names: views and presenters import the models, so no model imports them.

A name is looked up at the first request; the check in foundation/design/checks.py finds those that lead nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from wagtail.contrib.routable_page.models import path


class ByName:
    """A function that is imported when it is first called. `every` are all that the code names."""

    every: ClassVar[list[ByName]] = []

    def __init__(self, name: str) -> None:
        self.name = name
        self.every.append(self)

    @cached_property
    def function(self) -> Callable[..., Any]:
        """The function itself. Raises ImportError where the name leads nowhere."""
        found: Callable[..., Any] = import_string(self.name)
        return found

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.function(*args, **kwargs)


def page_route(pattern: str, view: str, *, name: str) -> Callable[..., HttpResponse]:
    """A route of a routable page, shown by the view of that dotted name, which gets the page and the request."""
    named = ByName(view)

    def show(page: Any, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = named(page, request, **kwargs)
        return response

    routed: Callable[..., HttpResponse] = path(pattern, name=name)(show)
    return routed


# Opening an address changes nothing that others see and nothing that cannot be undone: whoever looks through mails for
# dangers, and browsers that fetch ahead, open every link. These alone write when they are opened, each by its name and
# the table ("" stands for any address), for the signed-in person and nobody else; a test opens all addresses and finds
# the others.
WRITES_WHEN_OPENED = {
    ("notifications:open", "notifications_notification"): "what they were told is marked as read",
    (
        "account_email",
        "account_emailaddress",
    ): "the address of their account, where it was not in the list yet",
    ("", "wagtailusers_userprofile"): "how they like the admin, made when it is first asked for",
}
