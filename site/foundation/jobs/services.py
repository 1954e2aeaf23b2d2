"""Putting work into the queue and running it."""

from __future__ import annotations

import contextlib
import logging
import uuid
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from foundation.jobs.compat import RENAMED
from foundation.jobs.models import Attempt, Heartbeat
from foundation.logging import mask, request_id, within_request

logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 5
_left_out: ContextVar[bool] = ContextVar("wagtail_tasks_left_out", default=False)


@contextlib.contextmanager
def wagtail_tasks_left_out() -> Iterator[None]:
    """While many rows are loaded at once: Wagtail's own index tasks are not queued one by one.

    The caller runs `update_index` and `rebuild_references_index` afterwards, which is far quicker.
    """
    token = _left_out.set(True)
    try:
        yield
    finally:
        _left_out.reset(token)


def are_wagtail_tasks_left_out() -> bool:
    """Whether the code runs inside wagtail_tasks_left_out()."""
    return _left_out.get()


def enqueue(function: str, *args: Any, **kwargs: Any) -> None:
    """Runs `function` (a dotted path) in the queue, with ids as arguments.

    This is one INSERT in the caller's transaction: a rollback takes the job with it. With JOBS_RUN_AT_ONCE (tests) the
    job runs right after the transaction commits.
    """
    if getattr(settings, "JOBS_RUN_AT_ONCE", False):
        transaction.on_commit(lambda: _perform(function, args, kwargs))
        return
    from django_q.tasks import async_task

    # With the name of the request that asks, so that what the worker logs can be found with it.
    asked_by, key = request_id(), uuid.uuid4().hex
    if asked_by:
        key = f"{key[:24]}.{asked_by}"
    async_task("foundation.jobs.services.run", key, function, args, kwargs, task_name=function[:100])


def run(key: str, function: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """Called by the worker: counts the attempt, runs the job, forgets the count when it is done.

    A job whose object is gone is done. After MAX_ATTEMPTS begun attempts the job is given up and kept as a
    row in the admin, also where the worker died in the middle of it.
    """
    attempt, _created = Attempt.objects.get_or_create(key=key, defaults={"function": function[:200]})
    if attempt.count >= MAX_ATTEMPTS:
        asked = {"args": list(args), "kwargs": kwargs}
        Attempt.objects.filter(pk=attempt.pk).update(given_up=True, asked=asked, updated=timezone.now())
        logger.error("Job %s given up after %s attempts", function, attempt.count)
        return
    Attempt.objects.filter(pk=attempt.pk).update(count=attempt.count + 1)
    try:
        with within_request(key.partition(".")[2]):
            _perform(function, args, kwargs)
    except Exception as error:
        # The queue keeps what it says, too: mail servers repeat the address that they refuse.
        if (masked := mask(str(error))) != str(error):
            error.args = (masked,)
        Attempt.objects.filter(pk=attempt.pk).update(error=f"{type(error).__name__}: {error}"[:2000])
        raise
    attempt.delete()


def _perform(function: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    try:
        import_string(RENAMED.get(function, function))(*args, **kwargs)
    except ObjectDoesNotExist:
        logger.info("Job %s: its object is gone", function)


def given_up() -> models.QuerySet[Attempt]:
    """Jobs that failed each time, the newest first: a person has to look."""
    return Attempt.objects.filter(given_up=True).order_by("-updated", "-pk")


def try_again(ids: Iterable[int]) -> int:
    """Put these jobs into the queue again, with all their attempts before them; answers how many there were."""
    with transaction.atomic():
        rows = list(given_up().filter(pk__in=ids).select_for_update())
        Attempt.objects.filter(pk__in=[row.pk for row in rows]).delete()
        for row in rows:
            enqueue(row.function, *row.asked.get("args", ()), **row.asked.get("kwargs", {}))
    return len(rows)


def drop(ids: Iterable[int]) -> int:
    """Forget these jobs; answers how many there were."""
    count, _by_model = given_up().filter(pk__in=ids).delete()
    return count


def record_heartbeat(name: str = "worker") -> None:
    """Writes the worker's sign of life."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": timezone.now()})


def heartbeat_at(name: str = "worker") -> datetime | None:
    """When a worker, or whatever else records one, last gave a sign of life; None where it never did."""
    return Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()


def oldest_waiting() -> float:
    """Seconds that the oldest job which nobody has taken waits; 0 where none does."""
    from django_q.models import OrmQ

    # A job's lock lies in the past until a worker takes it, and again when that worker did not finish in time.
    since = (
        OrmQ.objects.filter(lock__lte=timezone.now()).order_by("lock").values_list("lock", flat=True).first()
    )
    return (timezone.now() - since).total_seconds() if since else 0.0


def worker_alive(within_seconds: int = 180) -> bool:
    """Whether a worker gave a sign of life lately."""
    at = heartbeat_at()
    return at is not None and at >= timezone.now() - timedelta(seconds=within_seconds)
