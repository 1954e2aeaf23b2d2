"""Who reads what is told in trust: administrators whom it does not concern."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from foundation.accounts.constants import Role
from foundation.accounts.models import User


def administrators() -> list[User]:
    """All who hold the role, by name; two queries at most, however many there are."""
    rows = User.objects.filter(
        Q(groups__name=Role.ADMINISTRATOR.value) | Q(is_superuser=True), is_active=True
    )
    return sorted(rows.distinct(), key=lambda user: (str(user).casefold(), user.pk))


def readers_without(left_out: Iterable[User | int | None]) -> list[User]:
    """The administrators who are not among these accounts (rows, or their keys)."""
    keys = {row.pk if isinstance(row, User) else row for row in left_out}
    return [user for user in administrators() if user.pk not in keys]
