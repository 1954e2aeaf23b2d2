"""Courses: weeks of lessons and calls that a group takes together."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page

from foundation.design.fields import StreamField
from foundation.routers import page_route
from learning.admin.forms import CoursePageForm
from learning.blocks import WeekBlocks
from learning.models.base import LearningPage


class CourseKeyword(TaggedItemBase):
    """A free keyword on a course."""

    content_object = ParentalKey("learning.CoursePage", on_delete=models.CASCADE, related_name="tagged_items")


class CoursePage(LearningPage):
    """What a course is. When it runs, and with whom, is a Cohort of its original."""

    kind = "course"

    weeks = StreamField(WeekBlocks(), verbose_name=_("weeks"), blank=True)
    costs = models.CharField(_("what it costs"), max_length=200, blank=True)
    keywords = ClusterTaggableManager(through=CourseKeyword, blank=True, verbose_name=_("keywords"))

    base_form_class = CoursePageForm
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(LearningPage.about_panels, heading=_("About the course")),
        FieldPanel("weeks"),
        FieldPanel("costs"),
        InlinePanel("facilitators", heading=_("The people who lead it"), label=_("Person")),
        MultiFieldPanel(LearningPage.taxonomy_panels, heading=_("What it teaches")),
        LearningPage.credit_panel,
    ]
    template = "learning/pages/course_page.html"

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    # What the course is, when it runs, and enrolling.
    overview = page_route("", "learning.views.course.course_view", name="overview")

    @property
    def length_minutes(self) -> int | None:
        """What all weeks ask together, in minutes."""
        return sum(raw["value"].get("minutes") or 0 for raw in self.weeks.raw_data) or None


class CourseFacilitator(Orderable):
    """Somebody who leads a course."""

    page = ParentalKey(CoursePage, on_delete=models.CASCADE, related_name="facilitators")
    person = models.ForeignKey("directory.Person", on_delete=models.CASCADE, related_name="leads")
    about = models.CharField(_("in one line"), max_length=200, blank=True)

    panels = [FieldPanel("person"), FieldPanel("about")]

    class Meta(Orderable.Meta):
        verbose_name = _("facilitator")
        verbose_name_plural = _("facilitators")

    def __str__(self) -> str:
        return str(self.person)
