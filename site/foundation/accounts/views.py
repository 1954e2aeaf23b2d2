"""One's own account: name, language, time zone; signing in and safety; taking one's data away; leaving."""

from __future__ import annotations

import contextlib
from typing import Any, cast

from allauth.account import app_settings as account_settings
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.stages import LoginStageController
from allauth.account.views import ConfirmEmailView
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa import app_settings
from allauth.mfa.base import views as mfa_views
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib import messages
from django.contrib.auth import logout
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from foundation.accounts import sessions, tokens
from foundation.accounts.adapters import JOINS
from foundation.accounts.auth import prove_first, signed_in_lately
from foundation.accounts.decorators import member_button, member_form, member_page, typed
from foundation.accounts.forms import AccountForm, LeaveForm
from foundation.accounts.models import BrowserSession, User
from foundation.accounts.permissions import has_second_factor, lacks_second_factor
from foundation.accounts.personal_data import erase, export
from foundation.accounts.services import set_account


@never_cache
def admin_door(request: HttpRequest) -> HttpResponse:
    """Where the admin sends whoever may not come in: strangers sign in, others are told that it is not theirs.

    Sent to the sign-in page, somebody who is signed in would be sent back at once, and so round and round.
    """
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?{request.GET.urlencode()}")
    if request.user.has_perm("wagtailadmin.access_admin"):
        return redirect("wagtailadmin_home")
    raise PermissionDenied


@member_form
def account(request: HttpRequest) -> HttpResponse:
    """Name, language and time zone."""
    user = cast(User, request.user)
    form = AccountForm(typed(request), instance=user)
    if request.method == "POST" and form.is_valid():
        set_account(user, **form.cleaned_data)
        messages.success(request, _("Your account is saved."))
        return redirect("accounts:account")
    return render(request, "accounts/pages/account.html", {"form": form})


@member_page
def privacy(request: HttpRequest) -> HttpResponse:
    """What we keep of you, and the ways to take it away or end it."""
    return render(request, "accounts/pages/privacy.html", {"form": LeaveForm()})


@member_page
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Where somebody who has neither password nor second factor here proves who they are."""
    connected = SocialAccount.objects.filter(user=cast(User, request.user)).exists()
    return render(request, "accounts/pages/sign_in_again.html", {"connected": connected})


@member_button
@require_POST
@prove_first
def download(request: HttpRequest) -> HttpResponse:
    """Everything that belongs to this account, as a file."""
    user = cast(User, request.user)
    response = HttpResponse(export(user), content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="my-data-{timezone.localdate()}.json"'
    get_adapter().send_notification_mail("account/email/data_downloaded", user)
    return response


@member_button
@require_POST
@prove_first
def leave(request: HttpRequest) -> HttpResponse:
    """Deletes the account for good, after a tick."""
    user = cast(User, request.user)
    form = LeaveForm(request.POST)
    if not form.is_valid():
        return render(request, "accounts/pages/privacy.html", {"form": form}, status=400)
    get_adapter().send_notification_mail("account/email/account_deleted", user)
    logout(request)
    erase(User.objects.get(pk=user.pk))
    messages.success(request, _("Your account and what belonged to it are deleted."))
    return redirect("/")


def authenticate(request: HttpRequest) -> HttpResponseBase:
    """The second step of signing in. Somebody whose factor was taken away meanwhile begins anew: allauth sends them to
    the first step, which sends them back, and so round and round."""
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    if stage is not None and not has_second_factor(stage.login.user):
        answer: HttpResponseBase = stage.abort()
        return answer
    return mfa_views.authenticate(request)


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
        "may_connect": bool(get_social_adapter().list_providers(request)),
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


class ConfirmEmail(ConfirmEmailView):
    """A button that confirms an address. Whoever looks through a mail for dangers opens its links: that changes nothing,
    not even who is signed in. A second press says that it is done."""

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """The button, or what became of it."""
        self.object = EmailConfirmationHMAC.from_key(self.kwargs["key"])
        return self.render_to_response(self.get_context_data())

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Confirms, once."""
        if EmailConfirmationHMAC.from_key(self.kwargs["key"]) is None:
            return self.get(*args, **kwargs)
        return super().post(*args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With `done`: the link is a true one, and its address is confirmed."""
        done = False
        if self.object is None:
            with contextlib.suppress(signing.BadSignature):
                days = account_settings.EMAIL_CONFIRMATION_EXPIRE_DAYS
                pk = signing.loads(self.kwargs["key"], max_age=days * 86400, salt=account_settings.SALT)
                done = EmailAddress.objects.filter(pk=pk, verified=True).exists()
        return {**super().get_context_data(**kwargs), "done": done}


@never_cache
def confirm_code(request: HttpRequest) -> HttpResponse:
    """The page after signing up: a mail is on its way, and here its code is typed."""
    wrong = ""
    if request.method == "POST":
        answer, address = tokens.check(request, request.POST.get("code", ""))
        if address is not None:
            key = EmailConfirmationHMAC(address).key
            return ConfirmEmail.as_view()(request, key=key)
        wrong = (
            _("This is not the code of the newest mail to you. Look at its six digits again.")
            if answer is tokens.Answer.WRONG
            else _("This code no longer works. Sign in, and we send you a new one.")
        )
    return render(
        request,
        "account/verification_sent.html",
        {"wrong": wrong, "typed": request.POST.get("code", "")},
        status=400 if wrong else 200,
    )
