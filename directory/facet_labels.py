"""Words for values of facets that only the directory knows: regions, kinds of organisation, whose it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils import translation

from directory.constants import OrganisationType
from directory.models import Organisation
from directory.regions import Region
from foundation.l10n.languages import country_name
from search.query.facet_labels import register_labels


def _regions(values: Sequence[str], language: str) -> Mapping[str, str]:
    with translation.override(language):
        return {value: str(Region(value).label) for value in values if value in Region.values}


def _types(values: Sequence[str], language: str) -> Mapping[str, str]:
    with translation.override(language):
        known = OrganisationType.values
        return {value: str(OrganisationType(value).label) for value in values if value in known}


def _owners(values: Sequence[str], language: str) -> Mapping[str, str]:
    return dict(Organisation.objects.filter(slug__in=values).values_list("slug", "name"))


def _countries(values: Sequence[str], language: str) -> Mapping[str, str]:
    return {value: country_name(value, language) for value in values}


def register() -> None:
    """Called once, when the apps are ready."""
    register_labels("region", _regions)
    register_labels("type", _types)
    register_labels("owner", _owners)
    register_labels("country", _countries)
