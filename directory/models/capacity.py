"""The taxonomy: a tree of concepts with labels, alternative labels and definitions for each language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node
from wagtail.search import index

from directory.constants import TextRole
from directory.querysets import CapacityManager

OWN_ADDRESSES = "urn:capacity-exchange:capacity:"  # what is made here has its slug behind this


def own_address(slug: str) -> str:
    """The address (IRI) of a capacity that was made on a site of this software."""
    return f"{OWN_ADDRESSES}{slug}"


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in a language, else in a variety of it (en-GB serves as en), else in English, else in any."""
    for wanted in (language.lower(), language.lower().split("-")[0], "en"):
        if wanted in texts:
            return texts[wanted]
        for code in sorted(texts):
            if code.startswith(f"{wanted}-"):
                return texts[code]
    return next((texts[code] for code in sorted(texts)), "")


def slug_in_words(slug: str) -> str:
    """What to call a capacity that has no label in any language."""
    return slug.replace("-", " ")


class Capacity(index.Indexed, MP_Node):
    """A concept that modules, recordings, listings, mentors and requests refer to.

    Identity is the address: an IRI, made of the slug for what was made here, and kept as it is for what came
    out of a vocabulary of others; never a label. The slug names it in our own pages. Depth is at most three.
    """

    slug = models.SlugField(_("short name in addresses"), max_length=80, unique=True)
    address = models.CharField(_("address (IRI)"), max_length=500, unique=True, editable=False)
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What is made here gets its address from its slug."""
        self.address = self.address or own_address(self.slug)
        super().save(*args, **kwargs)

    @property
    def is_ours(self) -> bool:
        """Whether it was made on a site of this software, not in a vocabulary of others."""
        return bool(self.address.startswith(OWN_ADDRESSES))

    def get_absolute_url(self) -> str:
        """The public page of this capacity, in the active language."""
        return reverse("home:capacity", args=[self.slug])

    def label(self, language: str | None = None) -> str:
        """The preferred label in a language (the active one by default), else English, another, the slug.

        Uses prefetched texts: call `with_texts()` on lists.
        """
        return self._text(TextRole.PREFERRED, language) or slug_in_words(self.slug)

    def definition(self, language: str | None = None) -> str:
        """The definition in a language, else in English or another, else nothing."""
        return self._text(TextRole.DEFINITION, language)

    def all_labels(self) -> list[str]:
        """Preferred, alternative and hidden labels of every language, for the index."""
        return [row.text for row in self.texts.all() if row.role != TextRole.DEFINITION]

    def _text(self, role: str, language: str | None) -> str:
        by_language = {row.language: row.text for row in self.texts.all() if row.role == role}
        return in_language(by_language, language or get_language() or "en")


class CapacityText(models.Model):
    """One label, alternative or hidden label, or definition in one language."""

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
                condition=models.Q(role__in=[TextRole.PREFERRED, TextRole.DEFINITION]),
                name="directory_capacity_one_label",
            ),
            models.UniqueConstraint(
                fields=["capacity", "language", "role", "text"], name="directory_capacity_text_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text} ({self.language})"
