"""What every page's frame needs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from foundation.design.layout import Shell


def page(request: HttpRequest) -> dict[str, Any]:
    """`shell`: navigation, languages, the signed-in person. Worked out only when a template asks for it."""
    return {"shell": Shell(request)}
