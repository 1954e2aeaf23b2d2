"""What happens by the clock. The job may run twice."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from foundation.jobs.registry import Schedule
from foundation.notifications.services import notify
from foundation.reports.models import Report
from foundation.reports.services import admin_path, readers_of

UNREAD_FOR = datetime.timedelta(hours=24)


def remind() -> int:
    """Tells the administrators once more of each report that nobody has opened for a day."""
    now = timezone.now()
    due = Report.objects.filter(state="sent", reminded_at=None, state_since__lte=now - UNREAD_FOR)
    count = 0
    for report in due:
        with transaction.atomic():
            # One UPDATE decides which of two workers tells.
            if Report.objects.filter(pk=report.pk, state="sent", reminded_at=None).update(reminded_at=now):
                for user in readers_of(report):
                    key = f"report:{report.pk}:again:{now:%Y%m%d%H%M}"
                    notify(user, "report_arrived", url=admin_path(report), key=key)
                count += 1
    return count


SCHEDULES = [Schedule("reports: remind the administrators", "foundation.reports.tasks.remind", minutes=60)]
