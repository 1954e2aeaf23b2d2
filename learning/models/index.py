"""The home of learning: the catalogue."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page


class LearningIndexPage(RoutablePageMixin, Page):
    """Lists modules, recordings and courses; below it they live. One for each language, slug "learn"."""

    introduction = models.TextField(_("introduction"), max_length=600, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["learning.TrainingModulePage", "learning.WebinarPage", "learning.CoursePage"]
    template = "learning/index_page.html"

    class Meta:
        verbose_name = _("learning home")
        verbose_name_plural = _("learning homes")
