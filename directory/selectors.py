"""Questions to the database that more than one part of the directory asks."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import models

from directory.models import Listing, Person


def about(capacities: Sequence[int]) -> models.QuerySet[Listing]:
    """The listings about any of these capacities, by key, in no order."""
    return Listing.objects.filter(capacities__in=capacities).order_by()


def people_to_invite(who: UUID | str) -> list[Person]:
    """Whoever is meant by the key of a profile, or by a name that the directory shows: two at most, which says that
    it is not one. Nobody who wants to be left alone."""
    people = Person.objects.filter(leave_alone=False, user__is_active=True).select_related("user")
    found = people.filter(pk=who) if isinstance(who, UUID) else people.filter(listed=True, name__iexact=who)
    return list(found[:2])
