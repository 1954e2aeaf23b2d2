"""Items of the editors' menu that not everybody sees."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from foundation.accounts.models import User


def shown_to(may_see: Callable[[User], bool]) -> type[MenuItem]:
    """A kind of item that stands in the menu of those of whom `may_see` is true."""

    class GuardedMenuItem(MenuItem):
        """Whether somebody may open the page itself, its view decides."""

        def is_shown(self, request: HttpRequest) -> bool:
            return isinstance(request.user, User) and bool(may_see(request.user))

    return GuardedMenuItem
