"""What mail adds to the admin."""

from __future__ import annotations

from wagtail import hooks

from foundation.notifications.viewsets import MailAdmin


@hooks.register("register_admin_viewset")
def register_mail() -> MailAdmin:
    """How mail is."""
    return MailAdmin()
