"""What reports add to the admin: a menu item and two pages, for administrators."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from foundation.design.menu import shown_to
from foundation.reports.admin.views import ReportsView, ReportView, may_read_reports


class Reports(ViewSet):
    """The list, and one report."""

    name = "reports_admin"
    # Wagtail's own lists have the shorter name.
    url_prefix = "people-reports"
    icon = "warning"
    menu_label = gettext_lazy("Reports by people")
    menu_order = 940
    # Without a number: a count would tell of reports from which somebody is left out.
    menu_item_class = shown_to(may_read_reports)
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[Any]:
        """Addresses below /admin/people-reports/."""
        return [
            path("", ReportsView.as_view(), name="index"),
            path("<uuid:pk>/", ReportView.as_view(), name="report"),
        ]


@hooks.register("register_admin_viewset")
def register_reports() -> Reports:
    """What people report."""
    return Reports()
