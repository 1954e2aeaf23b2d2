"""Lessons that nobody has said the capacities of: they are found by their words alone. A list for editors."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.reports import PageReportView
from wagtail.permission_policies.pages import PagePermissionPolicy

from directory.taxonomy.labels import all_labels
from directory.taxonomy.suggestions import Suggestions
from learning.documents import ModuleDocument, plain
from learning.models import TrainingModulePage


def without_capacities() -> QuerySet[TrainingModulePage]:
    """Originals without a capacity; a translation has those of its original."""
    earlier = TrainingModulePage.objects.filter(
        translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk")
    )
    return TrainingModulePage.objects.filter(~Exists(earlier), capacities=None).order_by("-live", "title")


class DebtView(PageReportView):
    """The list, with suggestions from title and text."""

    page_title = _("Lessons without capacities")
    header_icon = "tag"
    index_url_name = "lessons_without_capacities"
    index_results_url_name = "lessons_without_capacities_results"
    results_template_name = "learning/admin/debt_results.html"
    permission_policy = PagePermissionPolicy()
    any_permission_required = {"change", "publish"}
    export_headings = {"title": _("Title")}
    list_export = ["title", "url"]

    def get_queryset(self) -> Any:
        """Those that the reader may change."""
        mine = PagePermissionPolicy().instances_user_has_permission_for(self.request.user, "change")
        return without_capacities().filter(pk__in=mine.values("pk")).select_related("locale")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """Beside each lesson what it may be about."""
        labels = all_labels()
        suggestions = Suggestions(labels)
        for page in object_list:
            language = page.locale.language_code
            body = " ".join([plain(page.introduction), page.summary, *ModuleDocument().body(page)])
            slugs = suggestions.of(page.title, body, language)
            page.suggested = [labels.label(slug, language) for slug in slugs]
        return object_list
