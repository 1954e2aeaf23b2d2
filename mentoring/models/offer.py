"""Mentors' offers: what somebody gives in a programme, and how much of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.constants import Format
from directory.models import Capacity, Person
from foundation.workflow.models import Flowing
from mentoring.constants import OfferState
from mentoring.flows import OFFER
from mentoring.models.exclusion import KeepsApart
from mentoring.models.programme import MentoringProgrammePage
from mentoring.querysets import MentorOfferQuerySet


class MentorOffer(KeepsApart, Flowing):
    """One person's offer to mentor in one programme."""

    flow = OFFER

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mentor_offers")
    programme = models.ForeignKey(
        MentoringProgrammePage, on_delete=models.PROTECT, related_name="mentor_offers"
    )
    capacities = models.ManyToManyField(
        Capacity, verbose_name=_("can help with"), related_name="mentor_offers"
    )
    languages = models.JSONField(_("languages"), default=list)
    formats = models.JSONField(_("how you like to help"), default=list)
    hours_a_month = models.PositiveSmallIntegerField(
        _("hours a month"), default=2, validators=[MinValueValidator(1), MaxValueValidator(80)]
    )
    max_pairs = models.PositiveSmallIntegerField(
        _("people at the same time"), default=1, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    contact = models.CharField(_("how the other one reaches you"), max_length=300)
    answers = models.JSONField(default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=OfferState.choices, default=OfferState.ACTIVE)
    pause_until = models.DateField(_("rest until"), null=True, blank=True)
    # Questions in a row that ran out of time. Two of them bring a rest, not a black mark.
    lapses = models.PositiveSmallIntegerField(default=0, editable=False)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    objects = MentorOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("mentor's offer")
        verbose_name_plural = _("mentors' offers")
        ordering = ["created", "id"]
        constraints = [models.UniqueConstraint(fields=["person", "programme"], name="mentoring_offer_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.programme_id}"

    @property
    def is_resting(self) -> bool:
        """Whether the mentor takes a rest today."""
        return self.pause_until is not None and self.pause_until >= timezone.localdate()

    @property
    def is_active(self) -> bool:
        """Whether the offer stands (it may be resting)."""
        return self.state == OfferState.ACTIVE

    def clean_formats(self) -> list[str]:
        """Only formats that exist, in their order."""
        return [value for value in Format.values if value in (self.formats or [])]

    def roles_of(self, user: Any) -> set[str]:
        """mentor, or nothing: coordinators ask, and change no offer."""
        return {"mentor"} if self.is_of(user) else set()

    def is_of(self, user: Any) -> bool:
        """Whether the user made this offer."""
        return bool(user.is_authenticated and self.person.user_id == user.pk)
