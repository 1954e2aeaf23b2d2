"""Listings: one record type for offers and needs of skills, services, resources, tools and finances."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import GenericUUIDTaggedItemBase, TaggedItemBase

from directory.constants import Asset, Direction, ListingState
from directory.flows import LISTING
from directory.models.capacity import Capacity
from directory.models.organisation import Organisation
from directory.models.person import Person
from directory.querysets import ListingQuerySet
from foundation.workflow.models import Flowing


class ListingKeyword(GenericUUIDTaggedItemBase, TaggedItemBase):
    """A free keyword on a listing (its key is a UUID)."""

    class Meta:
        verbose_name = _("keyword of a listing")
        verbose_name_plural = _("keywords of listings")


class Listing(Flowing):
    """What somebody offers or needs. The owner is a person or an organisation, never both."""

    flow = LISTING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    direction = models.CharField(_("direction"), max_length=5, choices=Direction.choices)
    asset = models.CharField(_("kind"), max_length=10, choices=Asset.choices, default=Asset.SKILL)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="listings"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="listings"
    )
    title = models.CharField(_("title"), max_length=140)
    summary = models.CharField(_("in one line"), max_length=250, blank=True)
    description = models.TextField(_("description"), max_length=6000, blank=True)
    language = models.CharField(_("language of this text"), max_length=12, default="en")
    capacities = models.ManyToManyField(Capacity, related_name="listings", verbose_name=_("capacities"))
    keywords = TaggableManager(_("keywords"), through=ListingKeyword, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    regions = models.JSONField(_("regions"), default=list, blank=True, help_text=_("None means anywhere."))
    country = models.CharField(_("country"), max_length=2, blank=True)
    formats = models.JSONField(_("how"), default=list, blank=True)
    method = models.CharField(_("method"), max_length=15, blank=True)
    hours_a_month = models.PositiveSmallIntegerField(_("hours a month"), null=True, blank=True)
    for_whom = models.CharField(_("for whom"), max_length=200, blank=True)
    deadline = models.DateField(_("by when"), null=True, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=10, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    confirmed_at = models.DateField(_("last confirmed"), default=timezone.localdate)
    state = models.CharField(
        _("state"), max_length=10, choices=ListingState.choices, default=ListingState.ACTIVE, db_index=True
    )
    is_demo = models.BooleanField(default=False, editable=False)
    created_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        ordering = ["-created", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation__isnull=True)
                | Q(person__isnull=True, organisation__isnull=False),
                name="directory_listing_one_owner",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The public page of this listing."""
        return reverse("directory:listing", args=[self.pk])

    @property
    def kind(self) -> str:
        """The kind of document in the index: need, offer, or grant for money that is offered."""
        if self.direction == Direction.NEED:
            return "need"
        return "grant" if self.asset == Asset.FINANCE else "offer"

    @property
    def owner(self) -> Person | Organisation:
        """Who offers or needs it."""
        owner = self.person or self.organisation
        if owner is None:
            raise ValueError("A listing has an owner.")
        return owner

    @property
    def is_shown(self) -> bool:
        """Whether anybody may see it: what `shown()` asks the database, for a row that is read already."""
        today = timezone.localdate()
        if self.state != ListingState.ACTIVE or (self.valid_until is not None and self.valid_until < today):
            return False
        if self.person is None:
            return self.organisation is not None and self.organisation.active
        rests = self.person.leave_alone or self.person.is_paused
        return self.person.user.is_active and not (rests and self.direction == Direction.OFFER)

    def roles_of(self, user: Any) -> set[str]:
        """owner, moderator: what this user is here."""
        roles: set[str] = set()
        if self.is_owned_by(user):
            roles.add("owner")
        if user.is_authenticated and user.has_perm("directory.change_listing"):
            roles.add("moderator")
        return roles

    def is_owned_by(self, user: Any) -> bool:
        """Whether this user may change it: the person, or a manager of the organisation."""
        if not user.is_authenticated:
            return False
        if self.person_id is not None:
            return self.person is not None and self.person.user_id == user.pk
        return self.organisation is not None and self.organisation.is_managed_by(user)
