"""Wagtail's report on kinds of pages, which names the page of each that was edited last."""

from __future__ import annotations

from typing import Any

from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView

from exchange.home.permissions import may_see


class PageTypesReport(PageTypesUsageReportView):  # type: ignore[misc]  # Wagtail has no types
    """The same, without drafts that its reader may not see."""

    def decorate_paginated_queryset(self, page_types: Any) -> Any:
        """At most one page a kind, and there are few kinds."""
        found = super().decorate_paginated_queryset(page_types)
        for item in found:
            if item.last_edited_page and not may_see(self.request.user, item.last_edited_page):
                item.last_edited_page = None
        return found


report = require_admin_access(PageTypesReport.as_view())
results = require_admin_access(PageTypesReport.as_view(results_only=True))
