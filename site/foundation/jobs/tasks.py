"""Upkeep of the queue itself."""

from __future__ import annotations

from foundation.jobs.registry import Schedule
from foundation.jobs.services import record_heartbeat


def heartbeat() -> None:
    """A sign of life from the worker."""
    record_heartbeat()


def publish_scheduled() -> None:
    """Publishes and expires what editors have scheduled."""
    from django.core.management import call_command

    call_command("publish_scheduled")


def refresh_statistics() -> None:
    """Tells the database's planner how the tables have grown."""
    from foundation.database.statistics import refresh_statistics

    refresh_statistics()


SCHEDULES = [
    Schedule("heartbeat", "foundation.jobs.tasks.heartbeat", minutes=1),
    Schedule("planner statistics", "foundation.jobs.tasks.refresh_statistics", minutes=60),
    Schedule("publish scheduled pages", "foundation.jobs.tasks.publish_scheduled", minutes=5),
]
