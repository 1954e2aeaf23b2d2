"""Attempts at jobs, counted before each try, and the worker's heartbeat."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Attempt(models.Model):
    """How often a job was begun. A job that kills its worker never reports back, so we count beforehand."""

    key = models.CharField(max_length=64, unique=True)
    function = models.CharField(max_length=200)
    count = models.PositiveIntegerField(default=0)
    given_up = models.BooleanField(default=False)
    error = models.TextField(blank=True)
    # With what it was called, kept from when it is given up, so that a person can have it tried again.
    asked = models.JSONField(default=dict, blank=True, editable=False)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("attempt at a job")
        verbose_name_plural = _("attempts at jobs")

    def __str__(self) -> str:
        return f"{self.function} ({self.count})"


class Heartbeat(models.Model):
    """When a queue worker last gave a sign of life."""

    name = models.CharField(max_length=60, unique=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"
