"""Becoming a mentor, resting, stopping."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from directory.services.people import person_of
from foundation.accounts.decorators import member_button, member_form, typed
from foundation.messages import explained
from mentoring import services
from mentoring.forms.offer import OfferForm, UntilForm
from mentoring.models import MentorOffer
from mentoring.presenters.programmes import hours_sentence
from mentoring.safety_answers import trusted_answers, who_reads_it
from mentoring.views.requests import programme_or_404, shown_programme_or_404
from mentoring.workload import loads


@member_form
def offer(request: HttpRequest, programme: UUID) -> HttpResponse:
    """The form of one's offer to mentor in a programme."""
    page, person = programme_or_404(programme), person_of(request.user)
    current = MentorOffer.objects.filter(person=person, programme=page).with_all().first()
    if current is None:
        # A programme that was taken offline stays open for those who mentor in it.
        page = shown_programme_or_404(request, programme)
    form = OfferForm(
        typed(request),
        person=person,
        programme=page,
        questions=page.mentor_questions(get_language() or ""),
        offer=current,
    )
    if request.method == "POST":
        if form.adds():
            form.show_added()
        elif form.is_valid():
            services.save_offer(person, page, **form.values())
            messages.success(
                request, _("Thank you. The coordinators can now think of you, within your hours.")
            )
            return redirect("mentoring:offer", programme)
    active = current if current is not None and current.is_active else None
    load = loads([active])[active.pk] if active else None
    trusted = trusted_answers(current, get_language() or "") if current is not None else []
    context = {
        "trusted": trusted,
        "who_reads_trusted": who_reads_it(current) if trusted and current is not None else "",
        "programme": page,
        "local": page.in_language(get_language() or ""),
        "form": form,
        "offer": active,
        "load": load,
        "hours": hours_sentence(load.hours, active.hours_a_month) if load and active else "",
        "rest_form": UntilForm(),
    }
    return render(request, "mentoring/pages/offer.html", context)


@member_button
@require_POST
def rest(request: HttpRequest, programme: UUID) -> HttpResponse:
    """Begins or ends a rest."""
    mine = get_object_or_404(
        MentorOffer.objects.active(), person__user=request.user, programme=programme_or_404(programme)
    )
    with explained(request):
        if "back" in request.POST:
            services.resume_offer(mine, by=request.user)
            messages.success(request, _("Welcome back."))
            return redirect("mentoring:offer", programme)
        form = UntilForm(request.POST)
        if not form.is_valid():
            messages.warning(request, _("Choose the day until which you want to rest."))
            return redirect("mentoring:offer", programme)
        services.pause_offer(mine, form.cleaned_data["until"], by=request.user)
        messages.success(
            request,
            _(
                "Enjoy your rest. You are not asked as a mentor here until then; people you mentor stay with you."
            ),
        )
    return redirect("mentoring:offer", programme)


@member_button
@require_POST
def end(request: HttpRequest, programme: UUID) -> HttpResponse:
    """Stops mentoring in a programme."""
    mine = get_object_or_404(
        MentorOffer.objects.active(), person__user=request.user, programme=programme_or_404(programme)
    )
    services.end_offer(mine, by=request.user)
    messages.success(request, _("You no longer mentor in this programme. Thank you for your time."))
    return redirect("mentoring:mine")
