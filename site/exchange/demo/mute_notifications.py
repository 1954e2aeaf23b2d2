"""What people were told while the demo's past was acted out: nothing is sent, and old news is not new."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from django.db.models import F
from django.utils import timezone
from django_q.models import OrmQ

from exchange.demo.clock import ago
from foundation.notifications.models import Notification
from search.models import OutboxEntry

NEWS_DAYS = 2


@contextlib.contextmanager
def told_long_ago() -> Iterator[None]:
    """Takes out of the queue what was put in meanwhile, marks everything as sent, and older things as read.

    What still waits for somebody's answer stays unread, however old it is. Expects a database transaction, in
    which nobody else writes notifications or jobs.
    """
    began = timezone.now()
    notified = set(Notification.objects.values_list("pk", flat=True))
    queued = set(OrmQ.objects.values_list("pk", flat=True))
    yield
    OrmQ.objects.exclude(pk__in=queued).delete()
    told = Notification.objects.exclude(pk__in=notified)
    told.update(mail_due=False)
    waiting = told.waiting().values("pk")
    told.exclude(pk__in=waiting).filter(read_at=None, created__lt=ago(days=NEWS_DAYS)).update(
        read_at=F("created")
    )
    # Changes wait for the index since now, so that one job takes them all along.
    OutboxEntry.objects.filter(created__lt=began).update(created=timezone.now())
