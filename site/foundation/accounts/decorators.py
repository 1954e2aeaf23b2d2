"""Views for members, and what somebody sent to one whose session had ended: nothing that they typed is lost.

Every view for members is one of three. A `member_page` is only read. A `member_form` takes words: what a signed-out
person sent waits in the session, they sign in, come back to the same address, and `typed` fills the form with it;
nothing is written before they send it again. A `member_button` takes no words: they come back to where it stands.

What waits is bounded, is given once, and is never a password or a file. A browser remembers by a mark, which tells
nothing to others, who was signed in last; what this person sent is given to nobody else.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from foundation.accounts.refused_forms import came_from, copy_page, is_secret

WAITING = "typed"  # in the session: {address: {"for": mark, "fields": [[name, values], …]}}
MOST_KEPT = 100_000  # characters of one form, far above what any of them takes
MOST_WAITING = 3  # forms
MARK = "last"  # the cookie
SALT = "exchange.accounts.decorators"  # in cookies of browsers: it stays, wherever this module goes

View = Callable[..., HttpResponse]


def member_page(view: View) -> View:
    """A page that members only read."""
    return _members_only("page", require_safe(view))


def member_form(view: View) -> View:
    """A page with a form, or where a form is sent. It fills the form with `typed(request)`, and acts on POST only:
    on GET it shows the form."""
    return _members_only("form", view)


def member_button(view: View) -> View:
    """A view behind a button of members. What is sent along was typed by nobody."""
    return _members_only("button", view)


def typed(request: HttpRequest) -> QueryDict | None:
    """What fills a form: what is being sent, else what waits for this address, once; None for an empty form."""
    if request.method == "POST":
        return request.POST
    waiting = _own(request)
    if request.path not in waiting:
        return None
    fields = waiting.pop(request.path)["fields"]
    _keep(request, waiting)
    found = QueryDict(mutable=True)
    for name, values in fields:
        found.setlist(name, values)
    messages.info(request, _("Here is what you wrote before you signed in. It is not sent yet."))
    return found


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Sends a stranger to the sign-in and back to this address; what they sent waits for them."""
    fields = [[name, values] for name, values in request.POST.lists() if not is_secret(name)]
    if fields:
        if sum(len(name) + sum(map(len, values)) for name, values in fields) > MOST_KEPT:
            return copy_page(request, status=413)
        others = {path: row for path, row in _waiting(request).items() if path != request.path}
        kept = dict(list(others.items())[1 - MOST_WAITING :])
        _keep(request, {**kept, request.path: {"for": request.COOKIES.get(MARK, ""), "fields": fields}})
    return redirect_to_login(request.get_full_path())


def mark_of(user: Any) -> str:
    """What a browser remembers of who was signed in last."""
    return salted_hmac(SALT, str(user.pk)).hexdigest()[:24]


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """Marks the browser of a signed-in person, and keeps their language for when they have signed out. What somebody else
    sent from it is forgotten."""
    if not request.user.is_authenticated:
        return
    language = request.user.language
    if language and request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.CSRF_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    if request.COOKIES.get(MARK) == mark_of(request.user):
        return
    if WAITING in request.session:
        _keep(request, _own(request))
    response.set_cookie(
        MARK,
        mark_of(request.user),
        max_age=settings.CSRF_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _members_only(kind: str, view: View) -> View:
    @never_cache
    @wraps(view)
    def for_members(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST" and kind != "form":
            return _back_to_the_button(request)
        return sign_in_first(request)

    for_members.members = kind  # type: ignore[attr-defined]
    return for_members


def _back_to_the_button(request: HttpRequest) -> HttpResponse:
    """To the sign-in, and from there to the page on which the button was pressed."""
    return redirect_to_login(came_from(request) or settings.LOGIN_REDIRECT_URL)


def _waiting(request: HttpRequest) -> dict[str, Any]:
    return dict(request.session.get(WAITING, {}))


def _own(request: HttpRequest) -> dict[str, Any]:
    """What waits, without what others sent."""
    mine = ("", mark_of(request.user))
    return {path: row for path, row in _waiting(request).items() if row["for"] in mine}


def _keep(request: HttpRequest, waiting: dict[str, Any]) -> None:
    if waiting:
        request.session[WAITING] = waiting
    else:
        request.session.pop(WAITING, None)
