"""What modules, recordings and courses share: what they teach, for whom, by whom, under which licence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from directory.constants import TextRole
from directory.models import Capacity
from directory.models.capacity import in_language, slug_in_words
from foundation.design.fallback_pages import Guest
from foundation.design.fields import StreamField
from foundation.l10n.names import Named
from learning.admin.panels import CapacitiesPanel
from learning.blocks import OutcomeBlocks
from learning.constants import Depth

if TYPE_CHECKING:
    import uuid

INTRODUCTION_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class LearningPage(Named, Guest, RoutablePageMixin, Page):
    """Base of everything that teaches.

    Translations are made with wagtail-localize. Capacities and keywords belong to the original; a
    translation gets a copy when it is made, but readers always ask `source_of()` so that no copy can go stale.
    """

    kind: ClassVar[str]
    # Progress hangs on the original's steps: a translation has the same ones, always.
    follows_original: ClassVar[bool] = True

    summary = models.CharField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One sentence for lists: what people get out of it."),
    )
    introduction = RichTextField(_("introduction"), blank=True, features=INTRODUCTION_FEATURES)
    audience = models.TextField(_("who it is for"), max_length=600, blank=True)
    outcomes = StreamField(OutcomeBlocks(), verbose_name=_("what people can do afterwards"), blank=True)
    level = models.CharField(
        _("level"), max_length=10, choices=Depth.choices, default=Depth.FIRST, blank=True
    )
    capacities = ParentalManyToManyField(
        "directory.Capacity", verbose_name=_("capacities"), blank=True, related_name="%(class)ss"
    )
    credit = models.CharField(_("credit"), max_length=300, blank=True, help_text=_("Who made it."))
    licence = models.CharField(_("licence"), max_length=80, blank=True, default="CC BY-SA 4.0")
    licence_url = models.URLField(_("address of the licence"), max_length=300, blank=True)
    source_url = models.URLField(_("where it comes from"), max_length=500, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    about_panels = [
        FieldPanel("summary"),
        FieldPanel("introduction"),
        FieldPanel("audience"),
        FieldPanel("outcomes"),
    ]
    taxonomy_panels = [
        CapacitiesPanel("capacities"),
        FieldPanel("keywords"),
        FieldPanel("level"),
    ]
    credit_panel = MultiFieldPanel(
        [FieldPanel("credit"), FieldPanel("licence"), FieldPanel("licence_url"), FieldPanel("source_url")],
        heading=_("Credit and licence"),
        classname="collapsed",
    )
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.FilterField("level")]
    override_translatable_fields = [
        SynchronizedField("capacities", overridable=False),
        SynchronizedField("credit"),
        SynchronizedField("licence"),
    ]
    subpage_types: ClassVar[list[str]] = []
    parent_page_types: ClassVar[list[str]] = ["learning.LearningIndexPage"]

    class Meta:
        abstract = True

    @property
    def length_minutes(self) -> int | None:
        """Rough length in minutes, or None where nobody said."""
        return None

    def outcome_texts(self) -> list[str]:
        """What people can do afterwards, as plain sentences."""
        return [str(block.value) for block in self.outcomes if block.value]

    def outcome_words(self) -> list[str]:
        """The same for readers: words that are not in the language of the frame know their own."""
        return [block.value for block in self.words("outcomes") if block.value]

    @cached_property
    def original(self) -> Any:
        """The page that was made first; what asked for all versions already sets it."""
        return self if self.pk is None else source_of(self)

    @cached_property
    def taught(self) -> list[Taught]:
        """The capacities with their labels, from the original whatever the language of this page; one query."""
        if self.pk is None:
            chosen = Capacity.objects.filter(pk__in=[capacity.pk for capacity in self.capacities.all()])
        else:
            chosen = Capacity.objects.filter(**{f"{self._meta.model_name}s": self.original.pk})
        return taught_from(chosen, get_language() or "en")


@dataclass(frozen=True)
class Taught:
    """A capacity as a page names it."""

    slug: str
    label: str

    @property
    def url(self) -> str:
        """Its public page."""
        return reverse("home:capacity", args=[self.slug])


def taught_from(capacities: Any, language: str) -> list[Taught]:
    """Slugs and labels of capacities in the order of the tree, in one query for both."""
    labels: dict[str, dict[str, str]] = {}
    # The texts are joined from the outside, so that a capacity without any keeps its place.
    rows = Capacity.objects.filter(pk__in=capacities.values("pk")).order_by("path")
    for slug, code, role, text in rows.values_list("slug", "texts__language", "texts__role", "texts__text"):
        known = labels.setdefault(slug, {})
        if role == TextRole.PREFERRED:
            known[code] = text
    return [
        Taught(slug, in_language(known, language) or slug_in_words(slug)) for slug, known in labels.items()
    ]


def source_of(page: Any) -> Any:
    """The original of a page: of all its translations the one that was made first."""
    return sources(type(page), [page.translation_key])[page.translation_key]


def sources(model: type[Page], keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, Any]:
    """The originals of many pages in one query, by translation key."""
    found: dict[uuid.UUID, Any] = {}
    for page in model._default_manager.filter(translation_key__in=list(keys)).order_by("pk"):
        found.setdefault(page.translation_key, page)
    return found
