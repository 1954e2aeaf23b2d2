"""A signed-in person reads in their time zone, and their browser knows them again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.users.models import UserProfile

from foundation.accounts.decorators import remember
from foundation.accounts.permissions import lacks_second_factor
from foundation.l10n.times import zone_of


class PersonLanguageAndZone:
    """Activates the language and the zone that the signed-in person has chosen; everybody else reads in UTC.

    Wagtail's admin keeps a zone of its own in a profile beside the account, and activates that one. There is one
    choice, the account's: for the request, the profile says the same.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        read_in_own_language(request)
        zone = zone_of(request.user)
        if zone is None:
            timezone.deactivate()
        else:
            timezone.activate(zone)
        response = self.get_response(request)
        remember(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> None:
        """In the admin, sets the zone that Wagtail is about to read; nothing is written."""
        user: Any = request.user
        if not (user.is_authenticated and request.path.startswith(reverse("wagtailadmin_home"))):
            return
        zone = zone_of(user)
        profile = getattr(user, "wagtail_userprofile", None) or UserProfile(user=user)
        profile.current_time_zone = str(zone) if zone else ""


def read_in_own_language(request: HttpRequest) -> None:
    """An address that names no language (`/`, the admin) is read in the account's, whatever the browser prefers."""
    own = getattr(request.user, "language", "")
    if own in dict(settings.INTERFACE_LANGUAGES) and not translation.get_language_from_path(
        request.path_info
    ):
        translation.activate(own)
        request.LANGUAGE_CODE = own  # type: ignore[attr-defined]  # as Django's middleware does


class SecondFactorAtTheDesk:
    """Nobody enters the editors' admin without a second factor, where the settings ask for one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            settings.SECOND_FACTOR_AT_THE_DESK
            and request.path.startswith(reverse("wagtailadmin_home"))
            and lacks_second_factor(request.user)
        ):
            then = {"next": request.path} if request.method == "GET" else {}
            return redirect(f"{reverse('accounts:safety')}?{urlencode(then)}")
        return self.get_response(request)
