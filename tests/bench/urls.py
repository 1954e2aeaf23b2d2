"""The site's addresses and an empty view: the floor of every measurement."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from exchange.urls import handler404, handler500
from exchange.urls import urlpatterns as site

__all__ = ["handler404", "handler500", "urlpatterns"]


def empty(request: HttpRequest) -> HttpResponse:
    """Says nothing, through the same middleware as every page."""
    return HttpResponse("", headers={"Cache-Control": "no-store"})


urlpatterns = [path("bench/empty/", empty), *site]
