"""The home of learning: the catalogue."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page

from foundation.design.admin_forms import EditorsPageForm
from foundation.design.fallback_pages import Host
from foundation.l10n.names import Named
from foundation.routers import page_route


class LearningIndexPage(Named, Host, RoutablePageMixin, Page):
    """Lists modules, recordings and courses; below it they live. One for each language, slug "learn"."""

    introduction = models.TextField(_("introduction"), max_length=600, blank=True)

    base_form_class = EditorsPageForm
    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["learning.TrainingModulePage", "learning.WebinarPage", "learning.CoursePage"]
    template = "learning/pages/index_page.html"

    class Meta:
        verbose_name = _("learning home")
        verbose_name_plural = _("learning homes")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """The page below with everything of it; one that is not there in this language is shown as a guest."""
        child = self._child(path_components[0]) if path_components else None
        if child is None:
            return super().route(request, path_components)
        try:
            return child.route(request, path_components[1:])
        except Http404:
            found = None if child.live else self.elsewhere(request, path_components)
            if found is None:
                raise
            return found

    def _child(self, slug: str) -> Any:
        """The page below with everything of its kind, in one query instead of three."""
        kinds = ("trainingmodulepage", "webinarpage", "coursepage")
        media = tuple(f"webinarpage__{name}" for name in ("video", "audio", "slides", "poster"))
        below = Page.objects.filter(path__startswith=self.path, depth=self.depth + 1, slug=slug)
        row = below.select_related("locale", *kinds, *media).first()
        if row is None:
            return None
        page = next((found for kind in kinds if (found := getattr(row, kind, None)) is not None), None)
        if page is not None:
            page._cached_parent_obj = self
            page.locale = row.locale
            page.host = self if self.is_guest else None
        return page

    # The list, and modules that come together.
    catalogue = page_route("", "learning.views.catalogue.catalogue_view", name="catalogue")
    library = page_route("library/<slug:slug>/", "learning.views.catalogue.library_view", name="library")
