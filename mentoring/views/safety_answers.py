"""Erasing an answer that was given in trust."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.accounts.decorators import member_button
from foundation.accounts.models import User
from foundation.messages import explained
from mentoring import services
from mentoring.models import MentoringRequest
from mentoring.safety_answers import find_kept


@member_button
@require_POST
def erase(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One answer of one's own request or offer."""
    user = cast(User, request.user)
    said = find_kept(user, pk)
    if said is None:
        raise Http404
    with explained(request):
        services.erase_answer(said, request.POST.get("question", ""), by=user)
        messages.success(request, _("The answer is erased. Nobody can read it any more."))
    if isinstance(said, MentoringRequest):
        return redirect("mentoring:request_summary", said.pk)
    return redirect("mentoring:offer", said.programme.translation_key)
