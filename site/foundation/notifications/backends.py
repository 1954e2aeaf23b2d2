"""The mail back end for everything that sends mail by itself: account pages, the editors' workflow, error reports.

They send from within a request, some of them inside a transaction, where a mail server that stays silent would hold up
everybody's writes. Here sending is a row in the queue, in the caller's own transaction; the worker sends it by
settings.MAIL_BACKEND. Notifications are claimed and sent by `foundation.notifications.tasks` itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from foundation.jobs.services import enqueue


class QueuedMail(BaseEmailBackend):
    """Hands messages to the queue."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queues each message that has a receiver; answers how many."""
        addressed = [message for message in email_messages if message.recipients()]
        for message in addressed:
            enqueue("foundation.notifications.tasks.send_queued", packed(message))
        return len(addressed)


def packed(message: EmailMessage) -> dict[str, Any]:
    """A message as plain values. Raises TypeError for attachments that are no (name, content, type)."""
    if not all(isinstance(part, tuple) for part in message.attachments):
        raise TypeError("Only attachments given by name, content and type can be queued.")
    alternatives = message.alternatives if isinstance(message, EmailMultiAlternatives) else []
    return {
        "subject": str(message.subject),
        "body": str(message.body),
        "from_email": message.from_email,
        "to": list(message.to),
        "cc": list(message.cc),
        "bcc": list(message.bcc),
        "reply_to": list(message.reply_to),
        "headers": dict(message.extra_headers),
        "attachments": [tuple(part) for part in message.attachments],
        "alternatives": [(str(content), str(kind)) for content, kind in alternatives],
    }


def unpacked(fields: dict[str, Any]) -> EmailMultiAlternatives:
    """The message again."""
    return EmailMultiAlternatives(**fields)
