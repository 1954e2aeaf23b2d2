"""Pages for what went wrong."""

from __future__ import annotations

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.defaults import server_error as plain_server_error
from wagtail.views import serve

from exchange.home.presenters.dashboard import dashboard
from foundation.accounts.refused_forms import copy_page

COME_BACK = 20  # seconds


def front(request: HttpRequest) -> HttpResponse:
    """The first page: what is one's own for who is signed in, the page of the tree for everybody else.

    Editors get the page of the tree too (it shows them their own things as well), for its link to edit it.
    """
    language = get_language() or settings.LANGUAGE_CODE
    user = request.user
    if user.is_authenticated and not user.has_desk and language in dict(settings.INTERFACE_LANGUAGES):
        return render(request, "home/pages/home_signed_in.html", dashboard(user, language))
    return serve(request, "")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is no such page."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke on our side; the page must not depend on what broke.

    Where that is the database (restarted, away, or held by another for too long) it comes back: 503, and what was typed.
    """
    if _is_database_away(sys.exc_info()[1]):
        response = copy_page(request, status=503)
        response.headers["Retry-After"] = str(COME_BACK)
        return response
    return plain_server_error(request)


def _is_database_away(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            return True
        error = error.__cause__
    return False
