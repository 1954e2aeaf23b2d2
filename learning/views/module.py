"""Taking a module: its overview, one step a screen, and the page at the end.

What learners enter is sent to learning/views/step.py. No page carries a form token, so those for people who are
not signed in can be kept in the cache.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.l10n.times import span_text
from learning.completion import rule_sentence
from learning.constants import Part
from learning.models import Library, TrainingModulePage
from learning.presenters.page import frame
from learning.presenters.related import around_page, pass_it_on
from learning.presenters.step import Typed, pieces_of
from learning.services import progress, session_progress
from learning.services.answers import evidence_error
from learning.services.progress import Standing
from learning.steps import Lesson, Step


def standing_of(request: HttpRequest, lesson: Lesson) -> Standing:
    """How far the reader is: from their account, or from their browser's session."""
    if request.user.is_authenticated:
        return progress.standing(request.user, lesson)
    return session_progress.standing(request.session, lesson)


def overview_view(page: TrainingModulePage, request: HttpRequest) -> HttpResponse:
    """The page of a module: what it is for, its steps, where the reader is, who can help."""
    lesson = Lesson(page)
    asked = lesson.step_by_id(request.GET.get("step", ""))
    if asked:  # a link from another lesson's text, which knows the step by its id and not by its number
        return HttpResponseRedirect(lesson.url(asked))
    mine = standing_of(request, lesson)
    around = frame(page, request)
    lesson = lesson.marked()
    following = mine.next_step(lesson)
    context = {
        **around,
        "lesson": lesson,
        "standing": mine,
        "rows": [(step, lesson.url(step), step.is_done(mine.done)) for step in lesson.steps],
        "begun": bool(mine.place or mine.done),
        "next_step": following,
        "left_over": mine.left_over(lesson),
        "start_url": lesson.url(following or lesson.steps[0]) if lesson.steps else "",
        "rule": rule_sentence(lesson.requirements),
        "missing": mine.missing_sentence(lesson),
        "length": span_text(page.minutes_min, page.minutes_max) or span_text(None, page.length_minutes),
        **around_page(page, request),
        "libraries": libraries_of(page),
        "index_url": (page.host or page.get_parent()).get_url(request),
    }
    return TemplateResponse(request, "learning/pages/module_page.html", context)


def libraries_of(page: TrainingModulePage) -> list[Any]:
    """The listed libraries that hold a module, in any language of it."""
    return list(
        Library.objects.filter(
            listed=True, categories__entries__module__translation_key=page.translation_key
        ).distinct()
    )


def step_view(page: TrainingModulePage, request: HttpRequest, number: int) -> HttpResponse:
    """One step, with what the reader entered in it."""
    lesson = Lesson(page)
    step = lesson.step(number)
    if step is None:
        # The lesson may have become shorter since somebody kept this address.
        if lesson.steps and number > len(lesson.steps):
            return HttpResponseRedirect(lesson.url(lesson.steps[-1]))
        raise Http404
    return _show(request, lesson, step, _typed(request, step))


def _typed(request: HttpRequest, step: Step) -> Typed:
    """What the address asks to be shown: the answer of a question, or that a part was sent without anything."""
    question, part = request.GET.get("question", ""), request.GET.get("part", "")
    if question in step.questions:
        return Typed(block=question, reveal=request.GET.get("show") == "answer")
    if part in step.questions:
        return Typed(block=part, error=_("Choose an answer first."))
    block = step.block(part, Part.TASK) if part else None
    return Typed(block=part, error=evidence_error(block.value.get("evidence"), "")) if block else Typed()


def _show(request: HttpRequest, lesson: Lesson, step: Step, typed: Typed) -> HttpResponse:
    mine = standing_of(request, lesson)
    mine.answers |= progress.last_answers(request.user, lesson, step.questions)
    total = len(lesson.steps)
    around = frame(lesson.page, request, trail=((step.title, ""),), below=f"step/{step.number}/")
    lesson = lesson.marked()
    step = lesson.step(step.number) or step
    context = {
        **around,
        "lesson": lesson,
        "step": step,
        "total": total,
        "rows": [(row, lesson.url(row), row.is_done(mine.done)) for row in lesson.steps],
        "pieces": pieces_of(lesson, step, mine, typed),
        "minutes_left": lesson.minutes_left(step.number, mine.done),
        "back_url": lesson.url(lesson.steps[step.number - 2]) if step.number > 1 else lesson.page.url,
        "next_url": lesson.url(lesson.steps[step.number]) if step.number < total else lesson.done_url(),
        # A page in preview may not be saved yet: nothing can be sent from it.
        "take_url": reverse("learning:take", args=[lesson.page.pk, step.id])
        if lesson.page.pk and step.id
        else "",
        "made_for": session_progress.mark_of(request.user),
        "days_kept": session_progress.days_kept(),
    }
    return TemplateResponse(request, "learning/pages/step.html", context)


def done_view(page: TrainingModulePage, request: HttpRequest) -> HttpResponse:
    """The page after the last step: what you can do now, who can help, what next; or what is still missing."""
    lesson = Lesson(page)
    mine = standing_of(request, lesson)
    context = {
        **frame(page, request, trail=((_("The end"), ""),), below="done/"),
        "lesson": lesson,
        "anything_kept": bool(mine.done or mine.state or mine.answers),
        "days_kept": session_progress.days_kept(),
        "finished": mine.completed_at is not None or mine.is_done(lesson),
        "missing": mine.missing_sentence(lesson),
        "open_steps": _open_steps(lesson, mine),
        **around_page(page, request),
        **pass_it_on(page),
    }
    return TemplateResponse(request, "learning/pages/done.html", context)


def _open_steps(lesson: Lesson, mine: Standing) -> list[tuple[Step, str]]:
    return [(step, lesson.url(step)) for step in lesson.steps if not step.is_done(mine.done)]
