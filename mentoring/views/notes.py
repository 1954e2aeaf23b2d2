"""The page on which one of a pair writes to the coordinators."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation.accounts.decorators import member_form, typed
from foundation.accounts.models import User
from foundation.messages import explained
from mentoring import services
from mentoring.forms.pairing import NoteForm
from mentoring.notify import readers_for_pair
from mentoring.views.pairings import own_pairing


@member_form
def coordinators(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who reads it, what one wrote before with its answers, and the form. The other one sees none of it."""
    pair, user = own_pairing(request, pk), cast(User, request.user)
    form = NoteForm(typed(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with explained(request, form):
            services.write_to_coordinators(pair, said["text"], by=user, token=said["token"])
            messages.success(request, _("Sent. The coordinators are told, and you find their answer here."))
            return redirect("mentoring:pairing_coordinators", pk)
    context = {
        "pair": pair,
        "local": pair.request.programme.in_language(get_language() or ""),
        "form": form,
        "readers": [str(reader) for reader in readers_for_pair(pair)],
        "notes": pair.notes.filter(person__user=user),
    }
    return render(request, "mentoring/pages/pairing_coordinators.html", context)
