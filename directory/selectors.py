"""Questions to the database that more than one part of the directory asks."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models

from directory.models import Listing


def about(capacities: Sequence[int]) -> models.QuerySet[Listing]:
    """The listings about any of these capacities, by key, in no order."""
    return Listing.objects.filter(capacities__in=capacities).order_by()
