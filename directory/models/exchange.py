"""Exchanges: one person asks for an offer or asks a person, or says that they can help with a need."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.constants import Direction
from directory.flows import EXCHANGE
from directory.models.capacity import Capacity
from directory.models.listing import Listing
from directory.models.organisation import Organisation
from directory.models.person import Person
from directory.querysets import ExchangeQuerySet
from foundation.l10n.names import former_member
from foundation.workflow.models import Flowing


class Exchange(Flowing):
    """From asking to thanks. `starter` pressed the button; the other side, the owner, answers.

    It is about a listing, or (from somebody's page) about the person, then with `about` what they can help
    with. Who helps whom follows from the listing's direction: on an offer, and where a person is asked, the
    owner helps the starter; on a need the starter helps the owner. Where it was asked for a need of the
    starter's own, `need` is that one.

    It outlives the accounts: where somebody deletes theirs, the pointers to them and to their listings become
    empty, `title` and `direction` still say what it was, and the other side keeps what was written.
    """

    flow = EXCHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    listing = models.ForeignKey(
        Listing, null=True, blank=True, on_delete=models.SET_NULL, related_name="exchanges"
    )
    asked_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="asked_exchanges"
    )
    # What it is about and which way it points, as on the day it began: the listing may be gone one day.
    title = models.CharField(_("about"), max_length=200, blank=True, editable=False)
    direction = models.CharField(
        _("direction"), max_length=5, choices=Direction.choices, default=Direction.OFFER, editable=False
    )
    need = models.ForeignKey(
        Listing,
        verbose_name=_("for the need"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="asked_for",
    )
    about = models.ForeignKey(Capacity, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    starter = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="started_exchanges"
    )
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
    # When both were asked whether it is still under way; without an answer it is released some time later.
    still_on_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("exchange")
        verbose_name_plural = _("exchanges")
        ordering = ["-created", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(listing__isnull=True) | Q(asked_person__isnull=True),
                name="directory_exchange_one_subject_at_most",
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new one notes what it is about."""
        if self._state.adding:
            if self.listing is not None:
                self.direction = self.listing.direction
            subject = self.listing or self.need
            self.title = self.title or (subject.title if subject is not None else "")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The page both sides see."""
        return reverse("directory:exchange", args=[self.pk])

    @property
    def owner(self) -> Person | Organisation | None:
        """The side that answers; None where its account is gone."""
        return self.listing.owner if self.listing is not None else self.asked_person

    @property
    def owner_helps(self) -> bool:
        """Whether the owner's side gives (an offer, or a person who was asked) or receives (a need)."""
        return self.direction == Direction.OFFER

    @property
    def starter_name(self) -> str:
        """What the other side calls who began it."""
        return self.starter.name if self.starter is not None else former_member()

    @property
    def owner_name(self) -> str:
        """What the starter calls the side that answers."""
        return self.owner.name if self.owner is not None else former_member()

    def roles_of(self, user: Any) -> set[str]:
        """starter, owner, giver, receiver: what this user is here."""
        if not user.is_authenticated:
            return set()
        roles: set[str] = set()
        if self.starter is not None and self.starter.user_id == user.pk:
            roles |= {"starter", "receiver" if self.owner_helps else "giver"}
        if self._is_owned_by(user):
            roles |= {"owner", "giver" if self.owner_helps else "receiver"}
        return roles

    def people_on(self, side: str) -> list[Person]:
        """The people to tell on a side: `starter`, or `owner` (an organisation's managers)."""
        if side == "starter":
            return [self.starter] if self.starter is not None else []
        owner = self.owner
        if owner is None:
            return []
        return [owner] if isinstance(owner, Person) else owner.managers()

    def _is_owned_by(self, user: Any) -> bool:
        if self.asked_person is not None:
            return self.asked_person.user_id == user.pk
        return self.listing is not None and self.listing.is_owned_by(user)
