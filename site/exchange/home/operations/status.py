"""How each part of the site is, as facts: for the machines that ask /healthz/ready and for the administrators' page.

A part that is not well names its problem in one word. Nothing that is told belongs to anybody, and no question waits
long: each has its time-out, and what a failed question would say is left out.
"""

from __future__ import annotations

import functools
import shutil
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_q.models import OrmQ

from exchange.home.backends import SteadyCache
from exchange.home.models import Incident
from foundation.jobs.services import given_up, heartbeat_at, oldest_waiting
from foundation.notifications.constants import NOT_DONE, MailState, Reason
from foundation.notifications.models import Mail, MailServer
from search.api import status as search_status

OK, WARNING, DOWN = "ok", "warning", "down"
KEPT = 2.0  # seconds for which an answer holds, so that asking often costs nothing
SILENT = 180  # seconds after which a worker that gives a sign of life every minute is dead
WAITING = 300  # seconds that a job, a mail or a change for the index may wait
REFUSED_LATELY = timedelta(days=1)  # refused mails that are counted; the sentence says "in a day"
LITTLE, NONE = 500_000_000, 20_000_000  # bytes left on the disk
PATIENCE = 3.0  # seconds that the search engine may take to say how it is
BACKUP = "backup"  # the heartbeat of `manage.py backup`
BACKUP_GOOD_FOR = timedelta(days=8)
# When this web server began; gunicorn's processes are told when the first of them did (gunicorn.conf.py).
STARTED = time.monotonic()
Part = dict[str, Any]

_guard = threading.Lock()
_last: tuple[float, dict[str, Any]] | None = None


def recent() -> dict[str, Any]:
    """The state of each part a moment ago."""
    global _last
    with _guard:
        if _last is None or time.monotonic() - _last[0] > KEPT:
            _last = (time.monotonic(), look())
        return _last[1]


def look() -> dict[str, Any]:
    """The state of each part now; `ready` says whether pages can be made."""
    parts = {"database": _safely(database)}
    if parts["database"]["state"] != DOWN:
        asked = {"migrations": migrations, "worker": worker, "jobs": jobs, "mail": mail, "index": index}
        parts |= {name: _safely(question) for name, question in asked.items()}
        parts["backup"] = _safely(backup)
    parts |= {"disk": _safely(disk), "cache": _safely(cache)}
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
        return {"state": DOWN, "problem": "unknown", "error": type(error).__name__}


def _part(problems: dict[str, str | bool], **figures: Any) -> Part:
    """A part with its first problem that is there; `problems` are states by name, False where it is not so."""
    for problem, state in problems.items():
        if state:
            return {"state": state, "problem": problem, **figures}
    return {"state": OK, **figures}


def _age(since: datetime | None) -> int | None:
    return None if since is None else max(round((timezone.now() - since).total_seconds()), 0)


def database() -> Part:
    """Whether it answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"state": OK}


def migrations() -> Part:
    """How many have not been applied: for a while during an update, not for ever."""
    waiting = _not_applied(int(time.monotonic() // 60))
    return _part({"waiting": bool(waiting) and WARNING}, waiting=waiting)


@functools.lru_cache(maxsize=1)
def _not_applied(minute: int) -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def worker() -> Part:
    """When it last gave a sign of life, what waits for it, and how long the oldest job does."""
    silent, waiting = _age(heartbeat_at()), oldest_waiting()
    is_silent = silent is None or silent > SILENT
    # It is started after the web server, and its first sign of life comes within a minute.
    is_new = time.monotonic() - STARTED < SILENT
    return _part(
        {
            "starting": is_silent and is_new and WARNING,
            "silent": is_silent and DOWN,
            "slow": waiting > WAITING and WARNING,
        },
        silent_seconds=silent,
        oldest_job_seconds=round(waiting),
        waiting=OrmQ.objects.count(),
    )


def jobs() -> Part:
    """How many jobs were given up: a person has to look."""
    found = given_up().count()
    return _part({"given_up": bool(found) and WARNING}, given_up=found)


def cache() -> Part:
    """Whether what is kept is there; where not, pages are made anew each time."""
    stores = [caches[alias] for alias in settings.CACHES]
    found = [store.trouble() for store in stores if isinstance(store, SteadyCache)]
    told = next(filter(None, found), "")
    return {"state": WARNING, "problem": "away", "error": told} if told else {"state": OK}


def index() -> Part:
    """Whether search answers, and how long the oldest change waits for it; without it pages ask the database."""
    found = search_status(within=PATIENCE)
    return _part(
        {
            "missing": not found.built and WARNING,
            "given_up": bool(found.dead) and WARNING,
            "behind": found.oldest_seconds > WAITING and WARNING,
        },
        built=found.built,
        documents=found.engine.documents if found.engine else None,
        waiting=found.pending,
        oldest_seconds=round(found.oldest_seconds),
        given_up=found.dead,
    )


def mail() -> Part:
    """Whether the server answers, and what waits for it. A mail that a receiver put off waits rightly."""
    server, now = MailServer.current(), timezone.now()
    waiting = Mail.objects.filter(state__in=NOT_DONE)
    late = Mail.objects.filter(state=MailState.WAITING, next_try__lt=now - timedelta(seconds=WAITING))
    ours = waiting.filter(reason=Reason.SENDER)
    away, oldest = (
        _age(server.away_since),
        waiting.order_by("created").values_list("created", flat=True).first(),
    )
    return _part(
        {
            "away": away is not None and (DOWN if away > WAITING else WARNING),
            "refused": ours.exists() and DOWN,
            "late": late.exists() and WARNING,
        },
        waiting=waiting.count(),
        oldest_seconds=_age(oldest) or 0,
        last_answer_seconds=_age(server.last_answer),
        refused_today=Mail.objects.filter(state=MailState.REFUSED, done_at__gt=now - REFUSED_LATELY).count(),
    )


def disk() -> Part:
    """How much room is left where the site writes."""
    found = shutil.disk_usage(settings.DATA_DIR)
    return _part(
        {"full": found.free < NONE and DOWN, "little": found.free < LITTLE and WARNING},
        free_megabytes=found.free // 1_000_000,
        total_megabytes=found.total // 1_000_000,
    )


def backup() -> Part:
    """When the last copy was made. A demonstration needs none."""
    at = heartbeat_at(BACKUP)
    is_missing = not (settings.DEMO_CONTENT or _is_good(at))
    return _part({"old": is_missing and WARNING}, last_seconds=_age(at))


def has_backup() -> bool:
    """Whether one was made lately."""
    return _is_good(heartbeat_at(BACKUP))


def _is_good(copied: datetime | None) -> bool:
    return copied is not None and copied >= timezone.now() - BACKUP_GOOD_FOR


def since() -> dict[str, datetime]:
    """From when on each part is not well, where that was written down."""
    found = dict(Incident.objects.filter(ended=None).values_list("part", "began"))
    away = MailServer.current().away_since
    if away:
        found["mail"] = away
    # Nobody writes down that the worker is dead; its last sign of life stands.
    at = heartbeat_at()
    found.pop("worker", None)
    if at and at < timezone.now() - timedelta(seconds=SILENT):
        found["worker"] = at
    return found


def note_incidents(seen: dict[str, Any] | None = None) -> None:
    """Write down what is no longer well, and what is again. Twice is as good as once."""
    for name, part in (seen or look())["parts"].items():
        problem = str(part.get("problem", ""))
        if part["state"] == OK:
            Incident.objects.filter(part=name, ended=None).update(ended=timezone.now())
        elif problem != "starting":
            row, is_new = Incident.objects.get_or_create(
                part=name, ended=None, defaults={"level": part["state"], "problem": problem}
            )
            if not is_new and (row.level, row.problem) != (part["state"], problem):
                Incident.objects.filter(pk=row.pk).update(level=part["state"], problem=problem)
