"""Your learning: what you are in the middle of, what is coming up, what you finished."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from learning.models import Completion, TrainingModulePage
from learning.services import coming_up_for, continues_for
from learning.translations import localized


@login_required
def mine_view(request: HttpRequest) -> HttpResponse:
    """A page for the signed-in person only."""
    language = get_language() or "en"
    finished = list(Completion.objects.filter(user=request.user)[:100])
    pages = localized(TrainingModulePage, [row.module for row in finished], language) if finished else {}
    context = {
        "continues": continues_for(request.user, language),
        "sessions": coming_up_for(request.user, language),
        "finished": [(row, pages.get(row.module)) for row in finished],
        "nav_section": "learn",
        "crumbs": [(_("Your learning"), "")],
    }
    return render(request, "learning/mine.html", context)
