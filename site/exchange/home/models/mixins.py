"""What several models of the home have in common."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Credited(models.Model):
    """Who made it, the licence, and where it comes from."""

    credit = models.CharField(_("credit"), max_length=300, blank=True, help_text=_("Who made it."))
    licence = models.CharField(_("licence"), max_length=80, blank=True, help_text=_("Such as CC BY-SA 4.0."))
    source_url = models.URLField(_("where it comes from"), max_length=500, blank=True)

    class Meta:
        abstract = True
