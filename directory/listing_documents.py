"""What the index knows of offers, needs and grants; the rest of the directory is in `documents`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import models
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory import search_fallback
from directory.bandwidth import hours_free
from directory.card_facts import SHOWN_OF_ACCOUNTS
from directory.constants import Asset, Direction
from directory.models import (
    CapacityText,
    Listing,
    Organisation,
    Person,
)
from directory.regions import region_of
from directory.selectors import about
from directory.taxonomy.labels import Labels, all_labels
from foundation.accounts.models import User
from foundation.l10n.languages import languages_text
from search.documents import DocumentType, Plain, facts_by_language, register
from search.types import Document, Text


def listing_ids_of_person(person_id: Any) -> Iterable[Any]:
    """Ids of everything a person offers or needs, whose visibility follows theirs."""
    return Listing.objects.filter(person_id=person_id).values_list("pk", flat=True)


def listings_with(texts: Sequence[CapacityText]) -> Iterable[Any]:
    """The keys of the listings about the capacities of these texts."""
    return about([text.capacity_id for text in texts]).values_list("pk", flat=True).distinct()


def _listings(**whose: Any) -> Iterable[Any]:
    return Listing.objects.filter(**whose).values_list("pk", flat=True)


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
    watches_many = {
        CapacityText: listings_with,
        Person: lambda rows: _listings(person__in=rows),
        User: lambda rows: _listings(person__user__in=rows),
        Organisation: lambda rows: _listings(organisation__in=rows),
    }
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
                **facts_by_language(lambda language: self._facts(listing, language)),
            },
        )

    def _facts(self, listing: Listing, language: str) -> list[str]:
        when = listing.deadline
        return [
            listing.owner.name,
            languages_text(listing.languages or [listing.language], language),
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
