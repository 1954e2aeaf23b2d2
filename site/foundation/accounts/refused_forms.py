"""The page for what was sent and cannot be taken: shows it, to be copied and sent again."""

from __future__ import annotations

import re
import sys
from types import ModuleType
from urllib.parse import urlsplit

from django.forms import BaseForm, Field, Textarea, TextInput
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

MOST_SHOWN = 100  # texts
SECRET = re.compile(r"passw|csrfmiddlewaretoken|secret", re.I)
# Keys, days, numbers and codes: chosen from a list or filled in by the page, not written by anybody.
NOT_WRITTEN = re.compile(r"[\w.:+-]*", re.ASCII)


def is_secret(name: str) -> bool:
    """Whether a field of this name is neither kept nor shown."""
    return SECRET.search(name) is not None


@never_cache
def copy_page(request: HttpRequest, *, status: int = 403) -> HttpResponse:
    """What was written in a form that is refused (403: its page was too old; 413: it is too long to be kept; 503: the
    database is away, so nothing here may ask it)."""
    context = {"texts": _texts(request), "form_url": came_from(request), "status": status}
    if status == 503:
        return HttpResponse(render_to_string("503.html", context), status=503)
    return render(request, "403_csrf.html", {**context, "too_long": status == 413}, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's view for a form without a good token (CSRF_FAILURE_VIEW)."""
    return copy_page(request)


def _texts(request: HttpRequest) -> list[tuple[str, str]]:
    """(label, text) of what somebody wrote; nothing where another site sent the form."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return []
    fields = _fields(request)
    found = [
        (str(getattr(fields.get(name), "label", "") or _("What you wrote")), value)
        for name, values in request.POST.lists()
        if not is_secret(name)
        for value in values
        if _was_written(value, fields.get(name))
    ]
    return found[:MOST_SHOWN]


def _was_written(value: str, field: Field | None) -> bool:
    """Whether somebody wrote this; where the field is not known, words tell."""
    if field is not None and isinstance(field.widget, TextInput | Textarea):
        return bool(value.strip())
    return not NOT_WRITTEN.fullmatch(value.strip())


def _fields(request: HttpRequest) -> dict[str, Field]:
    """Fields by name, from the forms that the module of the addressed view knows."""
    try:
        module = sys.modules.get(resolve(request.path_info).func.__module__)
    except Resolver404:
        return {}
    known = list(vars(module).values())
    for each in [each for each in known if isinstance(each, ModuleType) and ".forms" in each.__name__]:
        known += vars(each).values()
    forms = [each for each in known if isinstance(each, type) and issubclass(each, BaseForm)]
    return {name: field for form in forms for name, field in getattr(form, "base_fields", {}).items()}


def came_from(request: HttpRequest) -> str:
    """The page on which the form stood, if it is one of ours."""
    url = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
