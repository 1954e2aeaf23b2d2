"""Draws a component: its template in frontend/components/<name>/ with exactly the values it is given."""

from __future__ import annotations

from typing import Any

from django.template import Context, Engine
from django.utils.safestring import SafeString


def template_of(component: str) -> str:
    """The name of a component's template."""
    return f"components/{component}/{component}.html"


def draw(component: str, **values: Any) -> SafeString:
    """A component that needs nothing of the page around it, such as what is made once and kept."""
    return Engine.get_default().get_template(template_of(component)).render(Context(values))


def draw_in(context: Context, component: str, **values: Any) -> SafeString:
    """A component whose template asks for the page's request, and for nothing else of the page."""
    found = context.template.engine.get_template(template_of(component))  # type: ignore[union-attr]
    return found.render(context.new(values))
