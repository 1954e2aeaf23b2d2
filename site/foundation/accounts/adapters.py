"""Where our accounts differ from allauth's: no user names, and a Wikimedia name that is kept."""

from __future__ import annotations

import base64
import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core import context as current
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.core.internal.httpkit import clean_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from foundation.accounts import tokens
from foundation.accounts.auth import has_no_proof_of_its_own, signed_in_lately
from foundation.accounts.constants import Role
from foundation.accounts.mail import written
from foundation.accounts.models import User
from foundation.accounts.permissions import lacks_second_factor
from foundation.l10n.names import cleaned, site_name

JOINS = "joins"  # in the session: what Wikimedia has told of somebody whose account is not joined yet
NOBODY = "0.0.0.0"  # noqa: S104  # an address that nobody has
# Codes alone are good for no longer; a mail that is later says nothing.
CODE_LASTS = timedelta(minutes=15)


def _join_members(user: User) -> None:
    group, _created = Group.objects.get_or_create(name=Role.MEMBER.value)
    user.groups.add(group)


class AccountAdapter(DefaultAccountAdapter):
    """Every new account is a member; mails speak of BASE_URL only."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sends a mail. A request can name any host that reaches us: neither greeting nor links come from it."""
        message = written(template_prefix, email, context)
        if "code" in context and not context.get("activate_url"):
            message.until = timezone.now() + CODE_LASTS  # type: ignore[attr-defined]
        message.send()

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """With a link and, for whoever is not signed in and so has the page for it open, with a code to type."""
        address = emailconfirmation.email_address
        context = {
            "user": address.user,
            "activate_url": self.get_email_confirmation_url(request, emailconfirmation),
        }
        if not request.user.is_authenticated:
            context["code"] = tokens.new(request, address)
        name = "email_confirmation_signup" if signup else "email_confirmation"
        self.send_mail(f"account/email/{name}", address.email, context)

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user = super().save_user(request, user, form, commit=commit)
        if commit:
            _join_members(user)
        return user

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Who needs a second factor and has none is led to where one is added, and from there to where they were going."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if lacks_second_factor(user):
            return redirect(
                f"{reverse('accounts:safety')}?{urlencode({'next': response.headers['Location']})}"
            )
        return response

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """Accounts have no user name."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where a request comes from, as the outermost proxy of ours saw it. One that did not come through all of them
        is known by whom we see ourselves; behind a socket that is nobody."""
        try:
            return str(super().get_client_ip(request))
        except (ImproperlyConfigured, PermissionDenied):
            return str(clean_client_ip(request.META.get("REMOTE_ADDR", "")) or NOBODY)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """allauth takes an account without password and second factor for proven: ours signs in once more."""
        request = current.request
        if has_no_proof_of_its_own(request.user) and not signed_in_lately(request):
            raise ReauthenticationRequired
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways to prove who one is, the usual one first. Never none for somebody who is signed in."""
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if found or not user.is_authenticated:
            return found
        return [
            {"id": "again", "description": _("Sign in once more"), "url": reverse("accounts:sign_in_again")}
        ]

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tells somebody what was done with their account, in their language."""
        with translation.override(user.language or translation.get_language()):
            super().send_notification_mail(template_prefix, user, {"user": user, **(context or {})}, email)


class MFAAdapter(DefaultMFAAdapter):
    """Second factors bear the site's name, and what they are checked with is kept encrypted."""

    def _get_site_name(self) -> str:
        return site_name()

    def encrypt(self, text: str) -> str:
        """With a key made from SECRET_KEY: a copy of the database alone is worth nothing."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What was encrypted, also under one of SECRET_KEY_FALLBACKS. Under a key that is gone nothing can be checked: no
        code is right until an administrator has taken the factor away."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()


def _cipher() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    made = (salted_hmac("exchange.accounts.mfa", "", key, algorithm="sha256").digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in made])


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Keeps the Wikimedia user name beside the account."""

    def get_app(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:
        """There is no such page where this site has no sign-in by Wikimedia."""
        from allauth.socialaccount.models import SocialApp
        from django.http import Http404

        try:
            return super().get_app(request, provider, client_id)
        except SocialApp.DoesNotExist:
            raise Http404 from None

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        user = super().populate_user(request, sociallogin, data)
        name = str(sociallogin.account.extra_data.get("username") or data.get("username") or "")
        user.name = cleaned(name)[:150]
        user.wikimedia_name = name[:255]
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """An account that has this address already is joined only by who signs in to it: an address that Wikimedia
        knows is no key to ours. What came from Wikimedia waits in the session meanwhile."""
        request.session.pop(JOINS, None)
        known = [each for each in sociallogin.email_addresses if filter_users_by_email(each.email)]
        if sociallogin.is_existing or not known or sociallogin.state.get("process") != AuthProcess.LOGIN:
            return
        request.session[JOINS] = sociallogin.serialize()
        messages.info(
            request,
            _(
                "There is an account with the address of your Wikimedia account. Sign in to it, and join the two."
            ),
        )
        raise ImmediateHttpResponse(
            redirect(f"{reverse('account_login')}?{urlencode({'next': reverse('accounts:join')})}")
        )

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        user = super().save_user(request, sociallogin, form)
        _join_members(user)
        return user
