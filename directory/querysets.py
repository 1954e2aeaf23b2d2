"""Questions to the database about what the directory holds, one class for each model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone
from treebeard.mp_tree import MP_NodeManager, MP_NodeQuerySet

from directory.constants import Direction, ListingState, MembershipRole
from directory.flows import EXCHANGE
from foundation.database.querysets import filter_any

if TYPE_CHECKING:
    # Named in quotes below.
    from directory.models import Exchange, Invitation, Listing, Organisation, Person  # noqa: F401


class CapacityQuerySet(MP_NodeQuerySet):
    """Questions about capacities."""

    def with_texts(self) -> CapacityQuerySet:
        """With all labels and definitions, in one more query for the whole list."""
        return self.prefetch_related("texts")


class CapacityManager(MP_NodeManager.from_queryset(CapacityQuerySet)):  # type: ignore[misc]
    """Capacities in the order of the tree."""

    def get_queryset(self) -> CapacityQuerySet:
        return CapacityQuerySet(self.model, using=self._db).order_by("path")


class PersonQuerySet(models.QuerySet["Person"]):
    """Questions about people."""

    def listed(self) -> PersonQuerySet:
        """Those who may appear in lists and in the index: they chose to, and are not paused or left alone."""
        today = timezone.localdate()
        return self.filter(listed=True, leave_alone=False, user__is_active=True).exclude(
            paused_until__gte=today
        )

    def with_all(self) -> PersonQuerySet:
        """With everything a card or page shows, in a fixed number of queries."""
        return self.select_related("user").prefetch_related(
            "languages",
            models.Prefetch(
                "capacities", apps.get_model("directory", "PersonCapacity").objects.select_related("capacity")
            ),
            "capacities__capacity__texts",
            "memberships__organisation",
        )

    def for_documents(self) -> PersonQuerySet:
        """With what the index tells of them; the names of capacities it takes from the whole taxonomy."""
        return self.select_related("user").prefetch_related(
            "languages", "capacities", "memberships__organisation"
        )


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Questions about organisations."""

    def listed(self) -> OrganisationQuerySet:
        """Those shown in public."""
        return self.filter(active=True)

    def with_all(self) -> OrganisationQuerySet:
        """With everything a card or page shows, in a fixed number of queries."""
        return self.prefetch_related("texts", "memberships__person")

    def managed_by(self, user: Any) -> OrganisationQuerySet:
        """Those whose managers include this user."""
        return self.filter(managed_by(user))


def managed_by(user: Any, path: str = "") -> Q:
    """The condition that an organisation is managed by this user. As a join, since databases guess badly how
    many rows a subquery has.

    Args:
        user: whose organisations.
        path: the way from the filtered rows to the organisation, with a final "__" ("listing__organisation__").
    """
    member = f"{path}memberships__"
    return Q(**{f"{member}person__user": user, f"{member}role": MembershipRole.MANAGER})


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Questions about invitations."""

    def to_answer(self) -> InvitationQuerySet:
        """Those that wait for the invited person; not those that a manager has not agreed to."""
        return self.exclude(role=MembershipRole.MANAGER, approved_at=None)


class ListingQuerySet(models.QuerySet["Listing"]):
    """Questions about listings."""

    def shown(self) -> ListingQuerySet:
        """Those that anybody may see: active, not past their date, and no offers of somebody who rests or wants
        to be left alone. Rest hides what one gives; what one needs stays."""
        today = timezone.localdate()
        resting = Q(person__leave_alone=True) | Q(person__paused_until__gte=today)
        return (
            self.filter(state=ListingState.ACTIVE)
            .exclude(valid_until__lt=today)
            .exclude(resting, direction=Direction.OFFER)
            .exclude(person__user__is_active=False)
            .exclude(organisation__active=False)
        )

    def offers(self) -> ListingQuerySet:
        """Only offers."""
        return self.filter(direction=Direction.OFFER)

    def needs(self) -> ListingQuerySet:
        """Only needs."""
        return self.filter(direction=Direction.NEED)

    def owned_by(self, user: Any) -> ListingQuerySet:
        """The user's own, and those of organisations that the user manages."""
        return filter_any(self, Q(person__user=user), managed_by(user, "organisation__"))

    def with_all(self) -> ListingQuerySet:
        """With everything a card or page shows, in a fixed number of queries."""
        return self.select_related("person__user", "organisation").prefetch_related(
            "capacities__texts", "organisation__texts", "keywords"
        )

    def for_documents(self) -> ListingQuerySet:
        """With what the index tells of them; the names of capacities it takes from the whole taxonomy."""
        return self.select_related("person__user", "organisation").prefetch_related("capacities", "keywords")


class ExchangeQuerySet(models.QuerySet["Exchange"]):
    """Questions about exchanges."""

    def of(self, user: Any) -> ExchangeQuerySet:
        """Those in which the user takes part, on either side, also for an organisation they manage."""
        return filter_any(
            self,
            Q(starter__user=user),
            Q(asked_person__user=user),
            Q(listing__person__user=user),
            managed_by(user, "listing__organisation__"),
        )

    def open(self) -> ExchangeQuerySet:
        """Not ended yet."""
        return self.filter(state__in=EXCHANGE.open_states())

    def count_waiting_for(self, person: Person, *, starter: Person | None = None) -> int:
        """How many questions ask this person to give something and are not answered yet; with `starter`, those of
        one who asks. One query, with a lookup by index for each way to be asked."""
        waiting = self.filter(state__in=EXCHANGE.awaiting("owner"), direction=Direction.OFFER).order_by()
        if starter is not None:
            waiting = waiting.filter(starter=starter)
        on_their_page = waiting.filter(asked_person=person).values("pk")
        return on_their_page.union(waiting.filter(listing__person=person).values("pk")).count()

    def with_all(self) -> ExchangeQuerySet:
        """With everything a list or page shows, in a fixed number of queries."""
        return self.select_related(
            "starter__user",
            "asked_person__user",
            "answered_by__user",
            "listing__person__user",
            "listing__organisation",
            "need",
            "about",
        ).prefetch_related("about__texts")
