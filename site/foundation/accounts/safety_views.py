"""The page "Signing in and safety": the ways in, the recovery codes, and where one is signed in."""

from __future__ import annotations

from typing import cast

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from foundation.accounts import sessions
from foundation.accounts.adapters import JOINS
from foundation.accounts.decorators import member_button, member_page
from foundation.accounts.models import BrowserSession, User
from foundation.accounts.reauthentication import signed_in_lately
from foundation.accounts.second_factor import lacks_second_factor


@member_page
def safety(request: HttpRequest) -> HttpResponse:
    """The ways in, the recovery codes as a number, and where one is signed in."""
    user = cast(User, request.user)
    factors = list(Authenticator.objects.filter(user=user).order_by("created_at"))
    codes = next((each for each in factors if each.type == Authenticator.Type.RECOVERY_CODES), None)
    context = {
        "address": EmailAddress.objects.filter(user=user, primary=True).first(),
        "passkeys": [each for each in factors if each.type == Authenticator.Type.WEBAUTHN],
        "app": next((each for each in factors if each.type == Authenticator.Type.TOTP), None),
        "codes": codes,
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
        "codes_made": app_settings.RECOVERY_CODE_COUNT,
        "wikimedia": SocialAccount.objects.filter(user=user).first(),
        "may_connect": bool(get_adapter().list_providers(request)),
        "sessions": sessions.of(user),
        "here": request.session.session_key,
        "lacks": lacks_second_factor(user),
        "next_url": _going_on(request) if len(factors) and not lacks_second_factor(user) else "",
    }
    return render(request, "accounts/pages/safety.html", context)


@member_button
def join(request: HttpRequest) -> HttpResponse:
    """Joins the Wikimedia account with which somebody came, once they have signed in to the account that they have."""
    user = cast(User, request.user)
    waiting = request.session.get(JOINS)
    if waiting is None:
        return redirect("accounts:safety")
    found = SocialLogin.deserialize(waiting)
    if request.method != "POST":
        return render(request, "accounts/pages/join.html", {"name": found.account.extra_data.get("username")})
    if not signed_in_lately(request):
        raise ReauthenticationRequired
    del request.session[JOINS]
    found.lookup()
    if found.is_existing:
        messages.error(request, _("This Wikimedia account is joined to another account."))
    else:
        found.connect(request, user)
        messages.success(request, _("Your Wikimedia account is joined. You sign in with either."))
    return redirect("accounts:safety")


@member_button
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Signs one browser out."""
    rows = BrowserSession.objects.filter(user=cast(User, request.user))
    row = rows.filter(pk=pk).exclude(session_key=request.session.session_key).first()
    if row is not None:
        sessions.end([row])
    messages.success(request, _("This browser is signed out."))
    return redirect("accounts:safety")


@member_button
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Signs out everywhere but here."""
    count = sessions.end_others(request, cast(User, request.user))
    said = ngettext("%(count)s browser is signed out.", "%(count)s browsers are signed out.", count)
    messages.success(request, said % {"count": count})
    return redirect("accounts:safety")


def _going_on(request: HttpRequest) -> str:
    """Where somebody was going when they were sent here to add a second factor."""
    address = request.GET.get("next", "")
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}) else ""
