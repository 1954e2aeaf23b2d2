"""Whole pages for people who are not signed in, kept until anything they show is changed.

A page is stored only where nothing in it can belong to a person: the request carried no session, the
response sets no cookie, holds no form token and says nothing against being shared. Every stored page
belongs to the generations of the kinds of things that it shows; a change of one begins the next generation of its
kind when it is committed, and so purges those pages at once, in every process.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable
from typing import Any, cast

from django.conf import settings
from django.core.cache import DEFAULT_CACHE_ALIAS, cache, caches
from django.core.cache.backends.base import BaseCache
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.cache import has_vary_header
from wagtail.models import Page
from wagtail.signals import page_slug_changed, post_page_move

from exchange.home.backends import FileCache
from foundation.design.shown_kinds import shown_kinds
from foundation.kinds import registry
from search import api as search
from search import signals
from search.documents import watchers
from search.indexing.signal_handlers import DRAFT_FIELDS

GENERATION = "exchange.pages.generation"
ANYTHING = "anything"  # all that no kind has for itself
DEFAULT_SECONDS = 300
LONGEST_ADDRESS = 300
# What pages for everybody show, by model; every kind of page is shown too, apart from its drafts. A change of
# anything not named here, and not followed by the index, leaves the pages as they are: sign-ins, drafts, open
# editors, what members do.
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


def apart() -> dict[str, tuple[str, ...]]:
    """The kinds whose changes are told apart, with the models that change with them. Pages that show none of them say so
    (foundation.design.shown_kinds); of everything else any page may show something."""
    return {kind.name: kind.models for kind in registry.all_kinds() if kind.models}


def _numbers() -> BaseCache:
    """Where all machines read and write the numbers, wherever each keeps the pages themselves."""
    return caches[settings.PAGE_GENERATIONS]


def generations() -> dict[str, str]:
    """The numbers under which pages are kept now: of each kind told apart, and of everything else."""
    names = {f"{GENERATION}.{kind}": kind for kind in (ANYTHING, *apart())}
    numbers = _numbers()
    found = numbers.get_many(names)
    missing = {name: str(time.time_ns()) for name in names if name not in found}
    for name, number in missing.items():
        numbers.add(name, number, None)
    if missing:
        found = missing | numbers.get_many(names)
    return {kind: str(found[name]) for name, kind in names.items()}


def generation() -> str:
    """The number under which all pages are kept now."""
    return generations()[ANYTHING]


def begin_generation(kinds: Iterable[str] = (ANYTHING,)) -> None:
    """Forgets every stored page that may show these kinds. A time in nanoseconds never repeats, so an old page
    cannot come back."""
    number = str(time.time_ns())
    _numbers().set_many({f"{GENERATION}.{kind}": number for kind in kinds}, None)


def forget_old_generations() -> int:
    """Takes the pages of earlier generations away where the cache does not do so by itself; answers how many.

    In Redis every page ends by itself; in files it would lie about until there is no room.
    """
    store: Any = caches[DEFAULT_CACHE_ALIAS]
    store = getattr(store, "inner", store)
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
    forget_at_commit(kinds_of(sender))


def kinds_of(model: type[models.Model]) -> frozenset[str]:
    """Of which kinds pages show a model's rows, as far as those are told apart."""
    label = cast(type[models.Model], model._meta.auto_created or model)._meta.label_lower
    return frozenset(kind for kind, models in apart().items() if label in models) or frozenset({ANYTHING})


class _Purge:
    """The kinds that change in one (nested) transaction; several changes need one new generation."""

    def __init__(self) -> None:
        self.kinds: set[str] = set()

    def __call__(self) -> None:
        begin_generation(self.kinds)


def forget_at_commit(kinds: Iterable[str]) -> None:
    """Forgets pages that may show these kinds, once for all of them, when what is being done is committed."""
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        begin_generation(kinds)
        return
    here = set(connection.savepoint_ids)
    hooks = [entry for entry in connection.run_on_commit if isinstance(entry[1], _Purge)]
    if any({*kinds} <= entry[1].kinds and entry[0] <= here for entry in hooks):
        return
    purge = next((entry[1] for entry in hooks if entry[0] == here), None)
    if purge is None:
        purge = _Purge()
        transaction.on_commit(purge)
    purge.kinds.update(kinds)


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
    return options.label_lower in SHOWN or model in watchers()


def connect() -> None:
    """Listens to every model; called once when the site starts."""
    for signal in (models.signals.post_save, models.signals.post_delete, models.signals.m2m_changed):
        signal.connect(something_changed, dispatch_uid="exchange.home.cache")
    for moving in (page_slug_changed, post_page_move):
        moving.connect(page_moved, dispatch_uid="exchange.home.cache")
    signals.index_changed.connect(index_changed, dispatch_uid="exchange.home.cache")


def page_moved(sender: Any, **kwargs: Any) -> None:
    """The addresses of pages below change with it, by raw SQL."""
    forget_at_commit([ANYTHING])


def index_changed(sender: Any, late: Iterable[str] | None = None, **kwargs: Any) -> None:
    """Lists are read from the index, which follows a change a moment later. Until it has, no page that could show
    the change is kept; so only what no model told of, or what comes late, forgets pages now."""
    kinds = _apart(late) if late is not None else {ANYTHING}
    if kinds:
        begin_generation(kinds)


def _apart(kinds: Iterable[str]) -> set[str]:
    known = apart()
    return {kind if kind in known else ANYTHING for kind in kinds}


class AnonymousPageCache:
    """Serves pages that carry nothing personal from the cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.seconds = int(getattr(settings, "PAGE_CACHE_SECONDS", DEFAULT_SECONDS))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.seconds or not may_ask(request):
            return self.get_response(request)
        key, now = key_of(request), generations()
        stored = cache.get(key, version=int(now[ANYTHING]))
        if stored is not None and stored[2].items() <= now.items():
            content, headers, _ = stored
            response = HttpResponse(content)
            for name, value in headers.items():
                response.headers[name] = value
            response.headers["X-Page-Cache"] = "hit"
            return response
        under_way = search.kinds_under_way()
        with search.misses() as missed:
            response = self.get_response(request)
        # A page that was made without the index, or before it had a change, is for this moment only.
        seconds = min(self.seconds, allowed_seconds(request, response)) if not missed else 0
        shown = shown_kinds(request)
        told_apart = [kind for kind in apart() if shown is None or kind in shown]
        if seconds > 0 and not {ANYTHING, *told_apart} & _apart(under_way):
            kept = (response.content, dict(response.headers), {kind: now[kind] for kind in told_apart})
            cache.set(key, kept, seconds, version=int(now[ANYTHING]))
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
