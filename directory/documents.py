"""What the index knows of the directory: people, organisations, offers, needs and grants (and capacities, which
`directory.capacity_documents` tells).

Everything here is public: each field of a person goes in only where everybody may see it, and nobody who is
paused, unlisted or wants to be left alone is yielded at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import models

from directory import search_fallback
from directory.bandwidth import follow, hours_free
from directory.card_facts import (
    SHOWN_OF_ACCOUNTS,
    free_hours_fact,
    helps_with,
)
from directory.constants import Asset, OrganisationType
from directory.models import (
    CapacityText,
    Exchange,
    Listing,
    Membership,
    Organisation,
    OrganisationText,
    Person,
    PersonCapacity,
    PersonLanguage,
)
from directory.regions import region_of
from directory.selectors import about
from directory.taxonomy.labels import Labels, all_labels
from foundation.accounts.models import User
from foundation.l10n.languages import INTERFACE, country_name, languages_text
from search.documents import DocumentType, Plain, facts_by_language, register
from search.types import Document, Text


def givers_of(exchange: Exchange) -> list[Any]:
    """The people whose hours an exchange may take. Its listing may be gone already when a whole account goes."""
    key = exchange.listing_id
    owners = Listing.objects.filter(pk=key).values_list("person_id", flat=True) if key is not None else ()
    return [exchange.starter_id, exchange.asked_person_id, *owners]


follow(Exchange, givers_of)


def people_with(texts: Sequence[CapacityText]) -> Iterable[Any]:
    """The keys of the people who name the capacities of these texts."""
    found = PersonCapacity.objects.filter(capacity__in=[text.capacity_id for text in texts])
    return found.values_list("person_id", flat=True).distinct()


@register
class PersonDocument(DocumentType):
    """People who chose to be listed."""

    kind = "person"
    fields = SHOWN_OF_ACCOUNTS
    watches = {
        Person: lambda row: [row.pk],
        PersonLanguage: lambda row: [row.person_id],
        PersonCapacity: lambda row: [row.person_id],
        Membership: lambda row: [row.person_id],
        Organisation: lambda row: row.memberships.values_list("person_id", flat=True),
        User: lambda row: Person.objects.filter(user=row).values_list("pk", flat=True),
        CapacityText: lambda row: people_with([row]),
    }
    watches_many = {
        CapacityText: people_with,
        Organisation: lambda rows: Membership.objects.filter(
            organisation__in=[row.pk for row in rows]
        ).values_list("person_id", flat=True),
        User: lambda rows: Person.objects.filter(user__in=[row.pk for row in rows]).values_list(
            "pk", flat=True
        ),
    }

    def ids(self) -> Iterable[str]:
        return (str(pk) for pk in Person.objects.listed().values_list("pk", flat=True).iterator())

    def plain(self) -> Plain:
        return search_fallback.people()

    def build(self, ids: Sequence[str]) -> Iterator[Document]:
        people = list(Person.objects.listed().filter(pk__in=ids).for_documents())
        free = hours_free(people)
        labels = all_labels()
        for person in people:
            yield self._document(person, free[person.pk], labels)

    def _document(self, person: Person, free: float, labels: Labels) -> Document:
        offers = [row for row in person.capacities.all() if row.side == PersonCapacity.Side.OFFERS]
        learns = [row for row in person.capacities.all() if row.side == PersonCapacity.Side.LEARNS]
        learns = learns if person.shows("learning") else []
        languages = person.working_languages if person.shows("languages") else []
        country = person.country if person.shows("country") else ""
        city = person.city if person.shows("city") else ""
        slugs = [labels.slug_of(row.capacity_id) for row in offers]
        organisations = (
            [row.organisation for row in person.memberships.all() if row.organisation.active]
            if person.shows("organisations")
            else []
        )
        showing_hours = person.shows("hours")

        def facts(language: str) -> list[str]:
            place = ", ".join(
                part for part in (city, country_name(country, language) if country else "") if part
            )
            return [
                languages_text(languages, language),
                place,
                free_hours_fact(free) if showing_hours else "",
            ]

        texts = [
            Text(
                code,
                person.name,
                summary=helps_with(slugs, labels, code),
                body=person.bio if person.shows("bio") and code == (person.bio_language or "en") else "",
                keywords=tuple(filter(None, (row.evidence for row in offers))),
            )
            for code in _codes(person.bio_language)
        ]
        return Document(
            kind=self.kind,
            id=str(person.pk),
            texts=tuple(texts),
            url=f"/people/{person.pk}/",
            capacities=tuple(slugs),
            broader=labels.broader(slugs),
            labels=labels.texts(slugs),
            facets={
                "language": tuple(languages),
                "region": _region(country),
                "country": (country,) if country else (),
                "format": tuple(person.clean_formats()),
                "owner": tuple(organisation.slug for organisation in organisations),
            },
            people=(person.name,),
            updated=person.updated,
            confirmed=person.confirmed_at,
            available=free > 0,
            card={
                "face": person.name,
                "face_shape": "person",
                "owner": f"person:{person.pk}",
                "timezone": person.user.timezone if person.shows("timezone") else "",
                "hours_free": free if showing_hours else None,
                "learns": [labels.slug_of(row.capacity_id) for row in learns],
                "evidence": {labels.slug_of(row.capacity_id): row.evidence for row in offers if row.evidence},
                **facts_by_language(facts),
            },
        )


def _codes(own: str) -> list[str]:
    """Languages in which a person's document speaks: the interface's, and that of their own text."""
    return list(dict.fromkeys([*INTERFACE, *([own] if own else [])]))


def _region(country: str) -> tuple[str, ...]:
    region = region_of(country) if country else ""
    return (region,) if region else ()


def organisations_with(texts: Sequence[CapacityText]) -> Iterable[Any]:
    """The keys of the organisations with listings about the capacities of these texts."""
    found = about([text.capacity_id for text in texts]).filter(organisation__isnull=False)
    return found.values_list("organisation_id", flat=True).distinct()


@register
class OrganisationDocument(DocumentType):
    """Organisations, with what they offer."""

    kind = "organisation"
    watches = {
        Organisation: lambda row: [row.pk],
        OrganisationText: lambda row: [row.organisation_id],
        Listing: lambda row: [row.organisation_id] if row.organisation_id else [],
        CapacityText: lambda row: organisations_with([row]),
    }
    watches_many = {CapacityText: organisations_with}

    def ids(self) -> Iterable[str]:
        return (str(pk) for pk in Organisation.objects.listed().values_list("pk", flat=True).iterator())

    def plain(self) -> Plain:
        return search_fallback.organisations()

    def build(self, ids: Sequence[str]) -> Iterator[Document]:
        offers = models.Prefetch(
            "listings", Listing.objects.shown().offers().prefetch_related("capacities"), to_attr="offers_now"
        )
        labels = all_labels()
        rows = Organisation.objects.listed().filter(pk__in=ids).prefetch_related("texts", offers)
        for organisation in rows:
            yield self._document(organisation, labels)

    def _document(self, organisation: Any, labels: Labels) -> Document:
        slugs = list(
            dict.fromkeys(
                labels.slug_of(capacity.pk)
                for listing in organisation.offers_now
                for capacity in listing.capacities.all()
            )
        )
        helps = {
            capacity.pk
            for listing in organisation.offers_now
            for capacity in listing.capacities.all()
            if listing.asset != Asset.FINANCE
        }
        pays = [slug for slug in slugs if slug not in {labels.slug_of(pk) for pk in helps}]
        texts = tuple(
            Text(
                row.language,
                row.name or organisation.name,
                summary=row.summary,
                body=row.description,
                keywords=tuple(filter(None, (organisation.acronym, organisation.name))),
            )
            for row in organisation.texts.all()
        ) or (Text("en", organisation.name, keywords=tuple(filter(None, (organisation.acronym,)))),)
        region = organisation.region or region_of(organisation.country)

        def facts(language: str) -> list[str]:
            return [
                str(OrganisationType(organisation.type).label),
                country_name(organisation.country, language) if organisation.country else "",
                languages_text(organisation.languages, language),
            ]

        return Document(
            kind=self.kind,
            id=str(organisation.pk),
            texts=texts,
            url=f"/organisations/{organisation.slug}/",
            capacities=tuple(slugs),
            broader=labels.broader(slugs),
            labels=labels.texts(slugs),
            facets={
                "language": tuple(organisation.languages),
                "region": (region,) if region else (),
                "country": (organisation.country,) if organisation.country else (),
                "type": (organisation.type,),
            },
            updated=organisation.updated,
            card={
                "face": organisation.name,
                "face_shape": "organisation",
                "owner": f"organisation:{organisation.pk}",
                # What it gives money for and does not help with itself.
                "pays": pays,
                **facts_by_language(facts),
            },
        )


# Last, since kinds are read and answered in the order in which they are registered.
from directory.listing_documents import GrantDocument, NeedDocument, OfferDocument  # noqa: E402

# isort: split
from directory.capacity_documents import CapacityDocument  # noqa: E402

__all__ = [
    "CapacityDocument",
    "GrantDocument",
    "NeedDocument",
    "OfferDocument",
    "OrganisationDocument",
    "PersonDocument",
]
