"""The mail back end for everything that sends mail by itself: account pages, the editors' workflow, error reports.

They send from within a request, some of them inside a transaction, where a mail server that stays silent would hold up
everybody's writes. Here sending is a row for each receiver, in the caller's own transaction; the worker sends them by
settings.MAIL_BACKEND.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError

from foundation.notifications.models import Mail
from foundation.notifications.serializers import packed
from foundation.notifications.services import send_soon


class QueuedMail(BaseEmailBackend):
    """Keeps messages as rows. What a message is about (`purpose`), whose account it is about (`user`) and when it is
    too late for it (`until`) may be set on it as attributes."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keeps each message that has a receiver; answers how many."""
        addressed = [message for message in email_messages if message.recipients()]
        try:
            for message in addressed:
                self._keep(message)
        except DatabaseError:
            if not self.fail_silently:
                raise
            return 0
        return len(addressed)

    def _keep(self, message: EmailMessage) -> None:
        content = packed(message)
        for address in dict.fromkeys(message.recipients()):
            # One row each: one address that is refused holds back nobody, and nobody reads another's address.
            mail = Mail.objects.create(
                address=address,
                user=getattr(message, "user", None),
                purpose=str(getattr(message, "purpose", ""))[:100],
                important=True,
                content=content,
                until=getattr(message, "until", None),
            )
            send_soon(mail)
