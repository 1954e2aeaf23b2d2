"""Your learning: what you are in the middle of, what is coming up, your courses, what you finished."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation.accounts.decorators import member_page
from learning.models import Completion, CoursePage, Enrolment, TrainingModulePage
from learning.selectors import begun_before, coming_up_for, continues_for
from learning.services.enrolment import place_in_line
from learning.translations import localized

FINISHED_SHOWN = 50


@member_page
def mine_view(request: HttpRequest) -> HttpResponse:
    """A page for the signed-in person only."""
    language = get_language() or "en"
    rows = Paginator(Completion.objects.filter(user=request.user), FINISHED_SHOWN)
    finished = rows.get_page(request.GET.get("page"))
    keys = [row.module for row in finished]
    pages = localized(TrainingModulePage, keys, language) if keys else {}
    continues = continues_for(request.user, language)
    context = {
        "continues": continues,
        "begun": begun_before(request.user, language, shown=len(continues)) if len(continues) >= 5 else [],
        "sessions": coming_up_for(request.user, language),
        "courses": courses_of(request.user, language),
        "finished": [(row, pages.get(row.module)) for row in finished],
        "finished_page": finished,
        "crumbs": [(_("Your learning"), "")],
    }
    return render(request, "learning/pages/mine.html", context)


def courses_of(user: Any, language: str) -> list[dict[str, Any]]:
    """Cohorts in which somebody has or had a seat or waits for one, the latest first, each with the course's page in
    their language, None where it is not open any more."""
    rows = list(
        Enrolment.objects.filter(user=user)
        .exclude(state="left")
        .select_related("cohort__course")
        .order_by("-cohort__starts_on", "-pk")
    )
    pages = (
        localized(CoursePage, {row.cohort.course.translation_key for row in rows}, language) if rows else {}
    )
    return [
        {
            "enrolment": row,
            "page": pages.get(row.cohort.course.translation_key),
            "place": place_in_line(row) if row.state == "waiting" else 0,
        }
        for row in rows
    ]
