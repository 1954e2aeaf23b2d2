"""Proposals: one mentor is asked about one request."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.workflow.models import Flowing
from mentoring.flows import PROPOSAL
from mentoring.models.offer import MentorOffer
from mentoring.models.request import MentoringRequest
from mentoring.querysets import ProposalQuerySet


class Proposal(Flowing):
    """One mentor is asked. Never shown to the mentee before the mentor has said yes."""

    flow = PROPOSAL

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(MentoringRequest, on_delete=models.PROTECT, related_name="proposals")
    offer = models.ForeignKey(MentorOffer, on_delete=models.CASCADE, related_name="proposals")
    need = models.TextField(
        _("what the mentor reads"), max_length=2000, help_text=_("Leave out everything that shows who it is.")
    )
    expires_at = models.DateTimeField(_("answer until"))
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-created", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "offer"], condition=Q(state="offered"), name="mentoring_proposal_one_live"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} → {self.offer_id}: {self.state}"

    def get_absolute_url(self) -> str:
        """The page on which the mentor answers."""
        return reverse("mentoring:proposal", args=[self.pk])

    def roles_of(self, user: Any) -> set[str]:
        """mentor, or coordinator of the programme."""
        if not user.is_authenticated:
            return set()
        if self.offer.person.user_id == user.pk:
            return {"mentor"}
        if "coordinator" in self.request.roles_of(user):
            return {"coordinator"}
        return set()
