"""Nothing a person typed is lost, also when they were signed out while they wrote."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

MOST_KEPT = 40_000  # characters, far above what the forms take


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Sends a stranger to the sign-in and back; what they sent waits for them in the session."""
    if request.method == "POST":
        typed = request.POST.copy()
        typed.pop("csrfmiddlewaretoken", None)
        text = typed.urlencode()
        if len(text) <= MOST_KEPT:
            request.session[_key(request)] = text
    return redirect_to_login(request.get_full_path())


def kept(request: HttpRequest) -> QueryDict | None:
    """What waits for this address, once."""
    text = request.session.pop(_key(request), "") if request.method == "GET" else ""
    if not text:
        return None
    messages.info(request, _("Here is what you wrote before you signed in. It is not sent yet."))
    return QueryDict(text)


def _key(request: HttpRequest) -> str:
    return f"typed:{request.path}"
