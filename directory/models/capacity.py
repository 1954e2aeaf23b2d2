"""The taxonomy: a tree of concepts with labels, alternative labels and definitions for each language."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet
from wagtail.search import index

from directory.enums import TextRole


class CapacityQuerySet(MP_NodeQuerySet):
    """Questions about capacities."""

    def with_texts(self) -> CapacityQuerySet:
        """With all labels and definitions, in one more query for the whole list."""
        return self.prefetch_related("texts")


class CapacityManager(MP_NodeManager.from_queryset(CapacityQuerySet)):  # type: ignore[misc]
    """Capacities in the order of the tree."""

    def get_queryset(self) -> CapacityQuerySet:
        return CapacityQuerySet(self.model, using=self._db).order_by("path")


class Capacity(index.Indexed, MP_Node):
    """A concept that modules, recordings, listings, mentors and requests refer to.

    Identity is the slug (and the Wikidata id where known), never a label. Depth is at most three.
    """

    slug = models.SlugField(_("short name in addresses"), max_length=80, unique=True)
    wikidata_id = models.CharField(
        _("Wikidata id"), max_length=20, blank=True, help_text=_("Such as Q124490.")
    )

    node_order_by: list[str] = []
    objects = CapacityManager()
    search_fields = [
        index.SearchField("slug"),
        index.AutocompleteField("slug"),
        index.RelatedFields("texts", [index.SearchField("text")]),
    ]

    class Meta:
        verbose_name = _("capacity")
        verbose_name_plural = _("capacities")
        constraints = [
            models.UniqueConstraint(
                fields=["wikidata_id"],
                condition=~models.Q(wikidata_id=""),
                name="directory_capacity_wikidata_once",
            )
        ]

    def __str__(self) -> str:
        return self.label()

    def get_absolute_url(self) -> str:
        """The public page of this capacity, in the active language."""
        return reverse("home:capacity", args=[self.slug])

    def label(self, language: str | None = None) -> str:
        """The preferred label in a language (the active one by default), else English, else the slug.

        Uses prefetched texts: call `with_texts()` on lists.
        """
        return self._text(TextRole.PREFERRED, language) or self.slug.replace("-", " ")

    def definition(self, language: str | None = None) -> str:
        """The definition in a language, else in English, else nothing."""
        return self._text(TextRole.DEFINITION, language)

    def all_labels(self) -> list[str]:
        """Preferred and alternative labels of every language, for the index."""
        return [row.text for row in self.texts.all() if row.role != TextRole.DEFINITION]

    def _text(self, role: str, language: str | None) -> str:
        language = (language or get_language() or "en").split("-")[0]
        by_language = {row.language: row.text for row in self.texts.all() if row.role == role}
        return by_language.get(language) or by_language.get("en") or next(iter(by_language.values()), "")


class CapacityText(models.Model):
    """One label, alternative label or definition in one language."""

    capacity = models.ForeignKey(Capacity, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=12)
    role = models.CharField(_("role"), max_length=12, choices=TextRole.choices, default=TextRole.PREFERRED)
    text = models.CharField(_("text"), max_length=600)

    class Meta:
        verbose_name = _("text of a capacity")
        verbose_name_plural = _("texts of capacities")
        ordering = ["language", "role", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["capacity", "language", "role"],
                condition=~models.Q(role=TextRole.ALTERNATIVE),
                name="directory_capacity_one_label",
            ),
            models.UniqueConstraint(
                fields=["capacity", "language", "role", "text"], name="directory_capacity_text_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text} ({self.language})"
