"""What other rooms ask of learning: where somebody is, and what is coming up for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db.models import Exists
from django.utils import timezone
from django.utils.translation import get_language, ngettext

from foundation.design.navigation import in_interface
from learning.models import Completion, CoursePage, Enrolment, Session, Study, TrainingModulePage
from learning.querysets import SEATED
from learning.services.progress import standing
from learning.steps import Lesson
from learning.translations import localized

if TYPE_CHECKING:
    from foundation.accounts.models import User


HAS_SEAT = "has_seat"


def traces_of(user: User) -> dict[str, Exists]:
    """Annotations that tell, with any query for one row, whether `coming_up_for` can have anything for the user."""
    return {HAS_SEAT: Exists(Enrolment.objects.filter(user=user, state__in=SEATED))}


@dataclass(frozen=True)
class Continue:
    """The lesson somebody is in the middle of, in words for the reader.

    `next_step` is the title of the step to go on with; of `total` steps all before the `current`-th are done, in
    whatever order; `minutes_left` is what the open steps take.
    """

    title: str
    summary: str
    url: str
    next_step: str
    current: int
    total: int
    label: str
    minutes_left: int
    missing: str
    language: str
    kind: str = "lesson"


@dataclass(frozen=True)
class UpcomingSession:
    """A live session somebody has a seat in. `meeting_url` is theirs: never show it to anybody else."""

    title: str
    course: str
    url: str
    starts_at: datetime
    minutes: int
    meeting_url: str


def continue_for(user: User, language: str) -> Continue | None:
    """The lesson that the user opened last and has not finished, in a language (else its fallback); else None."""
    return next(iter(continues_for(user, language, limit=1)), None)


def continues_for(user: User, language: str, *, limit: int = 5) -> list[Continue]:
    """Lessons begun and not finished, the last one first."""
    finished = Completion.objects.filter(user=user).values("module")
    begun = list(Study.objects.filter(user=user).exclude(module__in=finished).order_by("-seen")[: limit * 2])
    pages = localized(TrainingModulePage, [study.module for study in begun], language) if begun else {}
    found = (
        _continue(user, pages[study.module], study, language) for study in begun if study.module in pages
    )
    return list(islice((row for row in found if row is not None), limit))


def _continue(user: User, page: TrainingModulePage, study: Study, language: str) -> Continue | None:
    lesson = Lesson(page)
    mine = standing(user, lesson, study=study)
    step = mine.next_step(lesson)
    if step is None:
        return None
    left, done = lesson.minutes_left(step.number, mine.done), mine.steps_done(lesson)
    return Continue(
        title=page.title,
        summary=page.summary,
        url=in_interface(lesson.url(step), language),
        next_step=step.title,
        current=done + 1,
        total=len(lesson.steps),
        label=_how_far(done, len(lesson.steps), left),
        minutes_left=left,
        missing=mine.missing_sentence(lesson),
        language=page.locale.language_code,
    )


def begun_before(user: User, language: str, *, shown: int) -> list[TrainingModulePage]:
    """Lessons begun and not finished, after those which `continues_for` shows; two queries however many."""
    finished = Completion.objects.filter(user=user).values("module")
    begun = Study.objects.filter(user=user).exclude(module__in=finished).order_by("-seen")
    keys = list(begun.values_list("module", flat=True))
    pages = localized(TrainingModulePage, keys, language) if keys else {}
    return [pages[key] for key in keys if key in pages][shown:]


def _how_far(done: int, total: int, minutes_left: int) -> str:
    return ngettext(
        "%(done)s of %(total)s steps done · %(minutes)s minute left",
        "%(done)s of %(total)s steps done · %(minutes)s minutes left",
        minutes_left,
    ) % {"done": done, "total": total, "minutes": minutes_left}


def coming_up_for(user: User, language: str = "", *, limit: int = 5) -> list[UpcomingSession]:
    """Sessions of the cohorts in which the user holds a seat, from those running now on.

    `language` is that of the course's page, by default the active one. One query, and one more where a course is
    not written in that language.
    """
    language = language or get_language() or "en"
    rows = list(
        Session.objects.filter(
            cohort__enrolments__user=user,
            cohort__enrolments__state__in=SEATED,
            starts_at__gte=timezone.now() - timedelta(hours=3),
        )
        .select_related("cohort__course__locale")
        .order_by("starts_at", "id")[: limit * 2]
    )
    now = timezone.now()
    rows = [row for row in rows if row.ends_at > now][:limit]
    if not rows:
        return []
    courses = {row.cohort.course.translation_key: row.cohort.course for row in rows}
    pages = {
        key: page for key, page in courses.items() if page.live and page.locale.language_code == language
    }
    other = courses.keys() - pages.keys()
    pages |= localized(CoursePage, other, language) if other else {}
    return [_upcoming(row, pages, language) for row in rows if row.cohort.course.translation_key in pages]


def _upcoming(row: Session, pages: dict[Any, Any], language: str) -> UpcomingSession:
    page = pages[row.cohort.course.translation_key]
    return UpcomingSession(
        title=row.title,
        course=page.title,
        url=in_interface(page.url, language),
        starts_at=row.starts_at,
        minutes=row.minutes,
        meeting_url=row.meeting_url,
    )
