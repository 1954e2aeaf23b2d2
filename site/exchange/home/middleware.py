"""What is done to every answer: its content security policy, how forms are sent, and how many
files are sent at once."""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable
from typing import Any

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
)
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from django.views.defaults import bad_request
from django.views.generic.edit import DeletionMixin, ProcessFormView

from exchange.home import health, metrics
from foundation.logging import WELL_FORMED, new_request_id, within_request

# Answered before anything else is asked of the request.
PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {**health.PROBES, "/metrics": metrics.metrics}
SMALL = 150_000  # bytes; what a socket's buffer takes at once, see gunicorn.conf.py
BLOCK = 64 * 1024  # bytes read and sent at a time
PATIENCE = 2  # seconds that a request may wait for a place, so that a page with many scripts gets them all
COME_BACK = 5  # seconds


class HealthProbes:
    """Answers probes before anything else is asked of the request: a machine next door knows neither our name nor HTTPS."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        probe = PROBES.get(request.path_info) if request.method in ("GET", "HEAD") else None
        return probe(request) if probe else self.get_response(request)


class RequestNames:
    """Each request has a name, in its answer and in each line that is logged about it.

    A proxy of ours may have given it one; what comes from elsewhere is not believed, nor what is not a plain name.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "") if settings.ALLAUTH_TRUSTED_PROXY_COUNT else ""
        name = given if WELL_FORMED.fullmatch(given) else new_request_id()
        with within_request(name):
            response = self.get_response(request)
        response.headers["X-Request-ID"] = name
        return response


class RequestMetrics:
    """Counts answers and how long they took; only where somebody asks for the figures (METRICS_TOKEN)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        metrics.observe(request, response, time.perf_counter() - began)
        return response


class PrivateAnswers:
    """What somebody gets who brings a session, or is given one, is for them alone; no cache between us may keep it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies:
            response.headers.setdefault("Cache-Control", "private")
        return response


class ContentSecurityPolicy(CSPMiddleware):
    """Wagtail's admin runs inline scripts and styles; nothing else may."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith("/admin/"):
            response._csp_replace = settings.ADMIN_CSP  # type: ignore[attr-defined]
        return super().process_response(request, response)


class FormsAsTheyAreMade:
    """A form is sent by POST, with the fields that it has.

    Django's classes for forms take PUT as POST, and a DELETE deletes without asking the form (`DeletionMixin.delete`),
    so past what holds a deletion back. And a part of a form that a view reads by its name and that was left out is a
    mistake of whoever sent it, not ours.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _arguments: Any, _named: Any
    ) -> HttpResponseBase | None:
        """405 for another way of sending a form. No page has a NUL in its address: PostgreSQL refuses to compare it."""
        if "\x00" in request.path_info:
            raise Http404
        made_by = getattr(view, "view_class", None)
        is_form = isinstance(made_by, type) and issubclass(made_by, (ProcessFormView, DeletionMixin))
        if is_form and request.method in ("PUT", "DELETE"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """400 where what was sent lacks a part."""
        return bad_request(request, error) if isinstance(error, MultiValueDictKeyError) else None


class FileAnswers:
    """Middleware: sends at most FILE_THREADS larger files at a time, and answers 503 beyond that.

    A thread that sends a recording is busy for as long as its reader takes, and a few readers on slow lines (or one
    who means harm) would hold all threads, so that no page is answered. Whoever comes when the share is taken is told
    to come back; pages go on. Small files fit into the system's own buffers (gunicorn.conf.py) and hold nobody up.
    This pattern is called a bulkhead.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.places = threading.BoundedSemaphore(settings.FILE_THREADS)
        # Few may wait, or those who wait would be the threads that are missed. With the usual eight threads four send
        # and two wait: the six connections that a browser opens to one site.
        self.bench = threading.BoundedSemaphore(max(1, settings.FILE_THREADS // 2))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, FileResponse) or request.method == "HEAD":
            return response
        response.block_size = BLOCK
        if 0 <= _length(response) <= SMALL:
            return response
        if not self._take_place():
            response.close()
            sentence = _("Too many files are being sent just now. Please try again in a few seconds.")
            headers = {"Retry-After": str(COME_BACK), "Cache-Control": "no-store"}
            return HttpResponse(
                sentence, status=503, content_type="text/plain; charset=utf-8", headers=headers
            )
        # When the answer is closed, and at the latest when nobody holds it any more; never twice.
        leave = weakref.finalize(response, self.places.release)
        response._resource_closers.append(leave)  # type: ignore[attr-defined]
        return response

    def _take_place(self) -> bool:
        if self.places.acquire(blocking=False):
            return True
        if not self.bench.acquire(blocking=False):
            return False
        try:
            return self.places.acquire(timeout=PATIENCE)
        finally:
            self.bench.release()


def _length(response: FileResponse) -> int:
    """How many bytes will be sent; -1 where it is not known."""
    given = response.headers.get("Content-Length", "")
    return int(given) if given.isdigit() else -1
