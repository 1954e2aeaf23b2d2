"""Figures and reports: what there is, in which languages, and where offers and needs are far apart."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from directory.regions import Region
from directory.taxonomy.labels import known_labels
from exchange.home.views.capacities import count_of
from foundation.l10n.languages import language_name
from search.api import find
from search.types import FacetValue, Query

KINDS = ("lesson", "recording", "course", "person", "organisation", "mentor", "offer", "need", "grant")
# What the headings of the two tables say that they count, and nothing else that has a language or a region.
LISTINGS = ("offer", "need", "grant")
BY_LANGUAGE = ("lesson", "person", *LISTINGS)
BY_REGION = ("person", "organisation", *LISTINGS)


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """Counts of the index, never of people who paused or chose not to be listed."""
    language = get_language() or "en"
    labels = known_labels()
    all_of_it = find(Query(language=language, facets=("kind",), limit=0))
    by_language = find(Query(language=language, kinds=BY_LANGUAGE, facets=("language",), limit=0))
    by_region = find(Query(language=language, kinds=BY_REGION, facets=("region",), limit=0))
    offered = _by(
        find(Query(language=language, kinds=("offer", "person", "mentor"), facets=("capacity",), limit=0))
    )
    needed = _by(find(Query(language=language, kinds=("need",), facets=("capacity",), limit=0)))
    kinds = {value.value: value.count for value in all_of_it.facets.get("kind", [])}
    context = {
        "kinds": [(kind, kinds.get(kind, 0), count_of(kind, kinds.get(kind, 0))) for kind in KINDS],
        "by_language": [
            (language_name(value.value, language), value.count)
            for value in _most(by_language.facets.get("language", []))
        ],
        "by_region": [
            (str(Region(value.value).label), value.count)
            for value in _most(by_region.facets.get("region", []))
            if value.value in Region.values
        ],
        "branches": [
            (slug, labels.label(slug, language), offered.get(slug, 0), needed.get(slug, 0))
            for slug in labels.roots()
        ],
        "degraded": all_of_it.degraded,
        "crumbs": [(_("Figures and reports"), "")],
    }
    return render(request, "home/pages/figures.html", context)


def _by(results: object) -> dict[str, int]:
    return {value.value: value.count for value in results.facets.get("capacity", [])}  # type: ignore[attr-defined]


def _most(values: list[FacetValue]) -> list[FacetValue]:
    return sorted(values, key=lambda value: -value.count)[:20]
