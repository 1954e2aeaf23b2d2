"""Views of the roof."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.static import serve


def media(request: HttpRequest, path: str) -> HttpResponse:
    """A file that was uploaded."""
    return serve(request, path, document_root=settings.MEDIA_ROOT)


def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read."""
    return HttpResponse("User-agent: *\nDisallow: /admin/\n", content_type="text/plain")


def sitemap(request: HttpRequest) -> HttpResponse:
    """All public pages."""
    return HttpResponse("", content_type="application/xml")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is no such page."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke on our side."""
    return render(request, "500.html", status=500)
