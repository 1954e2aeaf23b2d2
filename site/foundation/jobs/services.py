"""Putting work into the queue and running it."""

from __future__ import annotations

import contextlib
import logging
import re
import uuid
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from foundation.jobs.compat import RENAMED
from foundation.jobs.models import Attempt, Heartbeat

logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 5
# Wherever an address of a person may stand in what an error says.
ADDRESS = re.compile(r"[^\s@<>'\"(),;:]+@[^\s@<>'\"(),;:]+")
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

    With the database as broker this is one INSERT in the caller's transaction: a rollback takes the job
    with it. With JOBS_RUN_AT_ONCE (tests) the job runs right after the transaction commits.
    """
    if getattr(settings, "JOBS_RUN_AT_ONCE", False):
        transaction.on_commit(lambda: _perform(function, args, kwargs))
        return
    from django_q.tasks import async_task

    key = uuid.uuid4().hex
    if "orm" in settings.Q_CLUSTER:
        async_task("foundation.jobs.services.run", key, function, args, kwargs, task_name=function[:100])
    else:
        transaction.on_commit(
            lambda: async_task(
                "foundation.jobs.services.run", key, function, args, kwargs, task_name=function[:100]
            )
        )


def run(key: str, function: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """Called by the worker: counts the attempt, runs the job, forgets the count when it is done.

    A job whose object is gone is done. After MAX_ATTEMPTS begun attempts the job is given up and kept as a
    row in the admin, also where the worker died in the middle of it.
    """
    attempt, _created = Attempt.objects.get_or_create(key=key, defaults={"function": function[:200]})
    if attempt.count >= MAX_ATTEMPTS:
        Attempt.objects.filter(pk=attempt.pk).update(given_up=True)
        logger.error("Job %s given up after %s attempts", function, attempt.count)
        return
    Attempt.objects.filter(pk=attempt.pk).update(count=attempt.count + 1)
    try:
        _perform(function, args, kwargs)
    except Exception as error:
        # The queue keeps what it says, too, and the log: mail servers repeat the address that they refuse.
        if "@" in str(error):
            error.args = (ADDRESS.sub("[address]", str(error)),)
        Attempt.objects.filter(pk=attempt.pk).update(error=f"{type(error).__name__}: {error}"[:2000])
        raise
    attempt.delete()


def _perform(function: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    try:
        import_string(RENAMED.get(function, function))(*args, **kwargs)
    except ObjectDoesNotExist:
        logger.info("Job %s: its object is gone", function)


def record_heartbeat(name: str = "worker") -> None:
    """Writes the worker's sign of life."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": timezone.now()})


def worker_alive(within_seconds: int = 180) -> bool:
    """Whether a worker gave a sign of life lately."""
    since = timezone.now() - timedelta(seconds=within_seconds)
    return Heartbeat.objects.filter(name="worker", at__gte=since).exists()
