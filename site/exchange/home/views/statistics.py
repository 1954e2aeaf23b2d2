"""Figures and reports: what there is, in which languages, and where offers and needs are far apart."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from directory.regions import Region
from directory.taxonomy.labels import known_labels
from foundation.kinds import registry
from foundation.kinds.constants import Family
from foundation.kinds.registry import Kind
from foundation.l10n.languages import language_name
from search.api import find
from search.types import FacetValue, Query


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """Counts of the index, never of people who paused or chose not to be listed."""
    language = get_language() or "en"
    labels = known_labels()
    all_of_it = find(Query(language=language, facets=("kind",), limit=0))
    by_language = find(Query(language=language, kinds=_counted_by("language"), facets=("language",), limit=0))
    by_region = find(Query(language=language, kinds=_counted_by("region"), facets=("region",), limit=0))
    offering = tuple(
        kind.name for kind in registry.all_kinds() if kind.personal or kind.family == Family.OFFERS
    )
    offered = _by(find(Query(language=language, kinds=offering, facets=("capacity",), limit=0)))
    asked_for = registry.names_of(Family.NEEDS)
    needed = _by(find(Query(language=language, kinds=asked_for, facets=("capacity",), limit=0)))
    kinds = {value.value: value.count for value in all_of_it.facets.get("kind", [])}
    context = {
        "kinds": [
            (kind.name, kinds.get(kind.name, 0), kind.count(kinds.get(kind.name, 0))) for kind in _counted()
        ],
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


def _counted() -> list[Kind]:
    """The kinds that are counted, one family after the other, then those of none."""
    families = [*Family, None]
    counted = [kind for kind in registry.all_kinds() if kind.counted is not None]
    return sorted(counted, key=lambda kind: families.index(kind.family))


def _counted_by(facet: str) -> tuple[str, ...]:
    """What the heading of a table says that it counts, and nothing else that has a language or a region."""
    return tuple(kind.name for kind in registry.all_kinds() if facet in kind.counted_by)


def _by(results: object) -> dict[str, int]:
    return {value.value: value.count for value in results.facets.get("capacity", [])}  # type: ignore[attr-defined]


def _most(values: list[FacetValue]) -> list[FacetValue]:
    return sorted(values, key=lambda value: -value.count)[:20]
