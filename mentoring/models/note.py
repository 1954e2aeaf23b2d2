"""What one of a pair writes to the coordinators, and what they answer. The other one of the two sees nothing of it."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models import Person
from mentoring.models.pairing import Pairing


class CoordinatorNote(models.Model):
    """One question and, once there is one, its answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="notes")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="coordinator_notes")
    text = models.TextField(_("to the coordinators"), max_length=3000)
    answer = models.TextField(_("answer"), max_length=3000, blank=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    # A second press of the button carries the same token and writes nothing.
    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("note to the coordinators")
        verbose_name_plural = _("notes to the coordinators")
        ordering = ["-created", "id"]

    def __str__(self) -> str:
        return f"{self.pairing_id}: {self.created:%Y-%m-%d}"
