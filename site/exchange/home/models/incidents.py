"""Since when a part of the site is not as it should be, written down by the worker's look each minute."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Incident(models.Model):
    """One part, from when it was first found wrong until it was found well again."""

    part = models.CharField(max_length=20)
    level = models.CharField(max_length=10)
    problem = models.CharField(max_length=20, blank=True)
    began = models.DateTimeField(default=timezone.now)
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        # Written by the worker alone: there is nothing to add or change by hand.
        default_permissions = ()
        permissions = [("view_status", "Can see how the site is doing")]
        constraints = [
            models.UniqueConstraint(
                fields=["part"], condition=models.Q(ended=None), name="home_one_open_incident"
            )
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.level}"
