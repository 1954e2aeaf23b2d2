"""Mail, sent by the queue."""

from __future__ import annotations


def mail(notification_id: int) -> None:
    """Sends one notification by e-mail, once."""
