"""Finds the views of page models whose dotted names lead nowhere, before a reader does."""

from __future__ import annotations

from typing import Any

from django.core.checks import Error, Tags, register

from foundation.routers import ByName


@register(Tags.urls)
def names_lead_somewhere(app_configs: Any, **kwargs: Any) -> list[Error]:
    """An error for each name of foundation/routers.py that cannot be called."""
    errors = []
    for named in ByName.every:
        try:
            wrong = "" if callable(named.function) else "it is no function."
        except ImportError as error:
            wrong = str(error)
        if wrong:
            errors.append(
                Error(
                    f"A page model names “{named.name}”, which cannot be called: {wrong}",
                    hint="Give the dotted name of a function that takes the page and the request.",
                    id="design.E001",
                )
            )
    return errors
