"""What somebody's own account page tells of mail."""

from __future__ import annotations

from typing import Any

from django import template

from foundation.notifications.models import Recipient
from foundation.notifications.recipients import own_trouble

register = template.Library()


@register.simple_tag(takes_context=True)
def mail_trouble(context: dict[str, Any]) -> list[Recipient]:
    """Addresses of the reader's own account that mails came back from, with the reason."""
    return list(own_trouble(context["request"].user))
