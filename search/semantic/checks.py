"""Tells at start when the extra is wanted and cannot work."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register

from search.semantic import PACKAGES, is_installed


@register()
def extra_is_installed(**kwargs: Any) -> list[CheckMessage]:
    """SEARCH_SEMANTIC asks for packages that are not there: search goes on by words."""
    if getattr(settings, "SEARCH_SEMANTIC", False) and not is_installed():
        return [
            Warning(
                f"SEARCH_SEMANTIC is on, but its packages ({', '.join(PACKAGES)}) are not installed.",
                hint="pip install 'capacity-exchange[semantic]', or unset it. Search works by words meanwhile.",
                id="search.W001",
            )
        ]
    return []
