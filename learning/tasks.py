"""What happens by the clock. Every job may run twice."""

from __future__ import annotations

import uuid

from django.db.models import Exists, OuterRef
from django.utils import timezone

from foundation.jobs.registry import Schedule
from foundation.workflow.errors import TransitionError
from learning.models import Cohort, Completion, CoursePage, Enrolment, Study, TrainingModulePage
from learning.services.enrolment import complete, fill_seats, release_seats_of
from learning.services.progress import complete_if_done
from learning.steps import Lesson
from learning.translations import in_language


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


def complete_lessons(module: str = "") -> int:
    """Lessons of which nothing is missing any more, because an author took out what was, are finished.

    `module` is one translation key; without it, all that somebody has begun. Answers how many were finished.
    """
    finished = Completion.objects.filter(user=OuterRef("user"), module=OuterRef("module"))
    begun = Study.objects.exclude(Exists(finished)).select_related("user")
    count = 0
    for key in [module] if module else list(begun.order_by().values_list("module", flat=True).distinct()):
        versions = list(
            TrainingModulePage.objects.live()
            .filter(translation_key=key)
            .select_related("locale")
            .order_by("pk")
        )
        lessons = {page.pk: Lesson(page) for page in versions}
        for study in begun.filter(module=key) if versions else ():
            page = in_language(versions, study.language)
            if page is not None and complete_if_done(study.user, lessons[page.pk]):
                count += 1
    return count


SCHEDULES = [
    Schedule(
        "learning: free seats go to those who wait", "learning.tasks.fill_free_seats", cron="10 2 * * *"
    ),
    Schedule("learning: who completed a course", "learning.tasks.complete_courses", cron="20 2 * * *"),
    Schedule("learning: who finished a lesson", "learning.tasks.complete_lessons", cron="30 2 * * *"),
]
