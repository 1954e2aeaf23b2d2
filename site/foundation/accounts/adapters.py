"""Where our accounts differ from allauth's: no user names, and a Wikimedia name that is kept."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib.auth.models import Group
from django.http import HttpRequest

from foundation.accounts.constants import Role
from foundation.accounts.models import User
from foundation.l10n.names import cleaned


def _join_members(user: User) -> None:
    group, _created = Group.objects.get_or_create(name=Role.MEMBER.value)
    user.groups.add(group)


class Here(NamedTuple):
    """What mails call this site."""

    name: str
    domain: str


def at_home(url: str) -> str:
    """An address of ours below BASE_URL, whatever host the request that made it named."""
    rest = urlunsplit(("", "", *urlsplit(url)[2:]))
    return settings.BASE_URL.rstrip("/") + "/" + rest.lstrip("/")


class AccountAdapter(DefaultAccountAdapter):
    """Every new account is a member; mails speak of BASE_URL only."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sends a mail. A request can name any host that reaches us: neither greeting nor links come from it."""
        ours: dict[str, Any] = {
            key: at_home(value) for key, value in context.items() if key.endswith("_url") and value
        }
        ours["current_site"] = Here(settings.SITE_NAME, urlsplit(settings.BASE_URL).netloc)
        super().send_mail(template_prefix, email, {**context, **ours})

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user = super().save_user(request, user, form, commit=commit)
        if commit:
            _join_members(user)
        return user

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """Accounts have no user name."""


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Keeps the Wikimedia user name beside the account."""

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        user = super().populate_user(request, sociallogin, data)
        name = str(sociallogin.account.extra_data.get("username") or data.get("username") or "")
        user.name = cleaned(name)[:150]
        user.wikimedia_name = name[:255]
        return user

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        user = super().save_user(request, sociallogin, form)
        _join_members(user)
        return user
