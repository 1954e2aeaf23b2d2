"""Questions to the database that more than one part of the directory asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import models

from directory.constants import ListingState
from directory.models import Capacity, Listing, Organisation, Person, PersonCapacity


def about(capacities: Sequence[int]) -> models.QuerySet[Listing]:
    """The listings about any of these capacities, by key, in no order."""
    return Listing.objects.filter(capacities__in=capacities).order_by()


def people_to_invite(who: UUID | str) -> list[Person]:
    """Whoever is meant by the key of a profile, or by a name that the directory shows: two at most, which says that
    it is not one. Nobody who wants to be left alone."""
    people = Person.objects.filter(leave_alone=False, user__is_active=True).select_related("user")
    found = people.filter(pk=who) if isinstance(who, UUID) else people.filter(listed=True, name__iexact=who)
    return list(found[:2])


def needs_to_ask_for(person: Person) -> models.QuerySet[Listing]:
    """The needs that somebody may name when they ask: their own and those of organisations they manage."""
    mine = Listing.objects.needs().owned_by(person.user)
    return mine.filter(state__in=(ListingState.ACTIVE, ListingState.PAUSED)).order_by("-updated", "pk")


def offered_by(person: Person) -> models.QuerySet[Capacity]:
    """What somebody can help with, with labels."""
    offers = PersonCapacity.Side.OFFERS
    return Capacity.objects.filter(people__person=person, people__side=offers).with_texts()


def capacities_by_key(keys: Iterable[str]) -> dict[str, Capacity]:
    """Capacities with labels, by key as forms write it."""
    return {str(row.pk): row for row in Capacity.objects.with_texts().filter(pk__in=list(keys))}


def organisations_of(person: Person) -> models.QuerySet[Organisation]:
    """Those for which somebody may speak."""
    return Organisation.objects.managed_by(person.user)
