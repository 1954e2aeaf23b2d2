"""Acting out the demo's past: the services run as they always do, and the clock shows the day they would have.

So every row that a service writes (dates, states, the append-only log, notifications) says when it happened, and
nothing is changed afterwards.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone

_true_now = timezone.now


def today() -> date:
    """The day of the load, whatever day is being acted out."""
    return timezone.localdate(_true_now())


def ago(*, days: float = 0, hours: float = 0) -> datetime:
    """A moment before the load."""
    return _true_now() - timedelta(days=days, hours=hours)


@contextlib.contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """What happens inside happens at `moment`. For a command that runs alone; never for a server."""
    before = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = before
