"""Who needs a second factor, and who has one."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings

DOOR = "wagtailadmin.access_admin"
# Recovery codes are for the day on which one of these is lost; alone they are none.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(user: Any) -> bool:
    """Whether this account is safe from who knows the password alone."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def needs_second_factor(user: Any) -> bool:
    """Whether the site asks it of this person: everybody who may enter the editors' admin."""
    return bool(settings.SECOND_FACTOR_AT_THE_DESK and user.is_authenticated and user.has_perm(DOOR))


def lacks_second_factor(user: Any) -> bool:
    """Whether this person has to add one before they go on."""
    return needs_second_factor(user) and not has_second_factor(user)
