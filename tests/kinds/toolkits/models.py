"""The tiny model of the room."""

from __future__ import annotations

from django.db import models


class Toolkit(models.Model):
    """Something ready-made. `capacity` is a slug, so that no table of the product points here."""

    title = models.CharField(max_length=100)
    summary = models.TextField(blank=True)
    capacity = models.SlugField()
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        app_label = "toolkits"

    def __str__(self) -> str:
        return self.title
