"""The mentor's side: questions that wait, reading one, yes or not now.

Nothing here may show who asks: the need as the coordinator hands it on, capacities, languages, ways, and
answers meant for a mentor who is asked.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from directory.models import Capacity
from foundation.accounts.decorators import member_button, member_form, member_page, typed
from foundation.l10n.times import hours_apart
from foundation.messages import explained
from mentoring import services
from mentoring.constants import Audience
from mentoring.forms.board import NotNowForm
from mentoring.models import Proposal
from mentoring.presenters.programmes import hours_sentence
from mentoring.presenters.request_status import answers_for, facts_of, languages_of, ways_of
from mentoring.selectors import titles_of
from mentoring.workload import loads


def own_proposal(request: HttpRequest, pk: UUID) -> Proposal:
    """A proposal to this user; for anybody else there is no such page."""
    rows = Proposal.objects.to(request.user).select_related(
        "offer__person__user", "request__programme__locale", "request__person__user"
    )
    return get_object_or_404(rows, pk=pk)


@member_page
def inbox(request: HttpRequest) -> HttpResponse:
    """Questions that wait for this mentor."""
    rows = list(
        Proposal.objects.live()
        .to(request.user)
        .select_related("request__programme")
        .prefetch_related("request__capacities__texts")
        .order_by("expires_at")
    )
    titles = titles_of({row.request.programme.translation_key for row in rows}) if rows else {}
    items = [
        {
            "proposal": row,
            "programme": titles.get(row.request.programme.translation_key, ""),
            "facts": facts_of(row.request),
            "capacities": [capacity.label() for capacity in row.request.capacities.all()],
        }
        for row in rows
    ]
    return render(request, "mentoring/pages/proposals.html", {"items": items})


@member_page
def proposal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The need without the name, and the two answers."""
    return _page(request, own_proposal(request, pk), NotNowForm())


def _page(request: HttpRequest, found: Proposal, form: NotNowForm) -> HttpResponse:
    asked = found.request
    language = get_language() or "en"
    context: dict[str, Any] = {
        "proposal": found,
        "local": asked.programme.in_language(language),
        "form": form,
        "live": found.state == "offered",
    }
    if found.state == "accepted":
        pair = asked.pairings.filter(offer=found.offer).order_by("-created").first()
        if pair is not None:
            return redirect(pair.get_absolute_url())
    if found.state == "offered":
        load = loads([found.offer])[found.offer_id]
        context |= {
            "capacities": list(Capacity.objects.with_texts().filter(mentoring_requests=asked)),
            "languages": languages_of(asked),
            "ways": ways_of(asked),
            "answers": answers_for(asked, Audience.ASKED_MENTOR, language),
            # How far apart, not where: a rare time zone says who it is.
            "hours_apart": hours_apart(asked.timezone, found.offer.person.user.timezone),
            "needed": asked.programme.hours_per_pair,
            "load": load,
            "hours": hours_sentence(load.hours, found.offer.hours_a_month),
        }
    return render(request, "mentoring/pages/proposal.html", context)


@member_button
@require_POST
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Says yes."""
    found = own_proposal(request, pk)
    with explained(request):
        pair = services.accept(found, by=request.user)
        messages.success(request, _("Thank you. You can now see each other's names."))
        return redirect(pair.get_absolute_url())
    return redirect("mentoring:proposal", pk)


@member_form
def decline(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Says not now, with a private reason."""
    found = own_proposal(request, pk)
    form = NotNowForm(typed(request))
    if request.method != "POST" or not form.is_valid():
        if found.state != "offered":
            messages.warning(request, _("This question has an answer already. Nothing has changed."))
        return _page(request, found, form)
    with explained(request):
        services.decline(found, by=request.user, reason_code=form.cleaned_data["reason_code"])
        messages.success(request, _("Thank you for answering. The coordinators will ask somebody else."))
        return redirect("mentoring:proposals")
    return redirect("mentoring:proposal", pk)
