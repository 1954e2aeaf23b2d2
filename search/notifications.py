"""What the search room tells people: new answers to the searches they saved."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from foundation.notifications.registry import Kind, register, register_group

register_group("searches", _("Searches you saved"))
register(
    Kind("saved_search", "searches", _("New for your search “%(name)s”"), "%(lines)s", _("See what is new")),
    Kind(
        "saved_searches",
        "searches",
        _("New this week for your saved searches"),
        "%(lines)s",
        _("See your saved searches"),
    ),
)
