"""The page of a pair: who the other one is, the plan, hours, breaks, the end, thanks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.accounts.decorators import member_button, member_form, member_page, typed
from foundation.messages import explained
from mentoring import services
from mentoring.constants import Audience
from mentoring.deadlines import RELEASE_AFTER, STILL_ON_AFTER
from mentoring.form_schema import read_answers
from mentoring.forms.pairing import BreakForm, HoursForm, PlanForm, ThanksForm
from mentoring.models import Pairing
from mentoring.presenters.request_status import answers_for, facts_of
from mentoring.services.pairings import fingerprint

SIMPLE_MOVES = ("resume", "complete", "close", "hand_over", "keep")
SAID = {
    "resume": lambda: _("The break is over."),
    "keep": lambda: _("Good. You go on."),
    "complete": lambda: _("Well done, both of you."),
    "close": lambda: _("Your pair has ended. No reason is owed."),
    "hand_over": lambda: _("The coordinators look for another mentor. Thank you for your time."),
}


def own_pairing(request: HttpRequest, pk: UUID) -> Pairing:
    """A pair of this user; for anybody else, coordinators too, there is no such page."""
    rows = Pairing.objects.of(request.user).with_all().prefetch_related("hours__person", "thanks__person")
    return get_object_or_404(rows, pk=pk)


@member_page
def pairing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything the two share."""
    return _page(request, own_pairing(request, pk))


def _page(request: HttpRequest, pair: Pairing, **forms: Any) -> HttpResponse:
    side, other, language = pair.side_of(request.user), pair.other_than(request.user), get_language() or "en"
    offer = pair.offer
    moves = [move.name for move in pair.moves_for(request.user)]
    given = {thanks.person_id: thanks for thanks in pair.thanks.all()}
    mine = pair.mentee_id if side == "mentee" else pair.mentor_id
    may_thank = not pair.is_open and pair.state != "closed_by_safety" and mine not in given
    context = {
        "pair": pair,
        "side": side,
        "other": other,
        "other_page": other.get_absolute_url() if other and other.listed and not other.leave_alone else "",
        "contact": (offer.contact if offer else "") if side == "mentee" else pair.request.contact,
        "local": pair.request.programme.in_language(language),
        "facts": facts_of(pair.request),
        "answers": answers_for(pair.request, Audience.PAIR, language)
        if side == "mentor"
        else read_answers(pair.request.programme.mentor_questions(language), offer.answers, Audience.PAIR)
        if offer
        else [],
        "i_agreed": pair.mentee_agreed_at if side == "mentee" else pair.mentor_agreed_at,
        "other_agreed": pair.mentor_agreed_at if side == "mentee" else pair.mentee_agreed_at,
        "seen": fingerprint(pair),
        "moves": moves,
        "ends_by_itself": timezone.localdate(pair.still_on_asked_at + RELEASE_AFTER)
        if pair.still_on_asked_at and pair.is_open
        else None,
        "silent_days": STILL_ON_AFTER["active"].days,
        "plan_form": forms.get("plan_form") or PlanForm.of(pair),
        "plan_open": "plan_form" in forms or not pair.goals or "plan" in request.GET,
        "hours_form": forms.get("hours_form") or HoursForm.blank(),
        "break_form": forms.get("break_form") or BreakForm(),
        "thanks_form": forms.get("thanks_form") or ThanksForm(),
        "thanked": given.pop(mine, None) if mine else None,
        "thanks_to_me": list(given.values()),
        "can_thank": may_thank,
        "entries": list(pair.hours.all()),
        "can_log": pair.is_open or pair.state == "completed",
    }
    if not pair.is_open:
        # Their forms are not on the page of what is over.
        for form in (context["plan_form"], context["break_form"]):
            for error in form.non_field_errors():
                messages.warning(request, error)
    return render(request, "mentoring/pages/pairing.html", context)


@member_form
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Writes down goals, rhythm and end."""
    pair = own_pairing(request, pk)
    form = PlanForm.of(pair, typed(request))
    if request.method == "POST" and form.is_valid():
        with explained(request, form):
            services.save_plan(
                pair,
                by=request.user,
                goals=form.cleaned_data["goals"],
                rhythm=form.cleaned_data["rhythm"],
                ends_on=form.cleaned_data["ends_on"],
                seen=form.cleaned_data["seen"],
            )
            messages.success(request, _("Saved. The other one is asked to agree."))
            return redirect(pair.get_absolute_url())
    return _page(request, pair, plan_form=form)


@member_button
@require_POST
def agree(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Agrees with the plan."""
    pair = own_pairing(request, pk)
    with explained(request):
        begun = services.agree(pair, by=request.user, seen=request.POST.get("seen", ""))
        messages.success(
            request, _("You both agree.") if begun else _("Thank you. Now the other one is asked.")
        )
    return redirect(pair.get_absolute_url())


@member_form
def hours(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Adds time given."""
    pair = own_pairing(request, pk)
    sent = typed(request)
    form = HoursForm.blank() if sent is None else HoursForm(sent)
    if request.method == "POST" and form.is_valid():
        with explained(request, form):
            services.log_hours(pair, by=request.user, **form.cleaned_data)
            messages.success(request, _("Written down."))
            return redirect(pair.get_absolute_url())
    return _page(request, pair, hours_form=form)


@member_form
def take_break(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Takes a break until a day."""
    pair = own_pairing(request, pk)
    form = BreakForm(typed(request))
    if request.method == "POST" and form.is_valid():
        with explained(request, form):
            services.pause(pair, form.cleaned_data["until"], by=request.user)
            messages.success(request, _("Enjoy the break. The other one has been told."))
            return redirect(pair.get_absolute_url())
    return _page(request, pair, break_form=form)


@member_form
def thanks(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Thanks the other one."""
    pair = own_pairing(request, pk)
    form = ThanksForm(typed(request))
    if request.method == "POST" and form.is_valid():
        with explained(request, form):
            services.say_thanks(pair, form.cleaned_data["text"], by=request.user)
            messages.success(request, _("Your thanks are on their way."))
            return redirect(pair.get_absolute_url())
    return _page(request, pair, thanks_form=form)


@member_button
def move(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Goes on, finishes, ends, hands over; asks once before an end."""
    pair = own_pairing(request, pk)
    if name not in SIMPLE_MOVES:
        raise Http404
    if request.method != "POST":
        if name not in [each.name for each in pair.moves_for(request.user)]:
            return redirect(pair.get_absolute_url())
        context = {"pair": pair, "name": name, "other": pair.other_than(request.user)}
        return render(request, "mentoring/pages/pairing_move.html", context)
    with explained(request):
        if name == "keep":
            services.keep(pair, by=request.user)
        else:
            services.move(pair, name, by=request.user, expect=request.POST.get("state", ""))
        messages.success(request, SAID[name]())
    return redirect(pair.get_absolute_url())
