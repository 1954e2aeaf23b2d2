"""What the index knows of the directory: people, organisations, offers, needs and grants (and capacities, which
`directory.taxonomy.documents` tells).

Everything here is public: each field of a person goes in only where everybody may see it, and nobody who is
paused, unlisted or wants to be left alone is yielded at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import models
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory import search_fallback
from directory.bandwidth import follow, hours_free
from directory.card_facts import INTERFACE, by_language, free_hours_fact, helps_with, names_of
from directory.constants import Asset, Direction, OrganisationType
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
from directory.regions import country_name, region_of
from directory.taxonomy.labels import Labels, all_labels
from foundation.accounts.models import User
from search.documents import DocumentType, Plain, register
from search.types import Document, Text


def listing_ids_of_person(person_id: Any) -> Iterable[Any]:
    """Ids of everything a person offers or needs, whose visibility follows theirs."""
    return Listing.objects.filter(person_id=person_id).values_list("pk", flat=True)


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


def listings_with(texts: Sequence[CapacityText]) -> Iterable[Any]:
    """The keys of the listings about the capacities of these texts."""
    return about([text.capacity_id for text in texts]).values_list("pk", flat=True).distinct()


def organisations_with(texts: Sequence[CapacityText]) -> Iterable[Any]:
    """The keys of the organisations with listings about the capacities of these texts."""
    found = about([text.capacity_id for text in texts]).filter(organisation__isnull=False)
    return found.values_list("organisation_id", flat=True).distinct()


def about(capacities: Sequence[int]) -> models.QuerySet[Listing]:
    """The listings about any of these capacities, by key, in no order."""
    return Listing.objects.filter(capacities__in=capacities).order_by()


# Of an account; a sign-in writes another field.
SHOWN_OF_ACCOUNTS: dict[type[models.Model], frozenset[str]] = {User: frozenset({"is_active", "timezone"})}


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
    watches_many = {CapacityText: people_with}

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
                names_of(languages, language),
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
                **by_language(facts),
            },
        )


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
                names_of(organisation.languages, language),
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
                **by_language(facts),
            },
        )


class ListingDocument(DocumentType):
    """What offers, needs and grants have in common."""

    fields = SHOWN_OF_ACCOUNTS
    watches = {
        Listing: lambda row: [row.pk],
        Listing.capacities.through: lambda row: [row.listing_id],
        Person: lambda row: listing_ids_of_person(row.pk),
        User: lambda row: Listing.objects.filter(person__user=row).values_list("pk", flat=True),
        Organisation: lambda row: Listing.objects.filter(organisation=row).values_list("pk", flat=True),
        CapacityText: lambda row: listings_with([row]),
    }
    watches_many = {CapacityText: listings_with}
    only: models.Q

    def _shown(self) -> Any:
        return Listing.objects.shown().filter(self.only)

    def ids(self) -> Iterable[str]:
        return (str(pk) for pk in self._shown().values_list("pk", flat=True).iterator())

    def plain(self) -> Plain:
        return search_fallback.listings(self._shown())

    def build(self, ids: Sequence[str]) -> Iterator[Document]:
        listings = list(self._shown().filter(pk__in=ids).for_documents())
        owners = [listing.person for listing in listings if listing.person is not None]
        free = hours_free(owners)
        labels = all_labels()
        for listing in listings:
            yield self._document(listing, free.get(listing.person_id), labels)

    def _document(self, listing: Listing, free: float | None, labels: Labels) -> Document:
        slugs = [labels.slug_of(capacity.pk) for capacity in listing.capacities.all()]
        owner = listing.owner
        is_person = listing.person is not None
        text = Text(
            listing.language,
            listing.title,
            summary=listing.summary,
            body="\n".join(filter(None, (listing.description, listing.for_whom))),
            keywords=tuple(tag.name for tag in listing.keywords.all()),
        )
        regions = tuple(listing.regions)
        if not regions and listing.country and region_of(listing.country):
            regions = (region_of(listing.country),)
        return Document(
            kind=self.kind,
            id=str(listing.pk),
            texts=(text,),
            url=f"/listings/{listing.pk}/",
            capacities=tuple(slugs),
            broader=labels.broader(slugs),
            labels=labels.texts(slugs),
            facets={
                "asset": (listing.asset,),
                "language": tuple(listing.languages or [listing.language]),
                "region": regions,
                "country": (listing.country,) if listing.country else (),
                "format": tuple(listing.formats),
                "method": (listing.method,) if listing.method else (),
            },
            people=(owner.name,),
            updated=listing.updated,
            confirmed=listing.confirmed_at,
            starts=listing.deadline,
            # Only an offer can be full; somebody who needs help is always there to be helped.
            available=free is None or free > 0 or listing.direction == Direction.NEED,
            card={
                "face": owner.name,
                "face_shape": "person" if is_person else "organisation",
                "owner": f"{'person' if is_person else 'organisation'}:{owner.pk}",
                # Whom it is for; none means anywhere. The facet also says where it comes from.
                "open_to": list(listing.regions),
                **by_language(lambda language: self._facts(listing, language)),
            },
        )

    def _facts(self, listing: Listing, language: str) -> list[str]:
        when = listing.deadline
        return [
            listing.owner.name,
            names_of(listing.languages or [listing.language], language),
            _("by %(date)s") % {"date": date_format(when, "DATE_FORMAT")} if when else "",
            self._money(listing),
            ngettext("%(count)s hour a month", "%(count)s hours a month", listing.hours_a_month)
            % {"count": listing.hours_a_month}
            if listing.hours_a_month and not when
            else "",
        ]

    def _money(self, listing: Listing) -> str:
        if listing.amount is None:
            return ""
        from babel.numbers import format_currency

        amount = format_currency(
            listing.amount,
            listing.currency or "EUR",
            "¤#,##0",
            locale=translation.get_language() or "en",
            currency_digits=False,
        )
        return _("up to %(amount)s") % {"amount": amount}


@register
class OfferDocument(ListingDocument):
    """Offers of skills, services, resources and tools."""

    kind = "offer"
    only = models.Q(direction=Direction.OFFER) & ~models.Q(asset=Asset.FINANCE)


@register
class NeedDocument(ListingDocument):
    """Needs."""

    kind = "need"
    only = models.Q(direction=Direction.NEED)


@register
class GrantDocument(ListingDocument):
    """Money that is offered."""

    kind = "grant"
    only = models.Q(direction=Direction.OFFER, asset=Asset.FINANCE)


def _codes(own: str) -> list[str]:
    """Languages in which a person's document speaks: the interface's, and that of their own text."""
    return list(dict.fromkeys([*INTERFACE, *([own] if own else [])]))


def _region(country: str) -> tuple[str, ...]:
    region = region_of(country) if country else ""
    return (region,) if region else ()


# Last, since kinds are read and answered in the order in which they are registered.
from directory.taxonomy import documents as capacity_documents  # noqa: E402, F401
