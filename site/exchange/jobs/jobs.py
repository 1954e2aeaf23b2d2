"""Upkeep of the queue itself."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from exchange.jobs.schedules import Schedule
from exchange.jobs.services import beat


def heartbeat() -> None:
    """A sign of life from the worker."""
    beat()


def purge() -> None:
    """Forgets results of failed jobs after 30 days and counts of attempts after 60."""
    from django_q.models import Task

    from exchange.jobs.models import Attempt

    Task.objects.filter(success=False, stopped__lt=timezone.now() - timedelta(days=30)).delete()
    Attempt.objects.filter(updated__lt=timezone.now() - timedelta(days=60)).delete()


def publish_scheduled() -> None:
    """Publishes and expires what editors have scheduled."""
    from django.core.management import call_command

    call_command("publish_scheduled")


def refresh_statistics() -> None:
    """Tells the database's planner how the tables have grown."""
    from exchange.database.statistics import refresh_statistics

    refresh_statistics()


SCHEDULES = [
    Schedule("heartbeat", "exchange.jobs.jobs.heartbeat", minutes=1),
    Schedule("purge", "exchange.jobs.jobs.purge", cron="20 3 * * *"),
    Schedule("planner statistics", "exchange.jobs.jobs.refresh_statistics", minutes=60),
    Schedule("publish scheduled pages", "exchange.jobs.jobs.publish_scheduled", minutes=5),
]
