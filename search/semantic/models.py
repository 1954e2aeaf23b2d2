"""What the objects of the index mean, as numbers: rows of the database, so that no rebuild computes them again."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_TRIES = 3  # a text that ended the process so often is left out


class MeaningQuerySet(models.QuerySet["Meaning"]):
    """Questions to the meanings."""

    def wanted(self) -> MeaningQuerySet:
        """Not computed yet, and not given up."""
        return self.filter(vector=None, tries__lt=MOST_TRIES)

    def of(self, kind: str, ids: list[str]) -> MeaningQuerySet:
        """Those of some objects of one kind."""
        return self.filter(kind=kind, object_id__in=ids)


class Meaning(models.Model):
    """One text of one object in the index as a vector; none until the queue has computed it.

    The text itself is not kept, only what tells it from others. The rows of an object go when it leaves the
    index.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(_("kind"), max_length=32)
    object_id = models.CharField(_("object"), max_length=100)
    digest = models.CharField(_("text"), max_length=32)
    vector = models.BinaryField(_("vector"), null=True)
    tries = models.PositiveSmallIntegerField(_("attempts"), default=0)

    objects = MeaningQuerySet.as_manager()

    class Meta:
        verbose_name = _("meaning of a text")
        verbose_name_plural = _("meanings of texts")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "digest"], name="search_meaning_of_text_of_object"
            )
        ]
        indexes = [models.Index(fields=["id"], condition=models.Q(vector=None), name="search_meaning_wanted")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"
