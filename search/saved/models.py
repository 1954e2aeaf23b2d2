"""A saved search, and which of its answers its owner knows already."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MOST_SAVED = 50  # by one person
LONGEST_NAME = 100
LONGEST_QUERY = 2_000  # characters of the address; a sentence and some dozens of filters
DIGEST = 8  # bytes kept of each answer


class Alerts(models.TextChoices):
    """When the owner is told of new answers."""

    AT_ONCE = "at_once", _("As soon as there is something new")
    WEEKLY = "weekly", _("Once a week, all my searches together")
    NONE = "none", _("Never; I look myself")


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    """Questions about saved searches."""

    def alerting(self, alerts: str) -> SavedSearchQuerySet:
        """Those whose owners want to hear so, and still can."""
        return self.filter(alerts=alerts, user__is_active=True)


class SavedSearch(models.Model):
    """One question of one member, as the address of the page over everything asks it (`query`).

    `language` is that of the interface in which it was saved: words are understood and answers shown in it.
    `looks` counts how often new answers were looked for; a look that finds another number was overtaken.
    """

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="saved_searches",
        verbose_name=_("person"),
    )
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    query = models.CharField(_("what is asked"), max_length=LONGEST_QUERY)
    language = models.CharField(_("language"), max_length=12)
    alerts = models.CharField(_("alerts"), max_length=10, choices=Alerts.choices, default=Alerts.WEEKLY)
    created = models.DateTimeField(_("saved"), default=timezone.now)
    looked = models.DateTimeField(_("last looked"), null=True, blank=True)
    looks = models.PositiveIntegerField(_("looks"), default=0)
    told = models.DateTimeField(_("last alert"), null=True, blank=True)
    told_count = models.PositiveIntegerField(_("new at the last alert"), default=0)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "query", "language"], name="search_saved_once")
        ]
        indexes = [models.Index(fields=["alerts", "looked"], name="search_saved_due")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Opens the search itself."""
        return reverse("searches:open", args=[self.pk])


class KnownAnswers(models.Model):
    """Which answers the owner of a saved search has been told of or has seen, as short digests of their keys.

    Not the keys: this grows with every answer and is only ever asked "is it new". Removed with its search.
    """

    search = models.OneToOneField(
        SavedSearch, on_delete=models.CASCADE, primary_key=True, related_name="known"
    )
    digests = models.BinaryField(default=b"")

    class Meta:
        verbose_name = _("known answers")
        verbose_name_plural = _("known answers")

    def __str__(self) -> str:
        return f"{len(self.digests) // DIGEST}"

    def all(self) -> set[bytes]:
        """Every digest."""
        held = bytes(self.digests)
        return {held[at : at + DIGEST] for at in range(0, len(held), DIGEST)}

    def learn(self, digests: Iterable[bytes]) -> None:
        """Add digests; the caller saves."""
        self.digests = b"".join(sorted(self.all().union(digests)))


def digest_of(kind: str, id: str) -> bytes:
    """What is remembered of an object."""
    return hashlib.blake2b(f"{kind}:{id}".encode(), digest_size=DIGEST).digest()
