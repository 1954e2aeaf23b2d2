"""Messages to the mail server, and what is known of it."""

from __future__ import annotations

import smtplib
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from foundation.l10n.names import isolated
from foundation.notifications.models import Notification, Preference

if TYPE_CHECKING:
    from foundation.accounts.models import User

RESTS = "notifications.mail-rests"
REST = 120  # seconds without another try after the server did not answer


class MailRests(Exception):
    """The mail server did not answer a moment ago; this is tried again later."""


def hand_over(message: EmailMultiAlternatives) -> None:
    """To the mail server, which may take EMAIL_TIMEOUT to say anything."""
    message.connection = get_connection(settings.MAIL_BACKEND)
    message.send()


def is_away(error: Exception) -> bool:
    """Whether it is the server that fails, and not this one message."""
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, smtplib.SMTPServerDisconnected | smtplib.SMTPConnectError)
    return isinstance(error, OSError)


def send(user: User, subject: str, rows: list[Notification]) -> None:
    """One message with these notifications, which are all of one group, in the language that is active."""
    group = rows[0].definition.group if rows[0].definition else ""
    preference, _created = Preference.objects.get_or_create(user=user, group=group)
    stop = settings.BASE_URL + reverse("notifications:unsubscribe", args=[preference.token])
    context = {
        "name": isolated(user.get_short_name()),
        "site_name": settings.SITE_NAME,
        "base_url": settings.BASE_URL,
        "rows": rows,
        "single": len(rows) == 1,
        "stop_url": stop,
        "preferences_url": settings.BASE_URL + reverse("notifications:preferences"),
        "language": translation.get_language(),
        "rtl": translation.get_language_bidi(),
    }
    message = EmailMultiAlternatives(
        " ".join(subject.split()),
        render_to_string("notifications/mail.txt", context),
        to=[user.email],
        # RFC 8058: one click, by POST, without signing in.
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
    message.attach_alternative(render_to_string("notifications/mail.html", context), "text/html")
    hand_over(message)
