"""Whole pages for people who are not signed in, kept until anything they show is changed.

A page is stored only where nothing in it can belong to a person: the request carried no session, the
response sets no cookie, holds no form token and says nothing against being shared. Every stored page
belongs to a generation; a change of anything that pages show begins the next generation, so one number
purges all pages at once, in every process.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.cache import has_vary_header

from search import services as search

GENERATION = "exchange.pages.generation"
DEFAULT_SECONDS = 300
LONGEST_ADDRESS = 300
# What nobody who is not signed in ever sees on a page. Anything not named here begins a new generation.
NEVER_SHOWN = {
    "accounts",
    "account",
    "auth",
    "contenttypes",
    "django_q",
    "jobs",
    "notifications",
    "search",
    "sessions",
    "socialaccount",
    "wagtailsearch",
    "wagtailusers",
    "workflow",
}
NEVER_SHOWN_MODELS = {
    "directory.exchange",
    "learning.attempt",
    "learning.completion",
    "learning.progress",
    "learning.study",
    "mentoring.hoursentry",
    "mentoring.mentoringrequest",
    "mentoring.proposal",
    "mentoring.thanks",
    "wagtailcore.comment",
    "wagtailcore.modellogentry",
    "wagtailcore.pagelogentry",
    "wagtailcore.pagesubscription",
    "wagtailcore.referenceindex",
    "wagtailcore.revision",
    "wagtailcore.taskstate",
    "wagtailcore.workflowstate",
}


def generation() -> str:
    """The number under which pages are kept now."""
    found = cache.get(GENERATION)
    if found is None:
        found = str(time.time_ns())
        cache.add(GENERATION, found, None)
        found = cache.get(GENERATION, found)
    return str(found)


def begin_generation() -> None:
    """Forgets every stored page. A time in nanoseconds never repeats, so an old page cannot come back."""
    cache.set(GENERATION, str(time.time_ns()), None)


def something_changed(sender: type[models.Model], **kwargs: Any) -> None:
    """Signal receiver: a change of what pages show takes effect when it is committed."""
    if kwargs.get("raw") or not shown_in_public(sender):
        return
    connection = transaction.get_connection()
    if connection.in_atomic_block:
        # Several changes in one transaction need one new generation.
        if begin_generation not in [entry[1] for entry in connection.run_on_commit]:
            transaction.on_commit(begin_generation)
        return
    begin_generation()


def shown_in_public(model: type[models.Model]) -> bool:
    """Whether a row of this model may stand on a page that everybody sees."""
    options = model._meta
    return options.app_label not in NEVER_SHOWN and options.label_lower not in NEVER_SHOWN_MODELS


def connect() -> None:
    """Listens to every model; called once when the site starts."""
    for signal in (models.signals.post_save, models.signals.post_delete, models.signals.m2m_changed):
        signal.connect(something_changed, dispatch_uid="exchange.home.cache")
    from search import signals

    signals.index_changed.connect(index_changed, dispatch_uid="exchange.home.cache")


def index_changed(sender: Any, **kwargs: Any) -> None:
    """Lists are read from the index, which follows a change a moment later."""
    begin_generation()


class AnonymousPageCache:
    """Serves pages that carry nothing personal from the cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.seconds = int(getattr(settings, "PAGE_CACHE_SECONDS", DEFAULT_SECONDS))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.seconds or not may_ask(request):
            return self.get_response(request)
        key = key_of(request)
        stored = cache.get(key)
        if stored is not None:
            content, headers = stored
            response = HttpResponse(content)
            for name, value in headers.items():
                response.headers[name] = value
            response.headers["X-Page-Cache"] = "hit"
            return response
        missed = search.missed()
        response = self.get_response(request)
        # A page that was made without the index is for this moment only.
        seconds = min(self.seconds, allowed_seconds(request, response)) if search.missed() == missed else 0
        if seconds > 0:
            cache.set(key, (response.content, dict(response.headers)), seconds)
        return response


def may_ask(request: HttpRequest) -> bool:
    """Whether a request may be answered with a page that others get too."""
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "HTTP_AUTHORIZATION" not in request.META
        and len(request.get_full_path()) <= LONGEST_ADDRESS
        and not request.path.startswith(("/admin/", "/healthz/", "/media/", "/documents/"))
    )


def allowed_seconds(request: HttpRequest, response: HttpResponse) -> int:
    """For how long the page may be kept; 0 where it may be personal or says so itself."""
    control = response.headers.get("Cache-Control", "")
    personal = (
        response.status_code != 200
        or response.streaming
        or not response.headers.get("Content-Type", "").startswith("text/html")
        or response.cookies
        # A form token belongs to one visitor. Where the visitor brought the cookie we cannot tell, so no.
        or request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        or settings.CSRF_COOKIE_NAME in request.COOKIES
        or any(word in control for word in ("no-store", "no-cache", "private"))
        or (hasattr(request, "user") and request.user.is_authenticated)
        or (hasattr(request, "session") and request.session.modified)
    )
    if personal or (
        has_vary_header(response, "Cookie") and request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    ):
        return 0
    for part in control.split(","):
        name, _, value = part.strip().partition("=")
        if name == "max-age" and value.isdigit():
            return int(value)
    return DEFAULT_SECONDS


def key_of(request: HttpRequest) -> str:
    """One key for each address, host, compression and generation."""
    gzip = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    text = f"{generation()} {request.scheme} {request.get_host()} {request.get_full_path()} {gzip}"
    return "exchange.page." + hashlib.sha256(text.encode()).hexdigest()
