"""What a learner sends from a step: kept first, whatever button was pressed, then the way on.

The form goes to the lesson and the step by their ids, never by a number, so it arrives also after an author has moved
or taken out the step. Its page is in the cache for people who are not signed in and holds no form token; instead
the browser says itself that the form stood on a page of this site.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from foundation.accounts.refused_forms import copy_page
from learning.models import TrainingModulePage
from learning.services import progress, session_progress
from learning.services.answers import LONGEST_KEPT, Given, Outcome, read_form
from learning.steps import Lesson, Step
from learning.translations import receive


def sent_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a form was sent from a page of this site. Neither header can be set by a page."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    origin = request.headers.get("Origin", "")
    if not origin:
        referrer = urlsplit(request.headers.get("Referer", ""))
        origin = f"{referrer.scheme}://{referrer.netloc}"
    return origin in {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}


@csrf_exempt
@require_POST
def take_view(request: HttpRequest, page_id: int, step_id: str) -> HttpResponse:
    """Keeps what was entered. `do` is next, back, check or keep (by the script), for one part with its id after it."""
    if not sent_from_here(request):
        return copy_page(request)
    page = get_object_or_404(TrainingModulePage.objects.select_related("locale"), pk=page_id)
    if not page.live and page.first_published_at is None:
        raise Http404
    receive(page)
    lesson = Lesson(page)
    step = lesson.step_by_id(step_id)
    do, _colon, block = request.POST.get("do", "check").partition(":")
    given = read_form(request.POST, block if do == "check" else "")
    if any(len(row.text) > LONGEST_KEPT for row in given):
        return copy_page(request, status=413)
    finish = do == "next" or (do == "check" and not block)
    outcome = _keep(request, lesson, step, given, finish=finish, block=block if do == "check" else "")
    if do == "keep":
        shown = {f"was-{row.part}-{row.block}": row.now for row in given if row.block in outcome.written}
        return JsonResponse({"was": shown})
    _say(request, outcome, taken_out=step is None, going_on=do == "next")
    return _onwards(request, lesson, step, outcome, do=do, block=block)


def _mark(request: HttpRequest) -> str:
    """Whom the page was made for, where that person is not signed in any more."""
    return "" if request.user.is_authenticated else request.POST.get("for", "")[:24]


def _keep(
    request: HttpRequest, lesson: Lesson, step: Step | None, given: list[Given], *, finish: bool, block: str
) -> Outcome:
    if request.user.is_authenticated:
        return progress.keep(request.user, lesson, given, step=step, finish=finish, block=block)
    mark = _mark(request)
    return session_progress.keep(
        request.session, lesson, given, step=step, finish=finish, block=block, mark=mark
    )


def _read(request: HttpRequest, lesson: Lesson, step: Step) -> Step | None:
    if request.user.is_authenticated:
        return progress.read(request.user, lesson, step)
    return session_progress.read(request.session, lesson, step, mark=_mark(request))


def _onwards(
    request: HttpRequest, lesson: Lesson, step: Step | None, outcome: Outcome, *, do: str, block: str
) -> HttpResponse:
    """Where the learner goes; by way of signing in where their session has ended."""
    if not lesson.page.live:
        messages.warning(
            request,
            _("This lesson is not open at the moment. What you did in it is kept."),
            fail_silently=True,
        )
        here = lesson.page.host or lesson.page.get_parent()
        return HttpResponseRedirect(reverse("learning:mine") if request.user.is_authenticated else here.url)
    url = _address(request, lesson, step, outcome, do=do, block=block)
    if _mark(request):
        text = _(
            "You were signed out in the meantime. What you entered is kept: sign in, and it is there again."
        )
        messages.warning(request, text)
        return redirect_to_login(url)
    return HttpResponseRedirect(url)


def _address(
    request: HttpRequest, lesson: Lesson, step: Step | None, outcome: Outcome, *, do: str, block: str
) -> str:
    if step is None:
        return str(lesson.page.url)
    here = lesson.url(step)
    if do == "back":
        return lesson.url(lesson.steps[step.number - 2]) if step.number > 1 else str(lesson.page.url)
    if do == "show":
        return f"{here}?question={block}&show=answer#b-{block}"
    if do == "next" and not outcome.to_look_at:
        following = _read(request, lesson, step)
        return lesson.url(following) if following else lesson.done_url()
    if outcome.empty:
        return f"{here}?part={outcome.empty[0]}#b-{outcome.empty[0]}"
    shown = [*outcome.to_look_at, *([block] if block else []), *outcome.written]
    return f"{here}#b-{shown[0]}" if shown else here


def _say(request: HttpRequest, outcome: Outcome, *, taken_out: bool, going_on: bool) -> None:
    """Tells what the learner could not see otherwise."""
    right = sum(outcome.checked.values())
    if outcome.stale:
        messages.warning(
            request, _("This question has been changed since you opened it. Please choose again.")
        )
    if outcome.gone and outcome.written:
        text = _(
            "A part of this lesson was taken out since you opened it. What you wrote there is kept; you find it on "
            "the first page of the lesson."
        )
        messages.warning(request, text)
    elif outcome.gone:
        text = _("This part of the lesson has been changed since you opened it. Here is how it reads now.")
        messages.warning(request, text)
    elif taken_out:
        messages.warning(
            request,
            _("The step in which you were was taken out of this lesson. Here is how the lesson reads now."),
        )
    if going_on and outcome.unfinished:
        text = _(
            "What you wrote is kept, but it is not yet what the task asks for. Mend it here, or go on and do it later."
        )
        messages.warning(request, text)
    if going_on and right < len(outcome.checked):
        text = _(
            "We checked what you chose before you go on. Read what it says below, then press the button again."
        )
        messages.info(request, text)
    elif going_on and right:
        text = ngettext(
            "Your answer was right, and it is kept.", "Your answers were right, and they are kept.", right
        )
        messages.success(request, text)
