"""Messages as plain values and back."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives


def packed(message: EmailMessage) -> dict[str, Any]:
    """A message as values that JSON knows, without its receivers. Raises TypeError for attachments that are no (name,
    content, type)."""
    if not all(isinstance(part, tuple) for part in message.attachments):
        raise TypeError("Only attachments given by name, content and type can be kept.")
    alternatives = message.alternatives if isinstance(message, EmailMultiAlternatives) else []
    return {
        "subject": " ".join(str(message.subject).split()),
        "body": str(message.body),
        "subtype": message.content_subtype,
        "from_email": message.from_email,
        "reply_to": list(message.reply_to),
        "headers": {str(key): str(value) for key, value in message.extra_headers.items()},
        "attachments": [_part(*part) for part in message.attachments],
        "alternatives": [(str(content), str(kind)) for content, kind in alternatives],
    }


def unpacked(fields: dict[str, Any]) -> EmailMultiAlternatives:
    """The message again."""
    known = ("subject", "body", "from_email", "reply_to", "headers", "alternatives")
    message = EmailMultiAlternatives(**{key: fields[key] for key in known if key in fields})
    message.content_subtype = fields.get("subtype", "plain")
    for name, content, kind, is_binary in fields.get("attachments", ()):
        message.attach(name, b64decode(content) if is_binary else content, kind)
    return message


def _part(name: str | None, content: Any, kind: str | None) -> tuple[str | None, str, str | None, bool]:
    if isinstance(content, bytes):
        return name, b64encode(content).decode(), kind, True
    return name, str(content), kind, False
