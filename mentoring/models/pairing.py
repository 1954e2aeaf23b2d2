"""Pairings: a mentee and a mentor who both said yes."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from directory.models import Person
from foundation.l10n.names import former_member
from foundation.workflow.models import Flowing
from mentoring.flows import PAIRING
from mentoring.models.offer import MentorOffer
from mentoring.models.request import MentoringRequest
from mentoring.querysets import PairingQuerySet


class Pairing(Flowing):
    """One mentee and one mentor. `hours_a_month` is what it takes of the mentor's time.

    Both agree on goals, rhythm and end before it begins; a change of the agreement asks the other one again.
    """

    flow = PAIRING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(MentoringRequest, on_delete=models.PROTECT, related_name="pairings")
    offer = models.ForeignKey(MentorOffer, null=True, on_delete=models.SET_NULL, related_name="pairings")
    # Who deletes their account leaves the other one's notes, hours and thanks behind.
    mentee = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="pairings_as_mentee"
    )
    mentor = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="pairings_as_mentor"
    )
    hours_a_month = models.PositiveSmallIntegerField(_("hours a month"), default=2)
    goals = models.TextField(_("goals"), max_length=2000, blank=True)
    rhythm = models.CharField(_("how often, and how"), max_length=200, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    mentee_agreed_at = models.DateTimeField(null=True, blank=True, editable=False)
    mentor_agreed_at = models.DateTimeField(null=True, blank=True, editable=False)
    pause_until = models.DateField(_("break until"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When one of the two last did something here, and since when both are asked whether they go on.
    sign_of_life_at = models.DateTimeField(default=timezone.now, editable=False)
    still_on_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    objects = PairingQuerySet.as_manager()

    class Meta:
        verbose_name = _("pairing")
        verbose_name_plural = _("pairings")
        ordering = ["-created", "id"]
        constraints = [
            # The last line of defence against two mentors' yes to one request.
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(state__in=PAIRING.open_states()),
                name="mentoring_pairing_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.state}"

    def get_absolute_url(self) -> str:
        """The page of the two."""
        return reverse("mentoring:pairing", args=[self.pk])

    def roles_of(self, user: Any) -> set[str]:
        """mentee, mentor or coordinator. Nobody coordinates a pair they belong to."""
        if not user.is_authenticated:
            return set()
        if self.mentee is not None and self.mentee.user_id == user.pk:
            return {"mentee"}
        if self.mentor is not None and self.mentor.user_id == user.pk:
            return {"mentor"}
        if self.request.is_coordinated_by(user):
            return {"coordinator"}
        return set()

    def side_of(self, user: Any) -> str:
        """mentee, mentor, or nothing."""
        return next(iter(self.roles_of(user) & {"mentee", "mentor"}), "")

    def other_than(self, user: Any) -> Person | None:
        """The other one of the two; None where their account is gone."""
        return self.mentor if self.side_of(user) == "mentee" else self.mentee

    @property
    def hours_logged(self) -> Decimal:
        """Hours of both together, from prefetched entries."""
        return sum((entry.hours for entry in self.hours.all()), Decimal(0))

    @property
    def hours_in_words(self) -> str:
        """The same as people write it: 1.5, not 1.50."""
        return number_format(f"{float(self.hours_logged):g}")


class HoursEntry(models.Model):
    """Time given, as one of the two wrote it down."""

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="hours")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField(_("day"), default=timezone.localdate)
    hours = models.DecimalField(
        _("hours"),
        max_digits=4,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.25")), MaxValueValidator(Decimal(24))],
    )
    note = models.CharField(_("what you did"), max_length=300, blank=True)
    # A second press of the button carries the same token and adds nothing.
    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("hours")
        verbose_name_plural = _("hours")
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.hours} ({self.on})"

    @property
    def in_words(self) -> str:
        """As people write it: 1.5, not 1.50."""
        return number_format(f"{float(self.hours):g}")

    @property
    def who(self) -> str:
        """Whose time it was."""
        return self.person.name if self.person is not None else former_member()


class Thanks(models.Model):
    """Words of thanks from one of a pair to the other."""

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="thanks")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(_("thanks"), max_length=1000)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("thanks")
        verbose_name_plural = _("thanks")
        ordering = ["created", "id"]
        constraints = [models.UniqueConstraint(fields=["pairing", "person"], name="mentoring_thanks_once")]

    def __str__(self) -> str:
        return f"{self.pairing_id}: {self.created:%Y-%m-%d}"
