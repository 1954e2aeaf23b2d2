"""Taking a module: its overview, one step a screen, and the page at the end.

People who are not signed in answer questions by GET: feedback is shown in place, nothing is stored and no page
carries a form token, so their pages can be kept in the cache. Signed-in people send forms by POST.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from learning import progress
from learning.enums import Evidence
from learning.lessons import Lesson, Step
from learning.models import TrainingModulePage
from learning.progress import Gone, Standing, standing
from learning.quiz import StaleAnswer
from learning.related import around_page, pass_it_on
from learning.rules import rule_sentence
from learning.views.frame import frame
from learning.views.pieces import Typed, pieces_of
from learning.wording import span_text

LONGEST_EVIDENCE = 3000


def overview_view(page: TrainingModulePage, request: HttpRequest) -> HttpResponse:
    """The page of a module: what it is for, its steps, where the reader is, who can help."""
    lesson = Lesson(page)
    asked = lesson.step_by_id(request.GET.get("step", ""))
    if asked:  # a link from another lesson's text, which knows the step by its id and not by its number
        return HttpResponseRedirect(lesson.url(asked))
    mine = standing(request.user, lesson)
    following = mine.next_step(lesson)
    context = {
        **frame(page, request),
        "lesson": lesson,
        "standing": mine,
        "rows": [(step, lesson.url(step), step.is_done(mine.done)) for step in lesson.steps],
        "begun": bool(mine.place or mine.done),
        "next_step": following,
        "start_url": lesson.url(following or lesson.steps[0]) if lesson.steps else "",
        "rule": rule_sentence(lesson.requirements),
        "missing": mine.missing_sentence(lesson),
        "length": span_text(page.minutes_min, page.minutes_max) or span_text(None, page.length_minutes),
        **around_page(page, request),
        "libraries": libraries_of(page),
        "index_url": page.get_parent().get_url(request),
    }
    return TemplateResponse(request, "learning/module_page.html", context)


def libraries_of(page: TrainingModulePage) -> list[Any]:
    """The listed libraries that hold a module, in any language of it."""
    from learning.models import Library

    return list(
        Library.objects.filter(
            listed=True, categories__entries__module__translation_key=page.translation_key
        ).distinct()
    )


def step_view(page: TrainingModulePage, request: HttpRequest, number: int) -> HttpResponse:
    """One step: GET shows it, POST of a signed-in person changes their progress."""
    lesson = Lesson(page)
    step = lesson.step(number)
    if step is None:
        # The lesson may have become shorter since somebody kept this address.
        if lesson.steps and number > len(lesson.steps):
            return HttpResponseRedirect(lesson.url(lesson.steps[-1]))
        raise Http404
    if request.method == "POST" and request.user.is_authenticated:
        return _post(request, lesson, step)
    return _show(request, lesson, step, _typed(request, step))


def _typed(request: HttpRequest, step: Step) -> Typed:
    """An answer in the address, from somebody who is not signed in or who wants to see the answer."""
    question = request.GET.get("question", "")
    if question not in step.questions:
        return Typed()
    reveal = request.GET.get("show") == "answer"
    chosen = tuple(request.GET.getlist("answer")[:50])
    if request.user.is_authenticated and not reveal:
        return Typed()
    error = "" if chosen or reveal else _("Choose an answer first.")
    return Typed(block=question, chosen=chosen, reveal=reveal, error=error)


def _show(request: HttpRequest, lesson: Lesson, step: Step, typed: Typed) -> HttpResponse:
    mine = standing(request.user, lesson)
    attempts = progress.last_attempts(request.user, lesson, step)
    total = len(lesson.steps)
    context = {
        **frame(lesson.page, request, trail=((step.title, ""),), below=f"step/{step.number}/"),
        "lesson": lesson,
        "step": step,
        "total": total,
        "rows": [(row, lesson.url(row), row.is_done(mine.done)) for row in lesson.steps],
        "pieces": pieces_of(lesson, step, mine, attempts, typed),
        "minutes_left": lesson.minutes_left(step.number),
        "back_url": lesson.url(lesson.steps[step.number - 2]) if step.number > 1 else lesson.page.url,
        "next_url": lesson.url(lesson.steps[step.number]) if step.number < total else lesson.done_url(),
        "here": lesson.url(step),
    }
    return TemplateResponse(request, "learning/step.html", context)


def _post(request: HttpRequest, lesson: Lesson, step: Step) -> HttpResponse:
    actions = {"next": _next, "answer": _answer, "tick": _tick, "hand_in": _hand_in}
    act = actions.get(request.POST.get("action", ""))
    if act is None:
        return HttpResponseRedirect(lesson.url(step))
    try:
        return act(request, lesson, step)
    except Gone as error:
        messages.warning(request, str(error))
    except StaleAnswer:
        messages.warning(
            request, _("This question has been changed since you opened it. Please choose again.")
        )
    return HttpResponseRedirect(lesson.url(step))


def _back_to(lesson: Lesson, step: Step, block: str) -> HttpResponse:
    return HttpResponseRedirect(f"{lesson.url(step)}#b-{block}")


def _next(request: HttpRequest, lesson: Lesson, step: Step) -> HttpResponse:
    if request.POST.get("step") not in ("", None, step.id):
        raise Gone(
            _("The steps of this lesson have been changed since you opened it. Here is how it reads now.")
        )
    following = progress.read(request.user, lesson, step)
    return HttpResponseRedirect(lesson.url(following) if following else lesson.done_url())


def _answer(request: HttpRequest, lesson: Lesson, step: Step) -> HttpResponse:
    block = request.POST.get("question", "")
    verdict = progress.answer(request.user, lesson, step, block, request.POST.getlist("answer")[:50])
    if not verdict.answered:
        return _show(request, lesson, step, Typed(block=block, error=_("Choose an answer first.")))
    return _back_to(lesson, step, block)


def _tick(request: HttpRequest, lesson: Lesson, step: Step) -> HttpResponse:
    block = request.POST.get("block", "")
    progress.tick(request.user, lesson, step, block, request.POST.getlist("item")[:500])
    return _back_to(lesson, step, block)


def _hand_in(request: HttpRequest, lesson: Lesson, step: Step) -> HttpResponse:
    block_id = request.POST.get("block", "")
    text = request.POST.get("evidence", "").strip()
    block = step.block(block_id, "task")
    error = evidence_error(block.value.get("evidence"), text) if block is not None else ""
    if error:
        return _show(request, lesson, step, Typed(block=block_id, text=text, error=error))
    progress.hand_in(request.user, lesson, step, block_id, text)
    return _back_to(lesson, step, block_id)


def evidence_error(kind: str, text: str) -> str:
    """What is wrong with what a learner hands in; empty when nothing is."""
    if kind == Evidence.NONE:
        return ""
    if not text:
        return _("Give a link.") if kind == Evidence.LINK else _("Write a few sentences.")
    if len(text) > LONGEST_EVIDENCE:
        return _("Please keep it to %(count)s characters.") % {"count": LONGEST_EVIDENCE}
    if kind == Evidence.LINK:
        try:
            URLValidator(schemes=["http", "https"])(text)
        except ValidationError:
            return _("Give a whole address, such as https://en.wikipedia.org/wiki/Special:Diff/1.")
    return ""


def done_view(page: TrainingModulePage, request: HttpRequest) -> HttpResponse:
    """The page after the last step: what you can do now, who can help, what next; or what is still missing."""
    lesson = Lesson(page)
    mine = standing(request.user, lesson)
    context = {
        **frame(page, request, trail=((_("The end"), ""),), below="done/"),
        "lesson": lesson,
        "finished": mine.completed_at is not None or mine.is_done(lesson),
        "missing": mine.missing_sentence(lesson),
        "open_steps": _open_steps(lesson, mine),
        **around_page(page, request),
        **pass_it_on(page),
    }
    return TemplateResponse(request, "learning/done.html", context)


def _open_steps(lesson: Lesson, mine: Standing) -> list[tuple[Step, str]]:
    return [(step, lesson.url(step)) for step in lesson.steps if not step.is_done(mine.done)]
