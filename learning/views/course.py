"""The page of a course, and enrolling in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.models import Page

from directory.kinds import PERSON
from foundation.design.cards import Card
from foundation.design.navigation import in_interface
from foundation.l10n.languages import language_name
from foundation.l10n.lists import listed
from foundation.l10n.names import said
from foundation.l10n.times import minutes_text
from foundation.messages import explained
from learning.models import Cohort, CoursePage, Enrolment, Session, WebinarPage
from learning.presenters.page import frame
from learning.presenters.related import around_page
from learning.querysets import SEATED
from learning.services.enrolment import enrol, leave, place_in_line
from learning.translations import in_language, localized, open_to_all


@dataclass
class SessionShown:
    """A session as one reader may see it. `meeting_url` is empty for everybody who holds no seat."""

    title: str
    starts_at: Any
    minutes: str
    languages: str
    meeting_url: str = ""
    recording_url: str = ""


@dataclass
class CohortShown:
    """A cohort as one reader may see it."""

    cohort: Cohort
    enrolment: Enrolment | None
    sessions: list[SessionShown] = field(default_factory=list)
    place: int = 0

    @property
    def seats_left(self) -> int:
        """Never less than none, and none while others wait."""
        return self.cohort.seats_left()

    @property
    def state(self) -> str:
        """enrolled, waiting, completed; else soon, closed, open, full, none_left."""
        if self.enrolment is not None and self.enrolment.state != "left":
            return self.enrolment.state
        now = timezone.now()
        if now < self.cohort.opens:
            return "soon"
        if now >= self.cohort.closes:
            return "closed"
        if self.seats_left:
            return "open"
        return "full" if self.cohort.waiting_list else "none_left"

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.cohort.ends_on < timezone.localdate()

    @property
    def first(self) -> SessionShown | None:
        """The first session."""
        return self.sessions[0] if self.sessions else None

    @property
    def runs(self) -> str:
        """How many weeks, as text."""
        weeks = max(1, ceil(((self.cohort.ends_on - self.cohort.starts_on).days + 1) / 7))
        return ngettext("%(count)s week", "%(count)s weeks", weeks) % {"count": weeks}

    @property
    def language(self) -> str:
        """Name of the cohort's language."""
        return language_name(self.cohort.language, get_language() or "en")


def cohorts_for(page: CoursePage, user: Any) -> list[CohortShown]:
    """Cohorts that are not over, the next first, as this user may see them, and those in which they had a seat; at
    most five queries."""
    open_to_user = Q(ends_on__gte=timezone.localdate())
    if user.is_authenticated:
        held = Enrolment.objects.seated().filter(user=user)
        open_to_user |= Q(pk__in=held.values("cohort"))
    cohorts = list(
        Cohort.objects.filter(open_to_user, course__translation_key=page.translation_key)
        .order_by("starts_on", "id")
        .with_taken()
        .prefetch_related(Prefetch("sessions", Session.objects.select_related("recording")))
    )
    mine: dict[int, Enrolment] = {}
    if user.is_authenticated and cohorts:
        rows = Enrolment.objects.filter(user=user, cohort__in=cohorts).select_related("cohort")
        mine = {row.cohort_id: row for row in rows}
    recordings = _recordings(cohorts)
    shown = []
    for cohort in cohorts:
        enrolment = mine.get(cohort.pk)
        row = CohortShown(cohort, enrolment, _sessions(cohort, enrolment, recordings))
        if row.state == "waiting" and enrolment is not None:
            row.place = place_in_line(enrolment)
        shown.append(row)
    # What the reader takes part in comes first.
    return sorted(shown, key=lambda row: row.state not in ("enrolled", "waiting"))


def _recordings(cohorts: Iterable[Cohort]) -> dict[Any, str]:
    """Addresses of the sessions' published recordings in the reader's language, by translation key; one query."""
    rows = [session.recording for cohort in cohorts for session in cohort.sessions.all()]
    keys = {row.translation_key for row in rows if row is not None}
    pages = localized(WebinarPage, keys, get_language() or "en") if keys else {}
    return {key: in_interface(page.url) for key, page in pages.items()}


def _sessions(cohort: Cohort, enrolment: Enrolment | None, recordings: dict[Any, str]) -> list[SessionShown]:
    seated = enrolment is not None and enrolment.state in SEATED
    rows = sorted(cohort.sessions.all(), key=lambda session: session.starts_at)
    return [session_shown(row, seated=seated, recordings=recordings) for row in rows]


def session_shown(session: Session, *, seated: bool, recordings: dict[Any, str]) -> SessionShown:
    """A session without its meeting address unless the reader holds a seat."""
    reader = get_language() or "en"
    spoken = language_name(session.language, reader)
    if session.interpreted_into:
        names = listed(language_name(code, reader) for code in session.interpreted_into)
        spoken = said(_("%(spoken)s, interpreted into %(languages)s"), spoken=spoken, languages=names)
    return SessionShown(
        title=session.title,
        starts_at=session.starts_at,
        minutes=minutes_text(session.minutes),
        languages=spoken,
        meeting_url=session.meeting_url if seated else "",
        recording_url=recordings.get(session.recording.translation_key, "") if session.recording else "",
    )


def course_view(page: CoursePage, request: HttpRequest) -> HttpResponse:
    """The page of a course."""
    every = cohorts_for(page, request.user)
    cohorts = [row for row in every if not row.is_over]
    following = cohorts[0] if cohorts else None
    leaders = leaders_of(page)
    context = {
        **frame(page, request),
        "next": following,
        "others": cohorts[1:],
        "earlier": [row for row in reversed(every) if row.is_over],
        "runs_it": request.user.has_perm("learning.change_enrolment"),
        "weeks": weeks_of(page, following.cohort.starts_on if following else None),
        "asks": _asks(page),
        "leaders": leaders,
        **around_page(page, request, exclude=[(PERSON.name, key) for key, _card in leaders]),
    }
    return TemplateResponse(request, "learning/pages/course_page.html", context)


def _asks(page: CoursePage) -> str:
    weeks = [raw["value"].get("minutes") or 0 for raw in page.weeks.raw_data]
    if not weeks or not sum(weeks):
        return ""
    hours = max(1, round(sum(weeks) / len(weeks) / 60))
    return ngettext("About %(count)s hour a week", "About %(count)s hours a week", hours) % {"count": hours}


def weeks_of(page: CoursePage, starts_on: date | None) -> list[dict[str, Any]]:
    """The weeks with their dates, where a cohort gives them, and their lessons in the reader's language."""
    stored = [raw["value"] for raw in page.words("weeks").raw_data]
    here = _lessons({item["value"] for week in stored for item in week.get("pages") or ()}, page)
    return [
        {
            "number": number,
            "date": starts_on + timedelta(weeks=number - 1) if starts_on else None,
            "title": week.get("title") or "",
            "summary": week.get("summary") or "",
            "text": week.get("text") or "",
            "asks": minutes_text(week.get("minutes")),
            "pages": [here[item["value"]] for item in week.get("pages") or () if item["value"] in here],
        }
        for number, week in enumerate(stored, start=1)
    ]


def _lessons(chosen: set[Any], page: CoursePage) -> dict[Any, Page]:
    """Published lessons and recordings in the page's language (else a fallback), by the primary key that the
    author chose; one query. Reads the stored keys: blocks would ask for each page by itself."""
    keys = Page.objects.filter(pk__in=chosen - {None}).values("translation_key")
    rows = open_to_all(Page.objects.filter(translation_key__in=keys)).select_related("locale").order_by("pk")
    versions: dict[Any, list[Page]] = {}
    for row in rows:
        versions.setdefault(row.translation_key, []).append(row)
    return {
        row.pk: shown
        for rows_of_key in versions.values()
        for row in rows_of_key
        if row.pk in chosen
        and (shown := in_language([row for row in rows_of_key if row.live], page.shown_in))
    }


def leaders_of(page: CoursePage) -> list[tuple[str, Card]]:
    """The people who lead a course and want to be seen in the directory: (id, card)."""
    rows = page.facilitators.select_related("person__user").all() if page.pk else page.facilitators.all()
    return [
        (
            str(row.person_id),
            Card(
                kind=PERSON.name,
                title=row.person.name,
                url=row.person.get_absolute_url(),
                summary=row.about,
                face=row.person.name,
            ),
        )
        for row in rows
        if row.person.listed and not row.person.leave_alone and row.person.user.is_active
    ]


@require_POST
def enrol_view(request: HttpRequest, cohort_id: int) -> HttpResponse:
    """Takes a seat or a place on the waiting list."""
    cohort = get_object_or_404(Cohort.objects.select_related("course"), pk=cohort_id, course__live=True)
    if not request.user.is_authenticated:
        # Signed out since the page was opened: back to the course after signing in.
        return redirect_to_login(_course_url(request, cohort))
    with explained(request):
        enrolment = enrol(cohort, request.user)
        if enrolment.state == "enrolled":
            messages.success(
                request, _("You are enrolled. You find the dates and meeting links on this page.")
            )
        elif enrolment.state == "waiting":
            messages.success(request, _("You are on the waiting list. We tell you when a seat is yours."))
    return _back(request, cohort)


@require_POST
def leave_view(request: HttpRequest, cohort_id: int) -> HttpResponse:
    """Gives the seat back."""
    cohort = get_object_or_404(Cohort.objects.select_related("course"), pk=cohort_id)
    if not request.user.is_authenticated:
        return redirect_to_login(_course_url(request, cohort))
    enrolment = get_object_or_404(Enrolment, cohort=cohort, user=request.user)
    with explained(request):
        leave(enrolment, by=request.user)
        messages.success(request, _("You have left the course. Somebody else can have your seat."))
    return _back(request, cohort)


def _back(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    return HttpResponseRedirect(_course_url(request, cohort))


def _course_url(request: HttpRequest, cohort: Cohort) -> str:
    """The course's page in the language of the request, where it exists."""
    course: Any = cohort.course
    here = localized(CoursePage, [course.translation_key], get_language() or "en").get(course.translation_key)
    return in_interface((here or course).get_url(request)) or "/"
