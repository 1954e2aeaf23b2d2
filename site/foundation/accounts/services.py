"""What people write down of themselves in their account."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from foundation.accounts.models import User


def set_account(user: User, *, name: str, language: str, timezone: str) -> None:
    """What others call them, in which language they read the site, by which clock times are told."""
    user.name, user.language, user.timezone = name, language, timezone
    user.save(update_fields=["name", "language", "timezone"])


def set_address(user: User, *, before: str) -> None:
    """After an administrator has given an account another address: it is to be confirmed, and the one before it no
    longer leads into the account."""
    EmailAddress.objects.filter(user=user, email__iexact=before).delete()
    EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email).update(primary=False)
    EmailAddress.objects.update_or_create(
        user=user, email=user.email.lower(), defaults={"primary": True, "verified": False}
    )


def take_second_factor(user: User) -> None:
    """Takes all factors and codes of an account away: its person signs in without, and adds a new one."""
    Authenticator.objects.filter(user=user).delete()
