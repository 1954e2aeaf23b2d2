"""Seats in a cohort: taking one, waiting for one, giving it back, and completing the course.

A seat is free only if nobody waits for it. Whatever makes one free (somebody leaves or is taken out, an account is
closed or deleted, more seats, a later end) calls `fill_seats`; the jobs of the night look once more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.notifications.services import notify
from foundation.workflow.errors import TransitionError
from foundation.workflow.services import start, transition
from learning.errors import EnrolmentError
from learning.models import Cohort, Enrolment
from learning.querysets import SEATED

if TYPE_CHECKING:
    from foundation.accounts.models import User


def enrol(cohort: Cohort, user: User) -> Enrolment:
    """Gives a seat, or a place on the waiting list where all seats are taken. Twice is the same as once.

    The cohort's row is locked while seats are counted, so that of two people one gets the last seat. Who waited
    already comes first, also for a seat that nobody has noticed yet.
    Raises EnrolmentError when enrolment is not open, or full without a waiting list.
    """
    fill_seats(cohort)  # by itself, so that a refusal below takes no seat back
    with transaction.atomic():
        cohort = _locked(cohort)
        enrolment = Enrolment.objects.filter(cohort=cohort, user=user).first()
        if enrolment is not None and enrolment.state != "left":
            return enrolment
        _check_window(cohort)
        free = _free(cohort) > 0 and not Enrolment.objects.filter(cohort=cohort).in_line().exists()
        if not free and not cohort.waiting_list:
            raise EnrolmentError(_("All seats are taken."))
        if enrolment is not None:
            transition(enrolment, "come_back" if free else "wait_again", by=user)
        else:
            enrolment = Enrolment.objects.create(
                cohort=cohort, user=user, state="enrolled" if free else "waiting"
            )
            start(enrolment, by=user, role="learner")
        _tell(enrolment, "learning.enrolled" if free else "learning.waiting")
    return enrolment


@transaction.atomic
def leave(enrolment: Enrolment, *, by: User) -> int:
    """Gives the seat back; it goes to the next person on the waiting list. Answers how many seats were given.

    Raises TransitionError where this is not the learner, or the course is over for them.
    """
    _locked(enrolment.cohort)
    transition(enrolment, "leave", by=by)
    return fill_seats(enrolment.cohort)


@transaction.atomic
def remove(enrolment: Enrolment, *, by: User) -> int:
    """A coordinator takes somebody out of the cohort or its waiting list, and they are told. Answers how many seats
    were given to those who wait.

    Raises TransitionError where somebody may not, or the course is over for that person.
    """
    _locked(enrolment.cohort)
    transition(enrolment, "remove", by=by)
    _tell(enrolment, "learning.removed")
    return fill_seats(enrolment.cohort)


@transaction.atomic
def complete(enrolment: Enrolment, *, by: User | None) -> None:
    """Somebody has completed the course, and is told; `by` nobody is the system.

    Raises TransitionError where somebody may not, it is not for this person to complete any more, or the course has
    not begun.
    """
    if by is not None and not enrolment.cohort.has_begun:
        raise TransitionError(_("This course has not begun yet, so nobody has completed it."))
    transition(enrolment, "complete", by=by)
    _tell(enrolment, "learning.completed", url=reverse("learning:mine"))


@transaction.atomic
def release_seats_of(user: User) -> int:
    """An account was closed: its seats go to the next in line. Answers how many seats were given."""
    given = 0
    held = Enrolment.objects.filter(user=user, state__in=("enrolled", "waiting"), user__is_active=False)
    held = held.filter(cohort__ends_on__gte=timezone.localdate()).select_related("cohort")
    for enrolment in held.order_by("cohort_id"):
        _locked(enrolment.cohort)
        transition(enrolment, "release", by=None)
        given += fill_seats(enrolment.cohort)
    return given


@transaction.atomic
def fill_seats(cohort: Cohort) -> int:
    """Gives free seats to those who wait, in the order in which they came. Answers how many."""
    cohort = _locked(cohort)
    if cohort.ends_on < timezone.localdate():
        return 0
    given = 0
    for enrolment in Enrolment.objects.filter(cohort=cohort).in_line()[: max(0, _free(cohort))]:
        transition(enrolment, "give_seat", by=None)
        _tell(enrolment, "learning.seat_given")
        given += 1
    return given


def place_in_line(enrolment: Enrolment) -> int:
    """Which place somebody has on the waiting list, from 1: as many get a seat before them as it says."""
    since, number = enrolment.state_since, enrolment.pk
    before = Enrolment.objects.filter(cohort_id=enrolment.cohort_id).in_line()
    return before.filter(Q(state_since__lt=since) | Q(state_since=since, pk__lt=number)).count() + 1


def _locked(cohort: Cohort) -> Cohort:
    return Cohort.objects.select_for_update().get(pk=cohort.pk)


def _free(cohort: Cohort) -> int:
    return cohort.seats - Enrolment.objects.filter(cohort=cohort, state__in=SEATED).count()


def _check_window(cohort: Cohort) -> None:
    now = timezone.now()
    if now < cohort.opens:
        raise EnrolmentError(_("Enrolment is not open yet."))
    if now >= cohort.closes:
        raise EnrolmentError(_("Enrolment is closed."))


def _tell(enrolment: Enrolment, kind: str, *, url: str = "") -> None:
    course: Any = enrolment.cohort.course
    notify(
        enrolment.user,
        kind,
        {"course": course.title, "cohort": enrolment.cohort.name},
        url=url or course.url or "",
        key=f"{kind}:{enrolment.pk}:{enrolment.state_since:%Y%m%d%H%M%S%f}",
    )
