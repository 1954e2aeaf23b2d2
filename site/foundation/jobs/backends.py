"""Wagtail enqueues through django-tasks; these back ends hand that to our queue."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import get_random_id

from foundation.jobs.services import are_wagtail_tasks_left_out, enqueue


class DjangoQBackend(BaseTaskBackend):
    """One worker for everything: a task of Wagtail's becomes a job of ours."""

    supports_async_task = False

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        """Queues the call and answers with a result that stays READY; nobody waits for these."""
        self.validate_task(task)
        if not are_wagtail_tasks_left_out():
            enqueue("foundation.jobs.backends.run_task", task.module_path, list(args), dict(kwargs))
        return TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            enqueued_at=timezone.now(),
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )


def run_task(module_path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Runs one of Wagtail's tasks by its path."""
    from django.utils.module_loading import import_string

    import_string(module_path).call(*args, **kwargs)
