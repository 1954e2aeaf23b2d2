"""What people write down of themselves in their account."""

from __future__ import annotations

from foundation.accounts.models import User


def set_account(user: User, *, name: str, language: str, timezone: str) -> None:
    """What others call them, in which language they read the site, by which clock times are told."""
    user.name, user.language, user.timezone = name, language, timezone
    user.save(update_fields=["name", "language", "timezone"])
