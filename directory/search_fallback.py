"""How people, organisations, listings and capacities are asked in the database while the index rests.

Nothing here looks at what a document does not show: a condition on a hidden field would tell what is in it.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from directory.models import Capacity, Listing, Organisation, Person, PersonCapacity
from directory.taxonomy.selectors import matching_label, with_descendants
from search.documents import Plain


def people() -> Plain:
    """Those who are listed, by name and by what they offer."""
    # What somebody may hide (languages, country, what they learn) is no condition here.
    offered = PersonCapacity.objects.filter(side=PersonCapacity.Side.OFFERS)

    def offers(capacities: Any) -> Q:
        return Q(pk__in=offered.filter(capacity__in=capacities).values("person_id"))

    return Plain(
        Person.objects.listed(),
        titles=("name",),
        words=lambda word: offers(matching_label(word)),
        filters={"capacity": lambda slugs: offers(with_descendants(slugs))},
    )


def organisations() -> Plain:
    """Those that are shown, by name and by what they offer."""

    def offers(capacities: Any) -> Q:
        rows = Listing.objects.shown().offers().filter(capacities__in=capacities)
        return Q(pk__in=rows.filter(organisation__isnull=False).values("organisation_id"))

    return Plain(
        Organisation.objects.listed(),
        titles=("name", "acronym", "texts__name"),
        words=lambda word: offers(matching_label(word)),
        filters={
            "capacity": lambda slugs: offers(with_descendants(slugs)),
            "country": lambda codes: Q(country__in=codes),
            "type": lambda types: Q(type__in=types),
        },
    )


def listings(rows: QuerySet[Listing]) -> Plain:
    """Some of the offers and needs that are shown, by title, summary and capacity."""
    names = Listing.capacities.through.objects

    def about(capacities: Any) -> Q:
        return Q(pk__in=names.filter(capacity__in=capacities).values("listing_id"))

    return Plain(
        rows,
        titles=("title", "summary"),
        words=lambda word: about(matching_label(word)),
        filters={
            "capacity": lambda slugs: about(with_descendants(slugs)),
            "asset": lambda assets: Q(asset__in=assets),
            "country": lambda codes: Q(country__in=codes),
            "method": lambda methods: Q(method__in=methods),
        },
    )


def capacities() -> Plain:
    """All, by any of their names; each finds itself and what is below."""
    return Plain(
        Capacity.objects.all(),
        key="slug",
        titles=(),
        newest="pk",
        words=lambda word: Q(pk__in=matching_label(word)),
        filters={"capacity": lambda slugs: Q(pk__in=with_descendants(slugs))},
    )
