"""Images that say who made them and under which licence, and are stored without the place they were taken at."""

from __future__ import annotations

from typing import Any

from django.core.files.base import File
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.exceptions import InvalidFilterSpecError, UnknownOutputImageFormatError
from wagtail.images.models import AbstractImage, AbstractRendition, Image, SourceImageIOError

from exchange.home.images import prepared_file
from exchange.home.images.prepare import UNREADABLE
from exchange.home.models.mixins import Credited
from exchange.home.storage.base import called
from foundation.l10n.names import Named


class CreditedImage(Named, Credited, AbstractImage):
    """An image with its credit, licence and, for files of Commons, their name there."""

    commons_file = models.CharField(_("file name on Wikimedia Commons"), max_length=255, blank=True)
    # Files from before places were taken out of them wait for a job (exchange.home.images.cleanup).
    is_prepared = models.BooleanField(default=False, editable=False)

    admin_form_fields = (*Image.admin_form_fields, "credit", "licence", "source_url", "commons_file")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(is_prepared=False), name="home_image_unprepared")
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new file is stored without the place it was taken at, whoever brings it.

        Raises DamagedPicture for one that cannot be read to its end; forms look at it before.
        """
        if self.file and not self.file._committed:
            if not getattr(self.file.file, "is_prepared", False):
                self.file.file = prepared_file(self.file)
            self.is_prepared = True
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "is_prepared"}
        super().save(*args, **kwargs)

    def create_rendition(self, filter: Any) -> CreditedRendition:
        """As Wagtail's; who was later than another takes the own file away."""
        given = {"filter_spec": filter.spec, "focal_point_key": filter.get_cache_key(self)}
        file = self.generate_rendition_file(filter)
        rendition, created = self.renditions.get_or_create(**given, defaults={"file": file})
        if not created:
            file.storage.delete(file.name)  # type: ignore[attr-defined]
        return rendition

    @property
    def filename(self) -> str:
        """What the file is called by people."""
        return called(self.file.name)

    @property
    def default_alt_text(self) -> str:
        """What an editor is offered who puts the picture into a page. Wagtail's title is the name of the file."""
        return self.description

    def generate_rendition_file(self, filter: Any, *, source: File[bytes] | None = None) -> File[bytes]:
        """One size of the picture. A file that cannot be read is to Wagtail as one that is not there: pages
        that show it stay up. It is stored at once: Wagtail does so in its transaction, and a store may be far away."""
        try:
            return _stored(self, super().generate_rendition_file(filter, source=source))
        except (InvalidFilterSpecError, UnknownOutputImageFormatError):
            raise
        except UNREADABLE as error:
            raise SourceImageIOError(str(error)) from error


class CreditedRendition(AbstractRendition):
    """One size of an image."""

    image = models.ForeignKey(CreditedImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="home_rendition_once"
            )
        ]


def _stored(image: CreditedImage, file: File[bytes]) -> File[bytes]:
    """The file as a field holds it, with nothing left to be written."""
    field = CreditedRendition._meta.get_field("file")
    rendition = CreditedRendition(image=image)
    kept = field.attr_class(rendition, field, "")
    kept.name = field.storage.save(
        field.generate_filename(rendition, str(file.name)), file, max_length=field.max_length
    )
    file.seek(0)
    kept.file, kept._committed = file, True
    return kept
