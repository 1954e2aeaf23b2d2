"""Images and documents that say who made them and under which licence."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Credited(models.Model):
    """Who made it, the licence, and where it comes from."""

    credit = models.CharField(_("credit"), max_length=300, blank=True, help_text=_("Who made it."))
    licence = models.CharField(_("licence"), max_length=80, blank=True, help_text=_("Such as CC BY-SA 4.0."))
    source_url = models.URLField(_("where it comes from"), max_length=500, blank=True)

    class Meta:
        abstract = True


class CreditedImage(Credited, AbstractImage):
    """An image with its credit, licence and, for files of Commons, their name there."""

    commons_file = models.CharField(_("file name on Wikimedia Commons"), max_length=255, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit", "licence", "source_url", "commons_file")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]


class CreditedRendition(AbstractRendition):
    """One size of an image."""

    image = models.ForeignKey(CreditedImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="home_rendition_once"
            )
        ]


class CreditedDocument(Credited, AbstractDocument):
    """A document with its credit and licence."""

    admin_form_fields = (*Document.admin_form_fields, "credit", "licence", "source_url")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]
        # Every file that is sent is looked up by its place.
        indexes = [models.Index(fields=["file"], name="home_document_file")]
