"""What crawlers may read: every live public page in every language, capacities, people, listings."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale, Page

from directory.models import Capacity, Listing, Organisation

LANGUAGES = [code for code, _name in settings.INTERFACE_LANGUAGES]


def sitemap(request: HttpRequest) -> HttpResponse:
    """An XML sitemap with the languages of each page. People are left out: they are for people, not crawlers."""
    groups: dict[str, list[tuple[str, str]]] = {}
    pages = Page.objects.live().public().filter(depth__gt=1).select_related("locale").order_by("path")
    for page in pages:
        url = page.get_url(request)
        if url:
            groups.setdefault(str(page.translation_key), []).append((page.locale.language_code, url))
    entries = [
        {
            "url": _absolute(url),
            "alternates": [(code, _absolute(other)) for code, other in group] if len(group) > 1 else [],
        }
        for group in groups.values()
        for _code, url in group
    ]
    names = [("home:capacity", slug) for slug in Capacity.objects.values_list("slug", flat=True)]
    names += [
        ("directory:organisation", slug)
        for slug in Organisation.objects.listed().values_list("slug", flat=True)
    ]
    names += [("directory:listing", pk) for pk in Listing.objects.shown().values_list("pk", flat=True)]
    for name, argument in names:
        alternates = []
        for code in LANGUAGES:
            with translation.override(code):
                alternates.append((code, _absolute(reverse(name, args=[argument]))))
        entries += [{"url": url, "alternates": alternates} for _code, url in alternates]
    return render(request, "home/sitemap.xml", {"entries": entries[:50_000]}, content_type="application/xml")


def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: nothing personal, no search results."""
    languages = {*Locale.objects.values_list("language_code", flat=True), *LANGUAGES}
    lines = ["User-agent: *", "Disallow: /admin/"]
    for code in sorted(languages):
        lines += [
            f"Disallow: /{code}/{part}/" for part in ("account", "my", "notifications", "people", "search")
        ]
    lines.append(f"Sitemap: {_absolute('/sitemap.xml')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


def _absolute(url: str) -> str:
    return url if url.startswith("http") else settings.BASE_URL + url
