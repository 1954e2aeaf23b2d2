"""Changes that could not be written into the index: what an administrator can do about them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.accounts.constants import Role
from search.models import OutboxEntry, OutboxQuerySet
from search.outbox import nudge


def may_look_after(user: Any) -> bool:
    """Administrators only: the list tells which hidden objects there are, by their numbers."""
    return bool(user.is_authenticated and user.has_role(Role.ADMINISTRATOR))


def troubled() -> OutboxQuerySet:
    """What was given up, first, and what failed and will be tried again; the newest failure first."""
    return OutboxEntry.objects.troubled().order_by("-dead", "-tried", "-id")


def try_again(ids: Iterable[int]) -> int:
    """Write these at once, with all their tries before them; answers how many there were."""
    with transaction.atomic():
        rows = list(troubled().filter(pk__in=ids).values_list("pk", flat=True))
        OutboxEntry.objects.filter(pk__in=rows).update(
            dead=False, attempts=0, begun=0, next_try=timezone.now()
        )
        transaction.on_commit(lambda: nudge(rows))
    return len(rows)


def drop(ids: Iterable[int]) -> int:
    """Forget these; answers how many there were. The nightly comparison finds again what still differs."""
    count, _by_model = troubled().filter(pk__in=ids).delete()
    return count
