"""What the frame around every page shows of notifications."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest

from foundation.notifications.services import unread_count


def unread(request: HttpRequest) -> dict[str, Callable[[], int]]:
    """`unread`: how many notifications the signed-in person has not opened. Counted when a template first asks."""

    @cache
    def count() -> int:
        user = getattr(request, "user", None)
        return unread_count(user) if user is not None and user.is_authenticated else 0

    return {"unread": count}
