"""Figures for Prometheus, at one address behind a token; without METRICS_TOKEN nothing is counted and nothing is there.

Labels are names of views, methods and states, never an address or anything else that a reader chose. The processes of
one web server count together (gunicorn.conf.py); what belongs to the site and not to a process is looked up when asked.
"""

from __future__ import annotations

import functools
import hmac
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path

from exchange.home.health import release
from exchange.home.operations import status

if TYPE_CHECKING:
    from prometheus_client import Counter, Histogram
    from prometheus_client.metrics_core import Metric

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
NO_VIEW, KEPT_PAGE = "none", "kept page"
STATES = {status.OK: 0, status.WARNING: 1, status.DOWN: 2}
# Figure: its part and its key there, its meaning. Those that are not known are left out.
FIGURES: dict[str, tuple[str, str, str]] = {
    "exchange_queue_jobs": ("worker", "waiting", "Jobs in the queue"),
    "exchange_queue_oldest_seconds": ("worker", "oldest_job_seconds", "For how long the oldest job waits"),
    "exchange_worker_silent_seconds": ("worker", "silent_seconds", "Since the worker's last sign of life"),
    "exchange_jobs_given_up": ("jobs", "given_up", "Jobs that were given up"),
    "exchange_mails_waiting": ("mail", "waiting", "Mails that are not sent yet"),
    "exchange_mails_oldest_seconds": ("mail", "oldest_seconds", "For how long the oldest of them waits"),
    "exchange_mails_refused_in_a_day": ("mail", "refused_today", "Mails that were refused in a day"),
    "exchange_search_built": ("index", "built", "1: there is an index, and it answers"),
    "exchange_search_documents": ("index", "documents", "Documents in the index"),
    "exchange_search_changes_waiting": ("index", "waiting", "Changes that the index has not heard of"),
    "exchange_search_oldest_seconds": ("index", "oldest_seconds", "For how long the oldest of them waits"),
    "exchange_search_given_up": ("index", "given_up", "Changes that could not be written"),
    "exchange_disk_free_megabytes": ("disk", "free_megabytes", "Room left where the site writes"),
    "exchange_backup_age_seconds": ("backup", "last_seconds", "Since the last backup"),
}


@functools.cache
def _counted() -> tuple[Counter, Histogram]:
    from prometheus_client import Counter, Histogram

    requests = Counter(
        "exchange_requests", "Answers by view, method and status", ["view", "method", "status"], registry=None
    )
    seconds = Histogram(
        "exchange_request_seconds", "Time until an answer", ["view"], buckets=SECONDS, registry=None
    )
    return requests, seconds


def observe(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    """Counts one answer."""
    requests, histogram = _counted()
    match = request.resolver_match
    view = match.view_name or NO_VIEW if match else NO_VIEW
    if response.headers.get("X-Page-Cache") == "hit":
        view = KEPT_PAGE
    method = request.method if request.method in METHODS else "OTHER"
    requests.labels(view, method, str(response.status_code)).inc()
    histogram.labels(view).observe(seconds)


class _Site:
    """What is looked up when Prometheus asks."""

    def collect(self) -> Iterator[Metric]:
        """The figures of status.look()."""
        from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily

        parts = status.recent()["parts"]
        for name, (part, key, meaning) in FIGURES.items():
            value = parts.get(part, {}).get(key)
            if value is not None:
                yield GaugeMetricFamily(name, meaning, value=float(value))
        states = GaugeMetricFamily(
            "exchange_part_state", "0: well, 1: watch, 2: needs somebody", labels=["part"]
        )
        for name, part in parts.items():
            states.add_metric([name], STATES[part["state"]])
        yield states
        known = {name: release()[name] for name in ("version", "commit")}
        yield InfoMetricFamily("exchange_release", "What runs here", value=known)


def _exposed() -> tuple[bytes, str]:
    from prometheus_client import CollectorRegistry
    from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    registry: Any = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)
    else:
        for metric in _counted():
            registry.register(metric)
    registry.register(_Site())
    return generate_latest(registry), CONTENT_TYPE_LATEST


def metrics(request: HttpRequest) -> HttpResponse:
    """All figures, for who knows the token; without one set there is no such address."""
    if not settings.METRICS_TOKEN:
        return HttpResponse(status=404, content_type="text/plain")
    given = request.headers.get("Authorization", "")
    if not hmac.compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode()):
        headers = {"WWW-Authenticate": "Bearer", "Cache-Control": "no-store"}
        return HttpResponse(status=401, content_type="text/plain", headers=headers)
    told, content_type = _exposed()
    return HttpResponse(told, content_type=content_type, headers={"Cache-Control": "no-store"})


urlpatterns = [path("metrics", metrics, name="metrics")]
