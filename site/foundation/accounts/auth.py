"""An open session is not enough to take an account: what could is for who has proved in the last minutes who they are.

allauth asks for the password or a second factor again. It takes an account that has neither for proven; ours, which
come from Wikimedia alone, sign in there once more.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import (
    get_reauthentication_flows,
    is_reauthentication_required,
)
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from foundation.accounts.refused_forms import is_secret

View = Callable[..., HttpResponseBase]
TOKEN = "csrfmiddlewaretoken"  # noqa: S105  # its name


def signed_in_lately(request: HttpRequest) -> bool:
    """Whether this session began, or was proved, a few minutes ago."""
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    return bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


def has_no_proof_of_its_own(user: Any) -> bool:
    """An account without password and second factor."""
    return user.is_authenticated and not get_reauthentication_flows(user)


def prove_first(view: View) -> View:
    """A view for who has proved lately who they are; others do so first and come back to what they were about.

    A form with a new password in it is not kept meanwhile: it is typed again.
    """

    @wraps(view)
    def for_the_proven(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and is_reauthentication_required(request, app=""):
            if any(value and is_secret(name) and name != TOKEN for name, value in request.POST.items()):
                messages.warning(
                    request, _("Nothing was saved. Say once more who you are, then write it again.")
                )
                [first, *_others] = get_adapter().get_reauthentication_methods(request.user)
                return redirect(f"{first['url']}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}")
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return for_the_proven
