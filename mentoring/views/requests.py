"""The mentee's side: start, screens, summary, status."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from directory.matching import to_learn
from directory.services.people import person_of
from foundation.accounts.decorators import member_button, member_form, member_page, typed
from foundation.design.navigation import in_interface
from foundation.messages import explained
from mentoring import services
from mentoring.forms.request import ApartForm, NeedForm, QuestionForm, ScreenForm, WayForm
from mentoring.models import MentoringProgrammePage, MentoringRequest
from mentoring.presenters.programmes import usual_wait
from mentoring.presenters.request_status import facts_of, own_answers, status_of
from mentoring.safety_answers import trusted_answers, who_reads_it
from mentoring.services.exclusions import may_say_apart
from mentoring.services.requests import missing_parts, reopen


def programme_or_404(key: UUID) -> MentoringProgrammePage:
    """The first page of the programme with this translation key."""
    page = (
        MentoringProgrammePage.objects.filter(translation_key=key)
        .select_related("locale")
        .order_by("pk")
        .first()
    )
    if page is None:
        raise Http404
    page.canonical = page  # no need to look for the first once more
    return page


def shown_programme_or_404(request: HttpRequest, key: UUID) -> MentoringProgrammePage:
    """The same, where the user may see it: a draft is for those who make it."""
    page = programme_or_404(key)
    if not page.live and not page.is_coordinated_by(request.user):
        raise Http404
    return page


def own_request(request: HttpRequest, pk: UUID) -> MentoringRequest:
    """The user's own request; for anybody else there is no such page."""
    return get_object_or_404(MentoringRequest.objects.of(request.user).with_all(), pk=pk)


# The one screen that stays open while mentors are asked.
APART = "apart"


@dataclass(frozen=True)
class Screen:
    """One screen: its name in the address, its title for the summary, how to make its form, and the verb that keeps
    what the form holds."""

    name: str
    title: Any
    make: Any
    keep: Callable[..., Any]


def screens_of(mentoring_request: MentoringRequest) -> list[Screen]:
    """Need, way, whom not, then one for each question of the programme."""
    screens = [
        Screen("need", NeedForm.heading, NeedForm, services.save_core),
        Screen("way", WayForm.heading, WayForm, services.save_core),
        Screen(APART, ApartForm.heading, ApartForm, services.keep_apart),
    ]
    questions = mentoring_request.programme.mentee_questions(get_language() or "")
    for question in (each for each in questions if each.is_asked):

        def make(*args: Any, question: Any = question, **kwargs: Any) -> QuestionForm:
            return QuestionForm(*args, question=question, **kwargs)

        screens.append(Screen(question.id, question.label, make, services.save_answers))
    return screens


@member_button
def start(request: HttpRequest, programme: UUID) -> HttpResponse:
    """What will be asked and who reads it; POST makes the draft."""
    page = shown_programme_or_404(request, programme)
    local = page.in_language(get_language() or "")
    mine = MentoringRequest.objects.of(request.user).filter(programme=page).open().first()
    if mine is not None:
        return redirect(mine.get_absolute_url())
    if request.method == "POST":
        with explained(request):
            made = services.start_request(person_of(request.user), page)
            return redirect("mentoring:request_screen", made.pk, "need")
        return redirect(in_interface(local.get_url(request)))
    slugs = [capacity.slug for capacity in page.capacities.all()]
    context = {
        "programme": page,
        "local": local,
        "screens": 3 + sum(question.is_asked for question in page.mentee_questions()),
        "usual_wait": usual_wait(page),
        "learning": to_learn(slugs, viewer=request.user, language=get_language() or "en", limit=2)
        if slugs
        else [],
    }
    return render(request, "mentoring/pages/request_start.html", context)


@member_form
def screen(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """One screen of the request. Every screen saves the draft."""
    mine = own_request(request, pk)
    may_change = mine.is_editable or (name == APART and may_say_apart(mine))
    if not may_change and request.method != "POST":
        messages.info(request, _("This request can no longer be changed."))
        return redirect(mine.get_absolute_url())
    screens = screens_of(mine)
    index = next((i for i, each in enumerate(screens) if each.name == name), None)
    if index is None:
        raise Http404
    later = "later" in request.POST
    form: ScreenForm = screens[index].make(typed(request), request=mine, relaxed=later)
    if request.method == "POST":
        if form.adds():
            form.show_added()
        elif form.is_valid():
            with explained(request, form):
                screens[index].keep(mine, by=request.user, **form.values())
                return _after(request, mine, screens, index, later)
    back = reverse("mentoring:request_screen", args=[mine.pk, screens[index - 1].name]) if index else ""
    context = {
        "mine": mine,
        "local": mine.programme.in_language(get_language() or ""),
        "form": form,
        "number": index + 1,
        "total": len(screens) + 1,
        "back": back,
        "from_summary": "summary" in request.GET,
    }
    return render(request, "mentoring/pages/request_screen.html", context)


def _after(
    request: HttpRequest, mine: MentoringRequest, screens: list[Screen], index: int, later: bool
) -> HttpResponse:
    if later:
        messages.success(request, _("Saved. You can go on any time, on any device."))
        return redirect("mentoring:mine")
    if index + 1 < len(screens) and "summary" not in request.GET:
        return redirect("mentoring:request_screen", mine.pk, screens[index + 1].name)
    return redirect("mentoring:request_summary", mine.pk)


@member_page
def summary(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All that was written, before and after sending."""
    mine = own_request(request, pk)
    screens = screens_of(mine)
    missing = set(missing_parts(mine)) if mine.is_editable else set()
    answers = {answer.question_id: answer for answer in own_answers(mine, get_language() or "")}
    rows = [
        {"screen": each, "answer": answers.get(each.name), "missing": each.name in missing}
        for each in screens[3:]
    ]
    shown = {each.name for each in screens}
    trusted = trusted_answers(mine, get_language() or "")
    shown |= {answer.question_id for answer in trusted}
    context = {
        "apart": [person.name for person in mine.not_with.all()],
        "may_change_apart": may_say_apart(mine),
        "trusted": trusted,
        "who_reads_trusted": who_reads_it(mine) if trusted else "",
        "mine": mine,
        "local": mine.programme.in_language(get_language() or ""),
        "rows": rows,
        "gone": [answer for key, answer in answers.items() if key not in shown],
        "missing": missing,
        "first_missing": next((each.name for each in screens if each.name in missing), ""),
        "facts": facts_of(mine),
        "capacities": list(mine.capacities.all()),
        "number": len(screens) + 1,
        "total": len(screens) + 1,
        "sendable": mine.flow.waits_for(mine.state, {"mentee"}),
    }
    return render(request, "mentoring/pages/request_summary.html", context)


@member_page
def status(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where is it, who acts next, until when, how do I get out."""
    mine = own_request(request, pk)
    capacities = list(mine.capacities.all())
    slugs = [capacity.slug for capacity in capacities]
    waiting = mine.is_open and mine.state != "draft"
    language = get_language() or "en"
    context = {
        "mine": mine,
        "status": status_of(mine),
        "local": mine.programme.in_language(language),
        "facts": facts_of(mine),
        "capacities": capacities,
        "learning": to_learn(slugs, viewer=request.user, language=language, limit=4)
        if slugs and (waiting or mine.state in ("expired", "declined_by_programme"))
        else [],
        "can_requeue": mine.state == "paired" and not mine.pairings.open().exists(),
    }
    return render(request, "mentoring/pages/request_status.html", context)


@member_button
@require_POST
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sends a draft, or sends again after a question."""
    mine = own_request(request, pk)
    if not mine.flow.waits_for(mine.state, {"mentee"}):
        # A second press of the button, or a page left open.
        return redirect(mine.get_absolute_url())
    with explained(request):
        services.submit(mine, by=request.user, expect=request.POST.get("state", ""))
        messages.success(request, _("Your request is on its way."))
        return redirect(mine.get_absolute_url())
    return redirect("mentoring:request_summary", mine.pk)


@member_button
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asks once, then takes the request back."""
    mine = own_request(request, pk)
    if request.method != "POST":
        if "withdraw" not in [move.name for move in mine.moves_for(request.user)]:
            return redirect(mine.get_absolute_url())
        return render(request, "mentoring/pages/request_withdraw.html", {"mine": mine})
    with explained(request):
        services.withdraw(mine, by=request.user)
        messages.success(
            request, _("Your request is withdrawn. What you wrote is kept, and only you can see it.")
        )
    return redirect(mine.get_absolute_url())


@member_button
@require_POST
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Takes up a withdrawn or expired request, or asks for another mentor after a pair."""
    mine = own_request(request, pk)
    with explained(request):
        if mine.state != "paired":
            reopen(mine, by=request.user)
            return redirect("mentoring:request_summary", mine.pk)
        services.requeue(mine, by=request.user)
        messages.success(request, _("You are first in line for another mentor."))
    return redirect(mine.get_absolute_url())
