"""Offers and needs, people, organisations: lists from the index."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.design.shown_kinds import shows
from search.query.results import ResultsList


@shows("offer", "need", "grant")
@require_safe
def listings(request: HttpRequest) -> HttpResponse:
    """Offers, needs and grants."""
    listed = ResultsList(
        request.GET,
        get_language() or "en",
        kinds=("offer", "need", "grant"),
        facets=("capacity", "asset", "language", "format", "region"),
    )
    return _show(request, "directory/pages/listings.html", listed)


@shows("person")
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """People who chose to be listed."""
    listed = ResultsList(
        request.GET,
        get_language() or "en",
        kinds=("person",),
        facets=("capacity", "language", "region", "format"),
    )
    return _show(request, "directory/pages/people.html", listed)


@shows("organisation")
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Organisations, those that are shown."""
    listed = ResultsList(
        request.GET,
        get_language() or "en",
        kinds=("organisation",),
        facets=("type", "region", "capacity", "language"),
    )
    return _show(request, "directory/pages/organisations.html", listed)


def _show(request: HttpRequest, template: str, listed: ResultsList) -> HttpResponse:
    return render(request, template, {"list": listed.read(), "tabs": _places(template)})


def _places(template: str) -> list[dict[str, Any]]:
    """The three lists of the directory beside each other."""
    from django.urls import reverse

    places = (
        ("directory/pages/listings.html", "directory:listings", _("Offers and needs")),
        ("directory/pages/people.html", "directory:people", _("People")),
        ("directory/pages/organisations.html", "directory:organisations", _("Organisations")),
    )
    return [
        {"label": label, "url": reverse(view), "count": None, "current": template == name}
        for name, view, label in places
    ]
