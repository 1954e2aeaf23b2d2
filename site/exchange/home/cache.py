"""Whole pages for people who are not signed in, kept until anything they show is changed.

A page is stored only where nothing in it can belong to a person: the request carried no session, the
response sets no cookie, holds no form token and says nothing against being shared. Every stored page
belongs to a generation; a change of anything that pages show begins the next generation, so one number
purges all pages at once, in every process.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable
from typing import Any, cast

from django.conf import settings
from django.core.cache import DEFAULT_CACHE_ALIAS, cache, caches
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.cache import has_vary_header
from wagtail.models import Page

from exchange.home.backends import FileCache
from search import api as search
from search.indexing.signal_handlers import DRAFT_FIELDS

GENERATION = "exchange.pages.generation"
DEFAULT_SECONDS = 300
LONGEST_ADDRESS = 300
# What pages for everybody show, by model; every kind of page is shown too, apart from its drafts. A change of
# anything not named here leaves the pages as they are: sign-ins, drafts, open editors, what members do.
SHOWN = frozenset(
    {
        "directory.capacity",
        "directory.capacitytext",
        "directory.listing",
        "directory.listingkeyword",
        "directory.membership",
        "directory.organisation",
        "directory.organisationtext",
        "directory.person",
        "directory.personcapacity",
        "directory.personlanguage",
        "home.crediteddocument",
        "home.creditedimage",
        "learning.caption",
        "learning.cohort",
        "learning.coursefacilitator",
        "learning.coursekeyword",
        "learning.enrolment",
        "learning.library",
        "learning.librarycategory",
        "learning.libraryentry",
        "learning.modulekeyword",
        "learning.nextmodule",
        "learning.session",
        "learning.speaker",
        "learning.webinarkeyword",
        "mentoring.mentoroffer",
        "mentoring.pairing",
        "mentoring.programmecoordinator",
        "taggit.tag",
        "taggit.taggeditem",
        "wagtailcore.locale",
        "wagtailcore.pageviewrestriction",
        "wagtailcore.site",
        "wagtailredirects.redirect",
    }
)
# Of these, pages show a few fields alone, and a new row nothing: signing in or asking somebody is no change.
SHOWN_FIELDS = {
    "accounts.user": frozenset({"is_active", "name", "timezone", "wikimedia_name"}),
    "directory.exchange": frozenset({"thanks", "thanks_public"}),
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


def forget_old_generations() -> int:
    """Takes the pages of earlier generations away where the cache does not do so by itself; answers how many.

    In Redis every page ends by itself; in files it would lie about until there is no room.
    """
    store = caches[DEFAULT_CACHE_ALIAS]
    if not isinstance(store, FileCache):
        return 0
    old = [version for version in store.versions() if version not in (str(store.version), generation())]
    for version in old:
        store.forget_version(version)
    return len(old)


def something_changed(sender: type[models.Model], **kwargs: Any) -> None:
    """Signal receiver: a change of what pages show takes effect when it is committed."""
    created, fields = kwargs.get("created", False), kwargs.get("update_fields")
    if kwargs.get("raw") or not shown_in_public(sender, fields, created=created):
        return
    connection = transaction.get_connection()
    if connection.in_atomic_block:
        # Several changes in one transaction need one new generation.
        if begin_generation not in [entry[1] for entry in connection.run_on_commit]:
            transaction.on_commit(begin_generation)
        return
    begin_generation()


def shown_in_public(
    model: type[models.Model], fields: Iterable[str] | None = None, *, created: bool = False
) -> bool:
    """Whether a row of this model may stand on a page that everybody sees; `fields` are those that changed."""
    options = model._meta
    if options.auto_created:
        # A table between two: of whatever declares it.
        return shown_in_public(cast(type[models.Model], options.auto_created))
    some = SHOWN_FIELDS.get(options.label_lower)
    if some is not None:
        return not created and (fields is None or not some.isdisjoint(fields))
    if issubclass(model, Page):
        return fields is None or not DRAFT_FIELDS.issuperset(fields)
    return options.label_lower in SHOWN


def connect() -> None:
    """Listens to every model; called once when the site starts."""
    for signal in (models.signals.post_save, models.signals.post_delete, models.signals.m2m_changed):
        signal.connect(something_changed, dispatch_uid="exchange.home.cache")
    from search import signals

    signals.index_changed.connect(index_changed, dispatch_uid="exchange.home.cache")


def index_changed(sender: Any, **kwargs: Any) -> None:
    """Lists are read from the index, which follows a change a moment later. Sent only if a document differs."""
    begin_generation()


class AnonymousPageCache:
    """Serves pages that carry nothing personal from the cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.seconds = int(getattr(settings, "PAGE_CACHE_SECONDS", DEFAULT_SECONDS))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.seconds or not may_ask(request):
            return self.get_response(request)
        key, kept_under = key_of(request), int(generation())
        stored = cache.get(key, version=kept_under)
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
            cache.set(key, (response.content, dict(response.headers)), seconds, version=kept_under)
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
    """One key for each address, host and compression; the generation is the version it is kept under."""
    gzip = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    text = f"{request.scheme} {request.get_host()} {request.get_full_path()} {gzip}"
    return "exchange.page." + hashlib.sha256(text.encode()).hexdigest()
