"""Everything of one person's mentoring on one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from foundation.accounts.decorators import member_page
from mentoring.models import MentoringRequest, MentorOffer, Pairing
from mentoring.selectors import summary_for, titles_of


@member_page
def mine(request: HttpRequest) -> HttpResponse:
    """What waits for the person, what is under way, what they offer, and what is over."""
    user = request.user
    offers = list(MentorOffer.objects.active().filter(person__user=user).with_all())
    over = list(
        MentoringRequest.objects.of(user)
        .exclude(state__in=[*MentoringRequest.flow.open_states(), "paired"])
        .select_related("programme")[:20]
    )
    pairs = list(Pairing.objects.of(user).with_all().exclude(state__in=Pairing.flow.open_states())[:20])
    keys: set[object] = {offer.programme.translation_key for offer in offers}
    keys |= {each.programme.translation_key for each in over}
    titles = titles_of(keys) if keys else {}
    context = {
        "summary": summary_for(user),
        "offers": [(offer, titles.get(offer.programme.translation_key, "")) for offer in offers],
        "over": [(each, titles.get(each.programme.translation_key, "")) for each in over],
        "pairs": [(pair, pair.other_than(user)) for pair in pairs],
    }
    return render(request, "mentoring/pages/mine.html", context)
