"""The notice on pages that were made while the index did not answer."""

from __future__ import annotations

from typing import Any

from django import template

from search.api import is_resting

register = template.Library()


@register.inclusion_tag("search/partials/search_unavailable.html")
def resting() -> dict[str, Any]:
    """{% resting %}: a notice where the page's last question was answered without the index, else nothing.

    For pages that asked the index before their template is rendered.
    """
    return {"is_resting": is_resting()}
