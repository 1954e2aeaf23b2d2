"""What came from where: one row for each thing imported, so that a second import knows it again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportRecord(models.Model):
    """One thing of one source, by the source's own id, and what it became here.

    `sha256` is that of the source's file, `built` that of all we made of it (so that it changes with any file
    it is made of, and with the importer itself), `saved` that of our content right after the import: content
    that differs from it was edited here. An empty `built` says that the import was interrupted.
    """

    class Type(models.TextChoices):
        """What kinds of things are imported."""

        LIBRARY = "library", _("Library")
        MODULE = "module", _("Module")
        SLIDE = "slide", _("Slide")
        IMAGE = "image", _("Image")

    source = models.CharField(_("source"), max_length=40)
    type = models.CharField(_("type"), max_length=10, choices=Type.choices)
    source_id = models.CharField(_("id at the source"), max_length=255)
    slug = models.CharField(_("short name at the source"), max_length=255, blank=True)
    source_path = models.CharField(_("file"), max_length=500, blank=True)
    source_commit = models.CharField(_("revision of the source"), max_length=64, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    built = models.CharField(max_length=64, blank=True)
    saved = models.CharField(max_length=64, blank=True)
    page = models.ForeignKey(
        "learning.TrainingModulePage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="import_records",
    )
    library = models.ForeignKey(
        "learning.Library", null=True, blank=True, on_delete=models.SET_NULL, related_name="import_records"
    )
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("import record")
        verbose_name_plural = _("import records")
        constraints = [
            models.UniqueConstraint(fields=["source", "type", "source_id"], name="learning_import_once")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.type} {self.source_id}"
