"""The home page and standard pages (about, privacy, code of conduct …)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from exchange.home.blocks import StandardBlocks, StoryBlocks
from foundation.design.admin_forms import EditorsPageForm
from foundation.design.fallback_pages import Host
from foundation.design.fields import StreamField
from foundation.l10n.names import Named
from foundation.routers import ByName
from learning.translations import guest_bar

dashboard = ByName("exchange.home.presenters.dashboard.dashboard")
front_door = ByName("exchange.home.presenters.front_page.front_door")


class HomePage(Named, Host, Page):
    """The front door. Signed-in people see their own things here."""

    headline = models.CharField(_("headline"), max_length=200, blank=True)
    lead = models.TextField(_("lead"), max_length=500, blank=True)
    examples = models.TextField(
        _("examples of searches"), blank=True, help_text=_("One a line. Shown below the search box.")
    )
    story_heading = models.CharField(_("heading of the story"), max_length=200, blank=True)
    story = StreamField(StoryBlocks(), verbose_name=_("story"), blank=True, use_json_field=True)
    story_note = models.CharField(_("note below the story"), max_length=200, blank=True)
    story_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page with the whole story"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    base_form_class = EditorsPageForm
    content_panels = [
        *Page.content_panels,
        FieldPanel("headline"),
        FieldPanel("lead"),
        FieldPanel("examples"),
        FieldPanel("story_heading"),
        FieldPanel("story"),
        FieldPanel("story_note"),
        FieldPanel("story_page"),
    ]
    parent_page_types = ["wagtailcore.Page"]

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """In a language in which nothing is written, this page and all below it are guests."""
        roots = self._get_relevant_site_root_paths(request)
        code = get_language() or ""
        if roots and code not in (root.language_code for root in roots):
            self.abroad = code
        return super().route(request, path_components)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """Two front doors: one for everybody, one for who is signed in."""
        return "home/pages/home_signed_in.html" if self._is_personal(request) else "home/pages/home_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the chosen front door needs."""
        context = super().get_context(request, *args, **kwargs)
        language = get_language() or "en"
        if self._is_personal(request):
            context |= dashboard(request.user, language)
        else:
            context["door"] = front_door(language)
            context["examples_list"] = [line.strip() for line in self.examples.splitlines() if line.strip()]
        return context

    def _is_personal(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and not getattr(request, "is_preview", False)

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class StandardPage(Named, Host, Page):
    """A page of text."""

    introduction = models.TextField(_("introduction"), max_length=600, blank=True)
    body = StreamField(StandardBlocks(), verbose_name=_("body"), blank=True, use_json_field=True)

    base_form_class = EditorsPageForm
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    template = "home/pages/standard_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Where it is shown to readers of another language, in which it does not exist: a word about that."""
        return {
            **super().get_context(request, *args, **kwargs),
            "quiet_bar": guest_bar(self),
            "body": self.words("body"),
        }

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
