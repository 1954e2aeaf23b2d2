"""Exchanges: one person asks for an offer, or says that they can help with a need."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.enums import MembershipRole
from directory.flows import EXCHANGE
from directory.models.listing import Listing
from directory.models.organisation import Organisation
from directory.models.person import Person
from exchange.workflow.models import Flowing


class ExchangeQuerySet(models.QuerySet["Exchange"]):
    """Questions about exchanges."""

    def of(self, user: Any) -> ExchangeQuerySet:
        """Those in which the user takes part, on either side, also for an organisation they manage."""
        managed = Organisation.objects.managed_by(user).values("pk")
        return self.filter(
            Q(starter__user=user) | Q(listing__person__user=user) | Q(listing__organisation__in=managed)
        )

    def open(self) -> ExchangeQuerySet:
        """Not ended yet."""
        return self.filter(state__in=EXCHANGE.open_states())


class Exchange(Flowing):
    """From asking to thanks. `starter` pressed the button; the listing's owner answers.

    Who helps whom follows from the listing's direction: on an offer the owner helps the starter, on a need
    the starter helps the owner.
    """

    flow = EXCHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="exchanges")
    starter = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="started_exchanges")
    message = models.TextField(_("message"), max_length=3000)
    answer = models.TextField(_("answer"), max_length=3000, blank=True)
    hours = models.DecimalField(_("hours given"), max_digits=5, decimal_places=1, null=True, blank=True)
    thanks = models.TextField(_("thanks"), max_length=1000, blank=True)
    thanks_public = models.BooleanField(_("show these thanks"), default=False)
    created = models.DateTimeField(auto_now_add=True)

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("exchange")
        verbose_name_plural = _("exchanges")
        ordering = ["-created", "id"]
        constraints = [
            # Pressing the button twice asks once.
            models.UniqueConstraint(
                fields=["listing", "starter"],
                condition=Q(state__in=("asked", "accepted")),
                name="directory_exchange_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.state}"

    def get_absolute_url(self) -> str:
        """The page both sides see."""
        return reverse("directory:exchange", args=[self.pk])

    def roles_of(self, user: Any) -> set[str]:
        """starter, owner, giver, receiver: what this user is here."""
        if not user.is_authenticated:
            return set()
        roles: set[str] = set()
        offered = self.listing.direction == "offer"
        if self.starter.user_id == user.pk:
            roles |= {"starter", "receiver" if offered else "giver"}
        if self.listing.is_owned_by(user):
            roles |= {"owner", "giver" if offered else "receiver"}
        return roles

    def people_on(self, side: str) -> list[Person]:
        """The people to tell on a side: `starter`, or `owner` (an organisation's managers)."""
        if side == "starter":
            return [self.starter]
        if self.listing.person is not None:
            return [self.listing.person]
        managers = Person.objects.filter(
            memberships__organisation=self.listing.organisation, memberships__role=MembershipRole.MANAGER
        )
        return list(managers.select_related("user"))
