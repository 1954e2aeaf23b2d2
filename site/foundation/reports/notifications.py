"""What people are told about reports. Nothing of a report stands in these sentences: not what, not whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from foundation.notifications.registry import Kind, register, register_group

GROUP = "reports"
register_group(GROUP, _("Reports to the administrators"))

register(
    Kind(
        "report_arrived",
        GROUP,
        _("A report waits for you"),
        _("Somebody has told the administrators something. It is read here, and nowhere else."),
        _("Read it"),
        needs_answer=True,
    ),
    Kind(
        "report_news",
        GROUP,
        _("There is news for you"),
        _("The administrators have written to you."),
        _("Read it"),
    ),
)
