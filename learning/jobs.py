"""What happens by the clock. Every job may run twice."""

from __future__ import annotations

import uuid

from django.utils import timezone

from exchange.jobs.schedules import Schedule
from exchange.workflow.services import TransitionError
from learning.enrolment import complete, fill_seats, release_seats_of
from learning.models import Cohort, CoursePage, Enrolment, TrainingModulePage
from learning.models.completion import Completion


def fill_free_seats() -> int:
    """Gives every free seat to those who wait, should anything have changed past the services. Answers how many."""
    given = 0
    closed = Enrolment.objects.filter(user__is_active=False, state__in=("enrolled", "waiting"))
    for enrolment in closed.select_related("user"):
        given += release_seats_of(enrolment.user)
    for cohort in Cohort.objects.upcoming().filter(enrolments__state="waiting").distinct():
        given += fill_seats(cohort)
    return given


def complete_courses() -> int:
    """After the last day of a cohort: completed are those who finished every lesson of the course.

    Of a course without lessons only its coordinators can say who completed it. Answers how many.
    """
    count = 0
    over = Cohort.objects.filter(ends_on__lt=timezone.localdate(), enrolments__state="enrolled").distinct()
    for cohort in over.select_related("course"):
        lessons = lessons_of(cohort.course)
        if not lessons:
            continue
        for enrolment in cohort.enrolments.filter(state="enrolled").select_related("user", "cohort__course"):
            mine = Completion.objects.filter(user=enrolment.user_id, module__in=lessons)
            if mine.count() < len(lessons):
                continue
            try:
                complete(enrolment, by=None)
                count += 1
            except TransitionError:
                continue  # moved in this very moment
    return count


def lessons_of(course: CoursePage) -> set[uuid.UUID]:
    """Translation keys of the published lessons in the weeks of a course."""
    chosen = {item["value"] for raw in course.weeks.raw_data for item in raw["value"].get("pages") or ()}
    keys = TrainingModulePage.objects.filter(pk__in=chosen - {None}).values("translation_key")
    live = TrainingModulePage.objects.live().filter(translation_key__in=keys)
    return set(live.values_list("translation_key", flat=True))


SCHEDULES = [
    Schedule("learning: free seats go to those who wait", "learning.jobs.fill_free_seats", cron="10 2 * * *"),
    Schedule("learning: who completed a course", "learning.jobs.complete_courses", cron="20 2 * * *"),
]
