"""One's own account: name, language, time zone; taking one's data away; leaving."""

from __future__ import annotations

from typing import cast

from allauth.account.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from foundation.accounts.decorators import member_button, member_form, member_page, typed
from foundation.accounts.forms import AccountForm, LeaveForm
from foundation.accounts.models import User
from foundation.accounts.personal_data import erase, export
from foundation.accounts.reauthentication import prove_first
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
