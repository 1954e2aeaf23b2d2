"""Three questions of operators and their machines, each apart: which release, is the process up, can it serve.

They are answered before anything else is looked at (exchange.home.middleware.HealthProbes): a probe needs no host name,
no HTTPS and no session. Nothing that is told belongs to anybody.
"""

from __future__ import annotations

import functools
import shutil
import subprocess
import threading
import time
from collections.abc import Callable
from importlib import metadata
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.urls import path

from exchange.home.backends import SteadyCache
from foundation.jobs.services import heartbeat_age, oldest_waiting
from foundation.notifications.models import Notification
from search.api import status

OK, WARNING, DOWN = "ok", "warning", "down"
KEPT = 2.0  # seconds for which an answer holds, so that asking often costs nothing
SILENT = 180  # seconds after which a worker that gives a sign of life every minute is dead
WAITING = 300  # seconds that a job, a mail or a change for the index may wait
LITTLE, NONE = 500_000_000, 20_000_000  # bytes left on the disk
Part = dict[str, Any]

_guard = threading.Lock()
_last: tuple[float, dict[str, Any]] | None = None


def live(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"live": True})


def version(request: HttpRequest) -> JsonResponse:
    """Which release runs here."""
    return JsonResponse(release())


def ready(request: HttpRequest) -> JsonResponse:
    """The state of each part; 503 where pages would fail. What is slower or late only is a warning."""
    global _last
    with _guard:
        if _last is None or time.monotonic() - _last[0] > KEPT:
            _last = (time.monotonic(), look())
        told = _last[1]
    return JsonResponse(told, status=200 if told["ready"] else 503, headers={"Cache-Control": "no-store"})


def look() -> dict[str, Any]:
    """The state of each part now; `ready` says whether pages can be made."""
    parts = {"database": _safely(database), "disk": _safely(disk), "cache": _safely(cache)}
    if parts["database"]["state"] != DOWN:
        asked = {"migrations": migrations, "worker": worker, "index": index, "mail": mail}
        parts |= {name: _safely(question) for name, question in asked.items()}
    states = {part["state"] for part in parts.values()}
    # SQLite writes on this disk; whatever else is down, pages are answered without it.
    needed = ["database", *(["disk"] if connection.vendor == "sqlite" else [])]
    return {
        "ready": all(parts[name]["state"] != DOWN for name in needed),
        "state": next(state for state in (DOWN, WARNING, OK) if state in states),
        "parts": parts,
    }


def _safely(question: Callable[[], Part]) -> Part:
    try:
        return question()
    except Exception as error:  # what it says may name a place or a person
        return {"state": DOWN, "error": type(error).__name__}


def database() -> Part:
    """Whether it answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"state": OK}


def migrations() -> Part:
    """How many have not been applied: for a while during an update, not for ever."""
    waiting = _not_applied(int(time.monotonic() // 60))
    return {"state": WARNING if waiting else OK, "waiting": waiting}


@functools.lru_cache(maxsize=1)
def _not_applied(minute: int) -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def worker() -> Part:
    """When it last gave a sign of life, and how long the oldest job waits."""
    silent, waiting = heartbeat_age(), oldest_waiting()
    state = DOWN if silent is None or silent > SILENT else WARNING if waiting > WAITING else OK
    return {
        "state": state,
        "silent_seconds": None if silent is None else round(silent),
        "oldest_job_seconds": round(waiting),
    }


def cache() -> Part:
    """Whether what is kept is there; where not, pages are made anew each time."""
    stores = [caches[alias] for alias in settings.CACHES]
    found = [store.trouble() for store in stores if isinstance(store, SteadyCache)]
    told = next(filter(None, found), "")
    return {"state": WARNING, "error": told} if told else {"state": OK}


def index() -> Part:
    """Whether search answers, and how long the oldest change waits for it; without it pages ask the database."""
    found = status()
    state = OK if found.built else WARNING
    if found.dead or found.oldest_seconds > WAITING:
        state = WARNING
    return {
        "state": state,
        "built": found.built,
        "waiting": found.pending,
        "oldest_seconds": round(found.oldest_seconds),
        "given_up": found.dead,
    }


def mail() -> Part:
    """How many mails wait."""
    waiting = Notification.objects.waiting().count()
    return {"state": OK, "waiting": waiting}


def disk() -> Part:
    """How much room is left where the site writes."""
    free = shutil.disk_usage(settings.DATA_DIR).free
    return {
        "state": DOWN if free < NONE else WARNING if free < LITTLE else OK,
        "free_megabytes": free // 1_000_000,
    }


@functools.cache
def release() -> dict[str, str]:
    """The release as it was installed, and the commit where the checkout tells it."""
    try:
        number = metadata.version("capacity-exchange")
    except metadata.PackageNotFoundError:
        number = ""
    return {"version": number, "commit": _commit(), "source": settings.SOURCE_URL}


def _commit() -> str:
    command = ["git", "rev-parse", "--short=12", "HEAD"]
    try:
        asked = subprocess.run(  # noqa: S603
            command, cwd=settings.ROOT, capture_output=True, text=True, timeout=5, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return asked.stdout.strip() if asked.returncode == 0 else ""


urlpatterns = [
    path("live", live, name="health_live"),
    path("ready", ready, name="health_ready"),
    path("version", version, name="health_version"),
]
PROBES: dict[str, Callable[[HttpRequest], JsonResponse]] = {
    f"/healthz/{pattern.pattern}": pattern.callback for pattern in urlpatterns
}
