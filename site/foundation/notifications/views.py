"""The feed, the preferences and the one-click stop."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from foundation.accounts.decorators import member_button, member_form, member_page, typed
from foundation.accounts.models import User
from foundation.notifications import services
from foundation.notifications.forms import PreferencesForm
from foundation.notifications.models import Delivery, Notification, Preference
from foundation.notifications.recipients import clear_trouble, own_trouble
from foundation.notifications.registry import GROUPS

PAGE_SIZE = 30


@member_page
def feed(request: HttpRequest) -> HttpResponse:
    """Everything this person was told, newest first."""
    page = Paginator(Notification.objects.filter(user=request.user), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    return render(request, "notifications/pages/feed.html", {"page": page})


@member_button
def open_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks one as read and goes where it points."""
    row = get_object_or_404(Notification, pk=pk, user=request.user)
    services.mark_read(row)
    if row.url and url_has_allowed_host_and_scheme(row.url, allowed_hosts=None):
        return redirect(row.address)
    return redirect("notifications:feed")


@member_button
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Marks all as read."""
    services.mark_all_read(cast(User, request.user))
    return redirect("notifications:feed")


@member_form
def preferences(request: HttpRequest) -> HttpResponse:
    """Choose, for each group of things, how to hear of it."""
    user = cast(User, request.user)
    form = PreferencesForm(typed(request), user=user)
    if request.method == "POST" and form.is_valid():
        services.set_preferences(user, form.cleaned_data)
        messages.success(request, _("Your choices are saved."))
        return redirect("notifications:preferences")
    return render(request, "notifications/pages/preferences.html", {"form": form})


@csrf_exempt
@never_cache
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stops e-mails of one kind, or the one e-mail a day. The secret in the address stands for the person; POST does it
    (RFC 8058), since whoever looks through a mail for dangers opens every link in it."""
    preference = get_object_or_404(Preference, token=token)
    of_digest = "digest" in request.GET
    if request.method == "POST":
        if of_digest:
            services.stop_digest(preference.user)
        else:
            services.stop_mails(preference)
    stopped = preference.delivery == Delivery.SITE
    if of_digest:
        stopped = not Preference.objects.filter(user=preference.user, delivery=Delivery.DAILY).exists()
    group = "" if of_digest else GROUPS.get(preference.group, "")
    return render(
        request,
        "notifications/pages/unsubscribe.html",
        {"stopped": stopped, "group": group, "of_digest": of_digest},
    )


@member_button
@require_POST
def try_address_again(request: HttpRequest) -> HttpResponse:
    """Its owner says that mail arrives again at an address of theirs."""
    address = request.POST.get("address", "")
    if own_trouble(cast(User, request.user)).filter(address=address.lower()).exists():
        clear_trouble(address)
    messages.success(request, _("We send e-mails to this address again."))
    return redirect("accounts:account")
