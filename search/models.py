"""The outbox: which objects the index has still to be told about. Saved searches are in `search.saved.models`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.saved.models import KnownAnswers, SavedSearch

__all__ = ["KnownAnswers", "OutboxEntry", "SavedSearch"]

MAX_ATTEMPTS = 8
FIRST_RETRY = timedelta(seconds=5)
LONGEST_RETRY = timedelta(hours=1)
ERROR_LENGTH = 500  # characters kept of what went wrong
MOST_BEGUN = 5  # times a write may end with the end of its process before it is given up
# Longer than any rebuild, which replays what was done while it ran, and than a week, whose news saved searches ask for.
KEPT_DONE = timedelta(days=9)


class OutboxQuerySet(models.QuerySet["OutboxEntry"]):
    """Questions to the outbox."""

    def pending(self) -> OutboxQuerySet:
        """Not yet in the index, and not given up."""
        return self.filter(done_at=None, dead=False)

    def due(self, now: datetime | None = None) -> OutboxQuerySet:
        """Pending, and not waiting for a later try."""
        return self.pending().filter(next_try__lte=now or timezone.now())

    def dead(self) -> OutboxQuerySet:
        """Given up after MAX_ATTEMPTS; a person has to look."""
        return self.filter(dead=True, done_at=None)

    def troubled(self) -> OutboxQuerySet:
        """Failed at least once and not written since: given up, or to be tried again."""
        return self.filter(models.Q(dead=True) | models.Q(attempts__gt=0), done_at=None)

    def sources(self) -> OutboxQuerySet:
        """Rows that name what was saved, not yet the documents that show it."""
        return self.filter(kind__contains=".")

    def of_documents(self) -> OutboxQuerySet:
        """Rows that name a document."""
        return self.exclude(kind__contains=".")

    def open_for(self, keys: Iterable[tuple[str, str]]) -> OutboxQuerySet:
        """Everything not yet in the index of these (kind, id), also what was given up."""
        wanted = models.Q(pk__in=())
        for kind, pairs in groupby(sorted(keys), key=itemgetter(0)):
            wanted |= models.Q(kind=kind, object_id__in=[id for _kind, id in pairs])
        return self.filter(wanted, done_at=None)

    def done_since(self, when: datetime) -> OutboxQuerySet:
        """Written to the index at or after `when`."""
        return self.filter(done_at__gte=when)


class OutboxEntry(models.Model):
    """One change of one object, written in the same transaction as the change.

    It says which object, never what changed: whoever drains it reads the object as it is then, so
    several entries of one object are one write, and no order of writes can bring old words back.
    `kind` is the kind of a document and `object_id` its id; or `kind` is the label of a model, with a dot in it, and
    `object_id` the key of one of its rows: which documents show that row is found out when it is drained.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(_("kind"), max_length=100)
    object_id = models.CharField(_("object"), max_length=100)
    # Whether a signal of a model told everybody of the change when it was committed.
    signalled = models.BooleanField(default=False, editable=False)
    created = models.DateTimeField(_("written"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    # How often a write began that nobody ended: a document that kills its process must not do so for ever.
    begun = models.PositiveSmallIntegerField(default=0, editable=False)
    tried = models.DateTimeField(_("last try"), null=True, blank=True)
    next_try = models.DateTimeField(_("next try"), default=timezone.now)
    error = models.TextField(_("last error"), blank=True)
    dead = models.BooleanField(_("given up"), default=False)
    done_at = models.DateTimeField(_("in the index since"), null=True, blank=True, db_index=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("change for the index")
        verbose_name_plural = _("changes for the index")
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["next_try", "id"],
                condition=models.Q(done_at=None, dead=False),
                name="search_outbox_pending",
            ),
            models.Index(fields=["kind", "object_id"], name="search_outbox_object"),
            models.Index(
                fields=["id"], condition=models.Q(done_at=None, dead=True), name="search_outbox_given_up"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"

    def put_off(self, error: str) -> None:
        """Count a try that failed, and say when the next one is due; after MAX_ATTEMPTS there is none."""
        attempts, now = self.attempts + 1, timezone.now()
        OutboxEntry.objects.filter(pk=self.pk).update(
            attempts=attempts,
            begun=0,
            tried=now,
            error=error[:ERROR_LENGTH],
            next_try=now + min(FIRST_RETRY * 2**attempts, LONGEST_RETRY),
            dead=attempts >= MAX_ATTEMPTS,
        )
