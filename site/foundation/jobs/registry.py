"""Schedules are declared in code: each app's tasks.py may hold SCHEDULES, synced to the database."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule


@dataclass(frozen=True)
class Schedule:
    """A job that runs again and again: every so many minutes, or by a cron line (UTC)."""

    name: str
    function: str
    minutes: int = 0
    cron: str = ""


def declared() -> dict[str, Schedule]:
    """All schedules of all installed apps, by name. Raises ValueError where two share a name."""
    found: dict[str, Schedule] = {}
    for config in apps.get_app_configs():
        if config.module is None or not module_has_submodule(config.module, "tasks"):
            continue
        module = import_module(f"{config.name}.tasks")
        for schedule in getattr(module, "SCHEDULES", ()):
            if schedule.name in found:
                raise ValueError(f"Two schedules are called {schedule.name!r}.")
            found[schedule.name] = schedule
    return found


def sync() -> int:
    """Makes the queue's schedule rows equal to what the code declares. Answers how many there are."""
    from django_q.models import Schedule as Row

    wanted = declared()
    Row.objects.exclude(name__in=wanted).delete()
    for name, schedule in wanted.items():
        fields = {
            "func": schedule.function,
            "schedule_type": Row.CRON if schedule.cron else Row.MINUTES,
            "minutes": schedule.minutes or None,
            "cron": schedule.cron or None,
            "repeats": -1,
        }
        rows = Row.objects.filter(name=name)
        if rows.count() > 1:
            rows.exclude(pk=rows.first().pk).delete()
        if not rows.update(**fields):
            Row.objects.create(name=name, **fields)
    return len(wanted)


def sync_after_migrate(sender: Any, **kwargs: Any) -> None:
    """Once, after the queue's own tables exist."""
    from django.db import connection

    # `migrate <one app>` on an empty database ends before the queue has its tables.
    if sender.name == "django_q" and "django_q_schedule" in connection.introspection.table_names():
        sync()
