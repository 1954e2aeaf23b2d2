"""What editors are told about their pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from foundation.notifications.registry import Kind, register, register_group

GROUP = "editing"
register_group(GROUP, _("Pages that you write"))

register(
    Kind(
        "editing.published_elsewhere",
        GROUP,
        _("Published under another address: %(title)s"),
        _(
            "The page is published. Another page has taken its address meanwhile, so its own now ends in "
            "“%(slug)s”. You can change it under “Promote”."
        ),
        _("See the page"),
    ),
    Kind(
        "editing.not_published",
        GROUP,
        _("Not published: %(title)s"),
        _(
            "The page was to be published now, and could not be: %(reason)s It is kept as a draft. Mend it, then "
            "publish it or schedule it again."
        ),
        _("Mend the page"),
        needs_answer=True,
    ),
)
