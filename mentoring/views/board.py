"""The coordinators' board of one programme."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.taxonomy.labels import known_labels
from foundation.accounts.decorators import member_form, member_page, typed
from foundation.l10n.names import said
from foundation.messages import explained
from mentoring import services
from mentoring.flows import REQUEST
from mentoring.forms.board import AnswerForm, DeclineForm, DetailsForm, ProposeForm, ReplyForm, SafetyForm
from mentoring.models import (
    CoordinatorNote,
    MentoringProgrammePage,
    MentoringRequest,
    MentorOffer,
    Pairing,
    Proposal,
)
from mentoring.presenters.board import Bench, bench_of
from mentoring.presenters.tickets import tickets_of
from mentoring.views.requests import programme_or_404

FORMS: dict[str, type[Form]] = {
    "ask": DetailsForm,
    "answer": AnswerForm,
    "decline": DeclineForm,
    "propose": ProposeForm,
    "reply": ReplyForm,
    "safety": SafetyForm,
}


def board_programme(request: HttpRequest, key: UUID) -> MentoringProgrammePage:
    """A programme that this user coordinates; for anybody else there is no such board."""
    programme = programme_or_404(key)
    if not programme.is_coordinated_by(request.user):
        raise Http404
    return programme


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


@member_page
def board(request: HttpRequest, programme: UUID) -> HttpResponse:
    """Columns by state; the chosen need; ranked mentors."""
    page = board_programme(request, programme)
    return _board(request, page, _uuid(request.GET.get("request", "")), _uuid(request.GET.get("mentor", "")))


def _board(
    request: HttpRequest,
    programme: MentoringProgrammePage,
    chosen: UUID | None,
    mentor: UUID | None,
    failed: dict[str, Form] | None = None,
) -> HttpResponse:
    # Short addresses, many times on the page; from an action's own address there is a way to go up.
    here = "../../" if failed else ""
    labels = known_labels()
    asked = request.GET
    tickets = tickets_of(
        programme,
        chosen,
        request.user,
        labels,
        here,
        state=asked.get("state", ""),
        number=asked.get("page", "1"),
    )
    bench = None
    if tickets.selected is not None:
        bench = bench_of(
            tickets.selected,
            mentor,
            labels,
            here,
            user=request.user,
            number=asked.get("mentors", "1"),
            others=asked.get("others", "1"),
        )
    forms = {name: form() for name, form in FORMS.items()}
    if bench is not None and bench.selected is not None:
        offer = bench.selected.candidate.offer
        forms["propose"] = ProposeForm(initial={"offer": offer.pk, "need": bench.request.goal})
    forms |= failed or {}
    context: dict[str, Any] = {
        "programme": programme,
        "here": here,
        "local": programme.in_language(get_language() or ""),
        "tickets": tickets,
        # Questions that nobody is asked any more, since nobody could read the answers.
        "unasked": sum(
            not question.is_asked
            for question in [*programme.mentee_questions(), *programme.mentor_questions()]
        ),
        "bench": bench,
        "forms": forms,
        "failed": next(iter(failed), "") if failed else "",
        "gone": next((form for action, form in (failed or {}).items() if not _is_drawn(action, bench)), None),
        "moves": _moves(bench.request) if bench else set(),
    }
    return render(request, "mentoring/pages/board.html", context)


def _is_drawn(action: str, bench: Bench | None) -> bool:
    """Whether the board still shows the form of an action. Where it was opened earlier it may not: then what was typed
    is shown by itself."""
    if bench is None or action == "reply":
        return True
    if action == "propose":
        return bench.selected is not None and bench.can_propose
    if action == "safety":
        return bench.pairing is not None and bench.pairing.is_open
    return {"ask": "ask_info"}.get(action, action) in _moves(bench.request)


def _moves(asked: MentoringRequest) -> set[str]:
    """What can be done with a request on the board. Whoever sees the board is its coordinator, and their own
    requests are not on it."""
    return {move.name for move in REQUEST.available(asked.state, {"coordinator"})}


@member_form
def act(request: HttpRequest, programme: UUID, pk: UUID, action: str) -> HttpResponse:
    """One thing a coordinator does with one request. An error shows the board again with what was typed."""
    page = board_programme(request, programme)
    asked = get_object_or_404(
        MentoringRequest.objects.for_board(page).exclude(person__user=request.user).with_all(), pk=pk
    )
    if asked.keeps_from(request.user):
        raise Http404
    sent = typed(request)
    form = FORMS[action](sent) if action in FORMS and sent is not None else None
    if request.method != "POST":
        if form is None:
            return redirect(f"{reverse('mentoring:board', args=[programme])}?request={asked.pk}")
        return _board(request, page, asked.pk, _uuid(form.data.get("offer", "")), {action: form})
    if form is None or form.is_valid():
        with explained(request, form):
            messages.success(request, _do(request, asked, action, form.cleaned_data if form else {}))
    if form is not None and form.errors:
        return _board(request, page, asked.pk, _uuid(request.POST.get("offer", "")), {action: form})
    return redirect(f"{reverse('mentoring:board', args=[programme])}?request={asked.pk}")


def _do(request: HttpRequest, asked: MentoringRequest, action: str, data: dict[str, Any]) -> str:
    """Calls the verb. Answers what to say; raises TransitionError, or Http404 for an unknown action."""
    user, seen = request.user, request.POST.get("state", "")
    if action == "ready":
        services.mark_ready(asked, by=user, expect=seen)
        return _("Ready to match. The person has been told that you are looking.")
    if action == "ask":
        services.ask_for_details(asked, data["question"], by=user, expect=seen)
        return _("Your question is on its way.")
    if action == "answer":
        services.answer_without_pair(asked, data["answer"], by=user, expect=seen)
        return _("Your answer is on its way.")
    if action == "decline":
        services.decline_request(
            asked, by=user, reason_code=data["reason_code"], next_step=data["next_step"], expect=seen
        )
        return _("The person has been told why, and what they could do next.")
    if action == "propose":
        offer = get_object_or_404(MentorOffer, pk=data["offer"], programme=asked.programme)
        services.propose(asked, offer, by=user, need=data["need"], expect=seen)
        return said(_("%(name)s has been asked."), name=offer.person.name)
    if action == "back":
        proposal = get_object_or_404(Proposal, pk=_uuid(request.POST.get("proposal", "")), request=asked)
        services.take_back(proposal, by=user)
        return _("The question was taken back. The mentor has been told.")
    if action == "reply":
        note = get_object_or_404(CoordinatorNote, pk=data["note"], pairing__request=asked)
        services.answer_note(note, data["reply"], by=user)
        return _("Your answer is on its way.")
    if action == "safety":
        pair = get_object_or_404(Pairing.objects.open(), request=asked)
        services.move(pair, "close_by_safety", by=user, reason=data["reason"])
        return _("The pair is closed. Speak with both of them.")
    raise Http404
