"""Training modules: steps that people take in their own time."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.routable_page.models import path
from wagtail.models import Orderable, Page
from wagtail.search import index

from foundation.design.fields import StreamField
from foundation.routers import page_route
from learning.admin.forms import ModulePageForm
from learning.blocks import StepBlocks
from learning.constants import ModuleKind
from learning.models.base import LearningPage


class ModuleKeyword(TaggedItemBase):
    """A free keyword on a module."""

    content_object = ParentalKey(
        "learning.TrainingModulePage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class TrainingModulePage(LearningPage):
    """A lesson of steps, one a screen. Progress is kept by (translation_key, block id)."""

    kind = "lesson"

    form = models.CharField(
        _("kind of lesson"), max_length=12, choices=ModuleKind.choices, default=ModuleKind.TRAINING
    )
    minutes_min = models.PositiveSmallIntegerField(_("minutes, at least"), null=True, blank=True)
    minutes_max = models.PositiveSmallIntegerField(_("minutes, at most"), null=True, blank=True)
    steps = StreamField(StepBlocks(), verbose_name=_("steps"), blank=True)
    keywords = ClusterTaggableManager(through=ModuleKeyword, blank=True, verbose_name=_("keywords"))

    base_form_class = ModulePageForm
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(LearningPage.about_panels, heading=_("About the lesson")),
        MultiFieldPanel(
            [
                *LearningPage.taxonomy_panels,
                FieldRowPanel([FieldPanel("form"), FieldPanel("minutes_min"), FieldPanel("minutes_max")]),
            ],
            heading=_("What it teaches"),
        ),
        FieldPanel("steps"),
        InlinePanel("next_modules", heading=_("What to take next"), label=_("Lesson"), max_num=4),
        LearningPage.credit_panel,
    ]
    search_fields = [*LearningPage.search_fields, index.SearchField("steps")]
    template = "learning/pages/module_page.html"

    class Meta:
        verbose_name = _("training module")
        verbose_name_plural = _("training modules")

    def clean(self) -> None:
        super().clean()
        if self.minutes_min and self.minutes_max and self.minutes_max < self.minutes_min:
            raise ValidationError({"minutes_max": _("“At most” is less than “at least”.")})

    # What the lesson is for and what it asks; one step a screen; the page after the last.
    overview = page_route("", "learning.views.module.overview_view", name="overview")
    step = page_route("step/<int:number>/", "learning.views.module.step_view", name="step")
    done = page_route("done/", "learning.views.module.done_view", name="done")

    @path("step/<uuid:step_id>/", name="step_by_id")
    def step_by_id(self, request: HttpRequest, step_id: uuid.UUID) -> HttpResponse:
        """A lasting address of a step: its number may change, its id does not."""
        for number, raw in enumerate(self.steps.raw_data, start=1):
            if raw.get("id") == str(step_id):
                return HttpResponseRedirect(f"{self.get_url(request)}step/{number}/")
        raise Http404

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """Editors may look at the overview and at each step before they publish.

        A mode's name is one part of an address in the translation editor, so it has no slash.
        """
        steps = [
            (f"step-{number}", f"{number}. {raw['value'].get('title') or _('Step')}")
            for number, raw in enumerate(self.steps.raw_data, start=1)
        ]
        return [("", _("Overview")), *steps]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The route that the mode names: `step-2` is the second step."""
        _kind, _dash, number = mode_name.partition("-")
        view, args, kwargs = self.resolve_subpage(f"/step/{number}/" if number else "/")
        return view(request, *args, **kwargs)

    @property
    def length_minutes(self) -> int | None:
        """The longest the author expects; else the sum of the steps."""
        stated = self.minutes_max or self.minutes_min
        return stated or sum(raw["value"].get("minutes") or 0 for raw in self.steps.raw_data) or None


class NextModule(Orderable):
    """A lesson that the author suggests after this one."""

    module = ParentalKey(TrainingModulePage, on_delete=models.CASCADE, related_name="next_modules")
    page = models.ForeignKey(TrainingModulePage, on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("page")]

    class Meta(Orderable.Meta):
        verbose_name = _("next lesson")
        verbose_name_plural = _("next lessons")

    def __str__(self) -> str:
        return f"{self.module_id} → {self.page_id}"
