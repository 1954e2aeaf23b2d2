"""Libraries: modules that come together, in categories (imported collections, or our own)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable

from foundation.l10n.names import Named


class Library(Named, ClusterableModel):
    """A named collection of modules."""

    named = ("name",)

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("short name in addresses"), max_length=120, unique=True)
    introduction = models.TextField(_("introduction"), blank=True)
    listed = models.BooleanField(_("shown in the catalogue"), default=True)
    credit = models.CharField(_("credit"), max_length=300, blank=True)
    licence = models.CharField(_("licence"), max_length=80, blank=True)
    source_url = models.URLField(_("where it comes from"), max_length=500, blank=True)

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("introduction"),
        FieldPanel("listed"),
        FieldPanel("credit"),
        FieldPanel("licence"),
        FieldPanel("source_url"),
        InlinePanel("categories", label=_("Category")),
    ]

    class Meta:
        verbose_name = _("library")
        verbose_name_plural = _("libraries")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class LibraryCategory(Named, Orderable, ClusterableModel):
    """A group of modules in a library. A library without groups has one without a title."""

    library = ParentalKey(Library, on_delete=models.CASCADE, related_name="categories")
    title = models.CharField(_("title"), max_length=200, blank=True)
    description = models.TextField(_("description"), blank=True)

    panels = [FieldPanel("title"), FieldPanel("description"), InlinePanel("entries", label=_("Lesson"))]

    class Meta(Orderable.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self) -> str:
        return self.title or str(self.library)


class LibraryEntry(Named, Orderable):
    """A module in a category (its original; readers get it in their language), maybe under another name."""

    named = ("name",)

    category = ParentalKey(LibraryCategory, on_delete=models.CASCADE, related_name="entries")
    module = models.ForeignKey(
        "learning.TrainingModulePage", on_delete=models.CASCADE, related_name="library_entries"
    )
    name = models.CharField(_("name here"), max_length=255, blank=True)
    description = models.TextField(_("description here"), blank=True)

    panels = [PageChooserPanel("module"), FieldPanel("name"), FieldPanel("description")]

    class Meta(Orderable.Meta):
        verbose_name = _("lesson in a library")
        verbose_name_plural = _("lessons in a library")

    def __str__(self) -> str:
        return self.name or str(self.module)
