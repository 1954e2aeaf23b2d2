"""The page of a cohort for those who run it: who has a seat, who waits, who completed the course."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.accounts.decorators import member_button, member_page
from foundation.design.navigation import in_interface
from foundation.l10n.names import said
from foundation.messages import explained
from learning.models import Cohort, CoursePage, Enrolment
from learning.querysets import SEATED
from learning.services.enrolment import complete, remove
from learning.translations import localized

MOVES = {"complete": complete, "remove": remove}


def _cohort(request: HttpRequest, cohort_id: int) -> Cohort:
    """The cohort, for those who run courses; there is no such page for anybody else."""
    if not request.user.has_perm("learning.change_enrolment"):
        raise Http404
    return get_object_or_404(Cohort.objects.with_taken().select_related("course__locale"), pk=cohort_id)


@member_page
def people_view(request: HttpRequest, cohort_id: int) -> HttpResponse:
    """Everybody in a cohort and on its waiting list, with what may be done."""
    cohort = _cohort(request, cohort_id)
    rows = list(Enrolment.objects.filter(cohort=cohort).exclude(state="left").select_related("user"))
    line = [row for row in rows if row.state == "waiting" and row.user.is_active]
    line.sort(key=lambda row: (row.state_since, row.pk))
    course: Any = cohort.course
    here = localized(CoursePage, [course.translation_key], get_language() or "en").get(course.translation_key)
    course_url = in_interface((here or course).get_url(request))
    context = {
        "cohort": cohort,
        "course": here or course,
        "seated": [row for row in rows if row.state in SEATED],
        "line": line,
        "begun": cohort.has_begun,
        "may_edit": request.user.has_perm("learning.change_cohort"),
        "edit_url": reverse("cohorts:edit", args=[cohort.pk]),
        "crumbs": [((here or course).title, course_url), (cohort.name, "")],
    }
    return render(request, "learning/pages/cohort_people.html", context)


@member_button
@require_POST
def move_view(request: HttpRequest, cohort_id: int, enrolment_id: int) -> HttpResponse:
    """Says that somebody completed the course, or takes somebody out of it."""
    cohort = _cohort(request, cohort_id)
    enrolment = get_object_or_404(
        Enrolment.objects.select_related("user", "cohort__course"), pk=enrolment_id, cohort=cohort
    )
    move = MOVES.get(request.POST.get("move", ""))
    if move is None:
        raise Http404
    with explained(request):
        move(enrolment, by=request.user)
        done = (
            _("%(name)s completed the course, and was told.")
            if move is complete
            else _("%(name)s is no longer in the course, and was told. A free seat goes to the next in line.")
        )
        messages.success(request, said(done, name=enrolment.user))
    return HttpResponseRedirect(reverse("learning:people", args=[cohort.pk]))
