"""Documents that say who made them and under which licence."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document

from exchange.home.models.mixins import Credited
from exchange.home.storage.base import called
from foundation.l10n.names import Named


class CreditedDocument(Named, Credited, AbstractDocument):
    """A document with its credit and licence."""

    admin_form_fields = (*Document.admin_form_fields, "credit", "licence", "source_url")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]
        # Every file that is sent is looked up by its place.
        indexes = [models.Index(fields=["file"], name="home_document_file")]

    @property
    def filename(self) -> str:
        """What the file is called by people."""
        return called(self.file.name)
