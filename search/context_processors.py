"""What every template may ask of search."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from search.api import is_being_rebuilt


def search(request: HttpRequest) -> dict[str, Any]:
    """`search_is_rebuilt`, for the notice on a page that was made without the index."""
    return {"search_is_rebuilt": is_being_rebuilt}
