"""A signed-in person reads in their time zone, and their browser knows them again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from foundation.accounts.decorators import remember
from foundation.l10n.times import zone_of


class PersonLanguageAndZone:
    """Activates the zone that the signed-in person has chosen; everybody else reads in UTC.

    Wagtail's admin keeps a zone of its own in a profile beside the account, and activates that one. There is one
    choice, the account's: for the request, the profile says the same.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
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
