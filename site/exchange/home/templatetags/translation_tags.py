"""How far a translation is on its way to its readers."""

from __future__ import annotations

import json
from typing import Any

from django import template
from wagtail.models import Page

from exchange.home.workflow import status

register = template.Library()


@register.simple_tag(takes_context=True)
def only_what_is_theirs(context: dict[str, Any]) -> str:
    """Takes from wagtail-localize's editor the buttons that give a translation up, for who may not publish it.

    The first of its buttons is the biggest one, whatever it does. Answers what hides what is left of them.
    """
    page = context["instance"]
    if not isinstance(page, Page) or page.permissions_for_user(context["request"].user).can_publish():
        return ""
    props = json.loads(context["props"])
    props["links"]["convertToAliasUrl"] = None
    props["perms"]["canDelete"] = False
    context["props"] = json.dumps(props)
    return "hidden"


@register.inclusion_tag("home/admin/handing_in.html", takes_context=True)
def handing_in(context: dict[str, Any]) -> dict[str, Any]:
    """Above the sentences of a translation: hand it in, or what became of it."""
    user = context["request"].user
    return {
        **status(context["instance"], user),
        "goal": context["translation"],
        "request": context["request"],
    }
