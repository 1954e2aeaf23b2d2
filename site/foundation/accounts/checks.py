"""Refuses to run a public site with the demo's accounts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

DEMO_DOMAIN = "@demo.example"


@register(Tags.security, deploy=True)
@register(Tags.database)
def no_demo_accounts(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[Error]:
    """An error where demo accounts exist and the settings do not allow them."""
    if settings.DEMO_CONTENT:
        return []
    from foundation.accounts.models import User

    try:
        if User._meta.db_table not in connection.introspection.table_names():
            return []
        found = User.objects.filter(email__endswith=DEMO_DOMAIN, is_active=True).exists()
    except DatabaseError:
        return []
    if not found:
        return []
    return [
        Error(
            "Demo accounts with published passwords exist in this database.",
            hint="Start with an empty database, or delete every account whose address ends in @demo.example.",
            id="accounts.E001",
        )
    ]


@register(Tags.security)
def proxies_are_counted(app_configs: Any, **kwargs: Any) -> list[Error]:
    """An error where the number of proxies cannot be right: tries would be counted for all together, or for nobody."""
    behind, count = bool(settings.SECURE_PROXY_SSL_HEADER), settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if behind and count < 1:
        return [
            Error(
                "The site stands behind a proxy, and no proxy is trusted: everybody would share one count of tries.",
                hint="Set TRUSTED_PROXIES to how many proxies of yours stand before the site, or BEHIND_PROXY=0.",
                id="accounts.E002",
            )
        ]
    if not behind and count != 0:
        return [
            Error(
                "No proxy stands before the site, and one is trusted: anybody could say to be somebody else.",
                hint="Leave TRUSTED_PROXIES out, or set BEHIND_PROXY=1 where there is a proxy.",
                id="accounts.E003",
            )
        ]
    return []


def refuse_demo_accounts() -> None:
    """For the web server's door, which runs no checks. Raises ImproperlyConfigured where the check finds something."""
    for error in no_demo_accounts(None):
        raise ImproperlyConfigured(f"{error.msg} {error.hint}")
