"""The pattern page: every component alone, to look at, to photograph and to check."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from foundation.design import patterns as library


def patterns(request: HttpRequest) -> HttpResponse:
    """All components with their samples. There only where settings.PATTERN_LIBRARY is on."""
    if not settings.PATTERN_LIBRARY:
        raise Http404("The pattern page is switched off.")
    shown = [(pattern, list(pattern.samples(request))) for pattern in library.everything()]
    return render(request, "design/patterns.html", {"patterns": shown})
