"""What happens by the clock. Every job may run twice."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from foundation.jobs.registry import Schedule
from foundation.workflow.errors import TransitionError
from foundation.workflow.services import transition, transition_each
from mentoring.deadlines import RELEASE_AFTER, STILL_ON_AFTER
from mentoring.models import MentoringRequest, Pairing, Proposal
from mentoring.notify import asked_by, tell_coordinators, tell_mentee, tell_mentor, tell_pair
from mentoring.services.proposals import lapse_due

REMIND_BEFORE = datetime.timedelta(hours=24)


def lapse_proposals() -> int:
    """Ends questions to mentors whose time is over."""
    return lapse_due()


def remind_mentors() -> int:
    """Reminds once, a day before a question runs out."""
    now = timezone.now()
    due = Proposal.objects.live().filter(
        reminded_at=None,
        expires_at__gt=now,
        expires_at__lte=now + REMIND_BEFORE,
        created__lt=now - REMIND_BEFORE,
    )
    count = 0
    for proposal in due.select_related("offer__person__user", "request__programme__locale"):
        with transaction.atomic():
            # One UPDATE decides which of two workers tells.
            if Proposal.objects.filter(pk=proposal.pk, reminded_at=None, state="offered").update(
                reminded_at=now
            ):
                tell_mentor(proposal, "asked_reminder", proposal.pk, of=asked_by(proposal))
                count += 1
    return count


def tell_of_late_answers() -> int:
    """When a promised answer is late: reminds the coordinators and says so to the person, once for each wait."""
    count = 0
    for request in MentoringRequest.objects.filter(state="submitted").select_related(
        "programme", "person__user"
    ):
        if request.is_late:
            once = f"{request.pk}:{request.state_since:%Y%m%d%H%M}"
            tell_coordinators(request, "requests_late", once)
            tell_mentee(request, "answer_late", once)
            count += 1
    return count


def expire_requests() -> int:
    """Ends requests that have waited as long as their programme allows, and says what else there is."""
    count = 0
    waiting = MentoringRequest.objects.filter(
        state__in=("submitted", "needs_info", "queued"), submitted_at__isnull=False
    ).annotate(weeks=F("programme__expires_after_weeks"))
    for request in waiting:
        if (
            request.submitted_at is None
            or request.submitted_at + datetime.timedelta(weeks=request.weeks) > timezone.now()
        ):
            continue
        try:
            transition(request, "expire", by=None)
            count += 1
        except TransitionError:
            continue  # moved in this very moment
    return count


def resume_pairings() -> int:
    """Ends breaks whose day has come."""
    count = 0
    for pairing in Pairing.objects.filter(state="paused", pause_until__lte=timezone.localdate()):
        try:
            transition(pairing, "resume", by=None)
            count += 1
        except TransitionError:
            continue
    return count


def release_orphaned() -> int:
    """Nobody is left behind by an account that was deleted: pairs without a mentor are handed over, and
    requests whose asked mentor is gone go back to matching."""
    count = 0
    alone = Pairing.objects.open().filter(mentor=None)
    unasked = MentoringRequest.objects.filter(state="proposed").exclude(proposals__state="offered")
    for row, name in [*((pair, "hand_over") for pair in alone), *((one, "release") for one in unasked)]:
        try:
            transition(row, name, by=None)
            count += 1
        except TransitionError:
            continue
    return count


def ask_silent_pairs() -> int:
    """Asks both of a silent pair whether they go on, once until one of them does something."""
    now, asked = timezone.now(), 0
    for state, after in STILL_ON_AFTER.items():
        silent = Pairing.objects.filter(state=state, still_on_asked_at=None, sign_of_life_at__lt=now - after)
        for pair in silent.with_all():
            with transaction.atomic():
                # One UPDATE decides which of two workers asks.
                if silent.filter(pk=pair.pk).update(still_on_asked_at=now):
                    once = f"{pair.pk}:{now:%Y%m%d%H%M%S%f}"
                    tell_pair(pair, "still_on", once, until=now + RELEASE_AFTER)
                    asked += 1
    return asked


def release_silent_pairs() -> int:
    """Ends pairs that were asked and of which neither said a word: the mentor's hours are free again."""
    over = Pairing.objects.filter(
        state__in=STILL_ON_AFTER, still_on_asked_at__lt=timezone.now() - RELEASE_AFTER
    )
    return transition_each(over, "release")


def look_after_silent_pairs() -> None:
    """Every night: asks, and releases whom the asking brought no word."""
    ask_silent_pairs()
    release_silent_pairs()


SCHEDULES = [
    Schedule("mentoring: questions to mentors run out", "mentoring.tasks.lapse_proposals", minutes=15),
    Schedule("mentoring: remind mentors", "mentoring.tasks.remind_mentors", minutes=60),
    Schedule("mentoring: late answers", "mentoring.tasks.tell_of_late_answers", minutes=60),
    Schedule("mentoring: old requests end", "mentoring.tasks.expire_requests", cron="40 4 * * *"),
    Schedule("mentoring: look after the left", "mentoring.tasks.release_orphaned", minutes=30),
    Schedule("mentoring: silent pairs", "mentoring.tasks.look_after_silent_pairs", cron="30 4 * * *"),
    Schedule("mentoring: breaks end", "mentoring.tasks.resume_pairings", cron="10 5 * * *"),
]
