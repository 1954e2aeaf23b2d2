"""The queue's part: computing vectors in short turns, so that nothing else waits for them."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from foundation.jobs.models import Heartbeat
from foundation.jobs.registry import Schedule
from foundation.jobs.services import enqueue, record_heartbeat
from search.semantic import is_on

logger = logging.getLogger(__name__)
TURN = 1.0  # seconds; a change of visibility, which must be seen within two, waits no longer for the worker
ALIVE = timedelta(seconds=60)  # without a turn for so long, the chain of turns is broken
NAME = "meanings"


def wake() -> None:
    """Have the queue compute what is wanted, unless it is doing so."""
    from search.semantic.models import Meaning

    if not is_on() or not Meaning.objects.wanted().exists():
        return
    if Heartbeat.objects.filter(name=NAME, at__gte=timezone.now() - ALIVE).exists():
        return
    record_heartbeat(NAME)
    enqueue("search.semantic.tasks.compute_wanted")


def waiting() -> int | None:
    """How many texts wait for their vector; None with the extra off."""
    from search.semantic.models import Meaning

    return Meaning.objects.wanted().count() if is_on() else None


def compute_wanted() -> None:
    """One turn; whatever is left then is the next job."""
    from search.semantic import storage
    from search.semantic.models import Meaning

    if not is_on():
        return
    storage.compute(TURN)
    # Said before looking, so that whoever wants something after this look wakes the queue again.
    Heartbeat.objects.filter(name=NAME).delete()
    if Meaning.objects.wanted().exists():
        record_heartbeat(NAME)
        enqueue("search.semantic.tasks.compute_wanted")


def tidy() -> None:
    """Every night: forget the vectors of what is not in the index; with the extra off, all of them."""
    if is_on():
        from search.engines.factory import current_engine
        from search.semantic import storage

        storage.forget_surplus(current_engine())
    else:
        from search.semantic.models import Meaning

        Meaning.objects.all().delete()


SCHEDULES = [Schedule("search meanings tidy", "search.semantic.tasks.tidy", cron="20 3 * * *")]
if getattr(settings, "SEARCH_SEMANTIC", False):
    SCHEDULES.append(Schedule("search meanings wake", "search.semantic.tasks.wake", minutes=1))
