"""The language of an answer, said to machines as the page says it to people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.middleware import locale

from foundation.design.navigation import frame_language


class LocaleMiddleware(locale.LocaleMiddleware):
    """Django's, which would call English words German below an address that begins with "de" (RFC 9110, 8.5)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The words around every page are in a language of the interface."""
        response.headers.setdefault("Content-Language", frame_language())
        return super().process_response(request, response)
