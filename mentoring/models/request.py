"""Requests: somebody asks a programme for a mentor."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.constants import Format
from directory.models import Capacity, Person
from foundation.workflow.models import Flowing
from mentoring.flows import EDITABLE, REQUEST, SEEN_BY_COORDINATORS
from mentoring.models.exclusion import KeepsApart
from mentoring.models.programme import MentoringProgrammePage
from mentoring.querysets import MentoringRequestQuerySet


class MentoringRequest(KeepsApart, Flowing):
    """What somebody wants to be able to do, and how they would like to be helped with it.

    `goal` is read by an asked mentor before they know who wrote it; coordinators may hand on another text.
    """

    flow = REQUEST

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Empty once the account is gone: what was sent is kept for those who answered it, without a word of it.
    person = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="mentoring_requests"
    )
    programme = models.ForeignKey(MentoringProgrammePage, on_delete=models.PROTECT, related_name="requests")
    goal = models.TextField(_("what you want to be able to do"), max_length=2000, blank=True)
    capacities = models.ManyToManyField(
        Capacity, verbose_name=_("capacities"), blank=True, related_name="mentoring_requests"
    )
    languages = models.JSONField(_("languages"), default=list, blank=True)
    formats = models.JSONField(_("how you like to meet"), default=list, blank=True)
    timezone = models.CharField(_("time zone"), max_length=64, blank=True, default="")
    contact = models.CharField(_("how your mentor reaches you"), max_length=300, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    # At the head of the queue: a mentor has left, or a pair did not fit.
    at_head = models.BooleanField(default=False, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    paired_at = models.DateTimeField(null=True, blank=True, editable=False)
    saved_at = models.DateTimeField(auto_now=True)
    created = models.DateTimeField(auto_now_add=True)

    objects = MentoringRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("mentoring request")
        verbose_name_plural = _("mentoring requests")
        ordering = ["-created", "id"]
        constraints = [
            # Pressing "start" twice starts once; one person waits once in a programme.
            models.UniqueConstraint(
                fields=["person", "programme"],
                condition=Q(state__in=REQUEST.open_states()),
                name="mentoring_request_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.state}"

    def get_absolute_url(self) -> str:
        """The status page, for the person who asked."""
        return reverse("mentoring:request", args=[self.pk])

    def roles_of(self, user: Any) -> set[str]:
        """mentee or coordinator. Nobody coordinates their own request, and nobody a draft."""
        if not user.is_authenticated:
            return set()
        if self.person is None:
            return set()
        if self.person.user_id == user.pk:
            return {"mentee"}
        if self.state in SEEN_BY_COORDINATORS and self.is_coordinated_by(user):
            return {"coordinator"}
        return set()

    def is_coordinated_by(self, user: Any) -> bool:
        """Whether the user coordinates the programme, and is not somebody whom the writer does not want near."""
        return self.programme.is_coordinated_by(user) and not self.keeps_from(user)

    @property
    def is_editable(self) -> bool:
        """Whether the person may still change what they wrote."""
        return self.state in EDITABLE

    @property
    def answer_due(self) -> datetime.datetime | None:
        """Until when a coordinator has promised to answer."""
        if self.state != "submitted":
            return None
        return self.state_since + datetime.timedelta(days=self.programme.answer_days)

    @property
    def is_late(self) -> bool:
        """Whether the promise has been broken."""
        return self.answer_due is not None and self.answer_due < timezone.now()

    @property
    def days_waiting(self) -> int:
        """Whole days in the present state."""
        return max((timezone.now() - self.state_since).days, 0)

    def clean_formats(self) -> list[str]:
        """Only formats that exist, in their order."""
        return [value for value in Format.values if value in (self.formats or [])]

    def is_complete(self) -> bool:
        """Whether the part that every programme asks is there. Uses prefetched capacities."""
        return bool(
            self.goal.strip()
            and self.languages
            and self.formats
            and self.contact.strip()
            and list(self.capacities.all())
        )
