"""How far a translation is on its way to its readers."""

from __future__ import annotations

from typing import Any

from django import template

from exchange.home.handing_in import status

register = template.Library()


@register.inclusion_tag("home/admin/handing_in.html", takes_context=True)
def handing_in(context: dict[str, Any]) -> dict[str, Any]:
    """Above the sentences of a translation: hand it in, or what became of it."""
    user = context["request"].user
    return {
        **status(context["instance"], user),
        "goal": context["translation"],
        "request": context["request"],
    }
