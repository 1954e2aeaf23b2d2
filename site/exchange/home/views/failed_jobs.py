"""The administrators' page of jobs that were given up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic.base import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from foundation.accounts.constants import Role
from foundation.jobs import services

PER_PAGE = 50


def may_look_after_jobs(user: Any) -> bool:
    """Administrators only."""
    return bool(user.is_authenticated and user.has_role(Role.ADMINISTRATOR))


class FailedJobsView(WagtailAdminTemplateMixin, View):
    """What was given up, why, and two buttons for what is ticked."""

    page_title = gettext_lazy("Failed jobs")
    header_icon = "warning"
    template_name = "home/admin/failed_jobs.html"
    breadcrumbs_items: list[Any] = []

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Nobody but administrators."""
        if not may_look_after_jobs(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Try again or discard what is ticked."""
        ids = [
            int(id) for id in request.POST.getlist("id") if id.isascii() and id.isdecimal() and len(id) < 19
        ]
        action = request.POST.get("do", "")
        if not ids or action not in ("retry", "drop"):
            messages.error(request, _("Choose jobs, and what to do with them."))
        elif action == "retry":
            count = services.try_again(ids)
            told = ngettext("%(count)s job is tried again.", "%(count)s jobs are tried again.", count)
            messages.success(request, told % {"count": count})
        else:
            count = services.drop(ids)
            told = ngettext("%(count)s job was discarded.", "%(count)s jobs were discarded.", count)
            messages.success(request, told % {"count": count})
        return redirect("failed_jobs:index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of the list."""
        page = Paginator(services.given_up(), PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(**kwargs) | {"page": page}
