"""What is left to do on a new site. Each point is answered by a fact, never by somebody's tick."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from exchange.home.operations import status
from foundation.design.navigation import written_pages
from foundation.jobs.services import worker_alive
from foundation.notifications.models import MailServer


@dataclass(frozen=True)
class Point:
    """One thing to do: what, and how one does it."""

    what: str
    how: str
    is_done: bool


def points(request: HttpRequest) -> list[Point]:
    """All of them, in the order in which one does them."""
    written = written_pages()
    return [
        Point(
            _("People reach the site by HTTPS"),
            _("Put a web server with a certificate before it, and begin BASE_URL with https://."),
            request.is_secure() and settings.BASE_URL.startswith("https://"),
        ),
        Point(
            _("The worker runs"),
            _("Start it beside the web server. Without it no mail goes out and search learns of no change."),
            worker_alive(),
        ),
        Point(
            _("The mail server took a mail"),
            _("Send yourself a test mail on the page “How the site is doing”, below Reports."),
            MailServer.current().last_answer is not None,
        ),
        Point(
            _("A backup was made in the last eight days"),
            _("Let manage.py backup run every night, and keep the copies on another machine."),
            status.has_backup(),
        ),
        Point(
            _("There is a page about privacy"),
            _("Add a page with the address “privacy” below the home page, and publish it."),
            written["privacy"],
        ),
        Point(
            _("There is something to learn or to join"),
            _("Write a lesson, bring in training, or publish a mentoring programme."),
            # Below the homes of learning and of mentoring.
            Page.objects.live().filter(depth__gt=3).exists(),
        ),
    ]
