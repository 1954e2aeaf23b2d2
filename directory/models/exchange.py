"""Exchanges: one person asks for an offer or asks a person, or says that they can help with a need."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.enums import Direction
from directory.flows import EXCHANGE
from directory.models.capacity import Capacity
from directory.models.listing import Listing
from directory.models.organisation import Organisation, managed_by
from directory.models.person import Person
from exchange.database.queries import filter_any
from exchange.workflow.models import Flowing


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

    def with_all(self) -> ExchangeQuerySet:
        """With everything a list or page shows, in a fixed number of queries."""
        return self.select_related(
            "starter__user",
            "asked_person__user",
            "answered_by__user",
            "listing__person__user",
            "listing__organisation",
            "about",
        ).prefetch_related("about__texts")


class Exchange(Flowing):
    """From asking to thanks. `starter` pressed the button; the other side, the owner, answers.

    It is about a listing, or (from somebody's page) about the person, then with `about` what they can help
    with. Who helps whom follows from the listing's direction: on an offer, and where a person is asked, the
    owner helps the starter; on a need the starter helps the owner.
    """

    flow = EXCHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    listing = models.ForeignKey(
        Listing, null=True, blank=True, on_delete=models.CASCADE, related_name="exchanges"
    )
    asked_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="asked_exchanges"
    )
    about = models.ForeignKey(Capacity, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    starter = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="started_exchanges")
    answered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    message = models.TextField(_("message"), max_length=3000)
    answer = models.TextField(_("answer"), max_length=3000, blank=True)
    # Which of their ways to be reached each side shows the other after a yes (values of ContactWay).
    starter_contact = models.JSONField(default=list, blank=True)
    owner_contact = models.JSONField(default=list, blank=True)
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
            models.CheckConstraint(
                condition=Q(listing__isnull=False, asked_person__isnull=True)
                | Q(listing__isnull=True, asked_person__isnull=False),
                name="directory_exchange_one_subject",
            ),
            # Pressing the button twice asks once.
            models.UniqueConstraint(
                fields=["listing", "starter"],
                condition=Q(state__in=("asked", "accepted")),
                name="directory_exchange_one_open",
            ),
            models.UniqueConstraint(
                fields=["asked_person", "starter"],
                condition=Q(state__in=("asked", "accepted")),
                name="directory_exchange_one_open_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id or self.asked_person_id}: {self.state}"

    def get_absolute_url(self) -> str:
        """The page both sides see."""
        return reverse("directory:exchange", args=[self.pk])

    @property
    def owner(self) -> Person | Organisation:
        """The side that answers."""
        if self.listing is not None:
            return self.listing.owner
        if self.asked_person is None:
            raise ValueError("An exchange is about a listing or a person.")
        return self.asked_person

    @property
    def owner_helps(self) -> bool:
        """Whether the owner's side gives (an offer, or a person who was asked) or receives (a need)."""
        return self.listing is None or self.listing.direction == Direction.OFFER

    def roles_of(self, user: Any) -> set[str]:
        """starter, owner, giver, receiver: what this user is here."""
        if not user.is_authenticated:
            return set()
        roles: set[str] = set()
        if self.starter.user_id == user.pk:
            roles |= {"starter", "receiver" if self.owner_helps else "giver"}
        if self._is_owned_by(user):
            roles |= {"owner", "giver" if self.owner_helps else "receiver"}
        return roles

    def people_on(self, side: str) -> list[Person]:
        """The people to tell on a side: `starter`, or `owner` (an organisation's managers)."""
        if side == "starter":
            return [self.starter]
        owner = self.owner
        return [owner] if isinstance(owner, Person) else owner.managers()

    def _is_owned_by(self, user: Any) -> bool:
        if self.asked_person is not None:
            return self.asked_person.user_id == user.pk
        return self.listing is not None and self.listing.is_owned_by(user)
