"""What follows when allauth has changed something: its person is told, also where allauth tells nobody."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.account.signals import (
    email_added,
    email_removed,
    password_changed,
    password_reset,
    password_set,
)
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from foundation.accounts import sessions
from foundation.accounts.models import BrowserSession, User


@receiver(email_added, dispatch_uid="accounts.tell_of_new_address")
def tell_of_new_address(user: User, email_address: EmailAddress, **kwargs: Any) -> None:
    """To the address that the account had before; the new one is asked to confirm."""
    get_adapter().send_notification_mail(
        "account/email/email_added", user, {"added_email": email_address.email}
    )


@receiver(email_removed, dispatch_uid="accounts.tell_removed_address")
def tell_removed_address(user: User, email_address: EmailAddress, **kwargs: Any) -> None:
    """The account's first address is told by allauth; the one that was taken out is told here."""
    if email_address.verified:
        context = {"deleted_email": email_address.email}
        get_adapter().send_notification_mail(
            "account/email/email_deleted", user, context, email=email_address.email
        )


@receiver(user_logged_in, dispatch_uid="accounts.session_begins")
def session_begins(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Their browser stands in the list on their page."""
    sessions.begin(request, user)


@receiver(user_logged_out, dispatch_uid="accounts.session_ends")
def session_ends(request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """It stands there no longer."""
    if user is not None and request.session.session_key:
        BrowserSession.objects.filter(session_key=request.session.session_key).delete()


@receiver([password_changed, password_set], dispatch_uid="accounts.password_ends_sessions")
def password_ends_sessions(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Who changes their password is signed out elsewhere."""
    sessions.renew(request, user)


@receiver(password_reset, dispatch_uid="accounts.reset_ends_sessions")
def reset_ends_sessions(user: User, **kwargs: Any) -> None:
    """Who has forgotten theirs is signed out everywhere."""
    sessions.end_all(user)
