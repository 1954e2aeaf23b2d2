"""The administrators' page of how the site is doing, and the same for a machine."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic.base import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from exchange.home.models import Incident
from exchange.home.operations import status
from exchange.home.presenters import status as presenter
from foundation.jobs import services as jobs
from foundation.notifications.services import send_trial

JOBS, CHANGES = 5, 8


def may_see_status(user: Any) -> bool:
    """Who has the right to it by their role."""
    return bool(user.is_authenticated and user.has_perm("home.view_status"))


class Guarded(View):
    """For those alone who look after the site."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Nobody else, whatever they ask."""
        if not may_see_status(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


@method_decorator(never_cache, name="dispatch")
class StatusView(WagtailAdminTemplateMixin, Guarded):
    """The whole in a sentence, what to do, all parts, failed jobs, what has changed."""

    page_title = gettext_lazy("How the site is doing")
    header_icon = "desktop"
    template_name = "home/admin/status.html"
    breadcrumbs_items: list[Any] = []

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest) -> HttpResponse:
        """One of its buttons."""
        action = request.POST.get("do", "")
        if action == "mail":
            if send_trial(request.user):
                messages.success(request, _("A test mail to your address is on its way."))
            else:
                messages.info(request, _("A test mail to you waits already; it goes out with the others."))
        elif action == "search":
            jobs.enqueue("search.tasks.build_anew")
            messages.success(request, _("The worker builds the search index anew."))
        else:
            messages.error(request, _("There is no such button on this page."))
        return redirect("site_status:index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All of it; a few short questions, none of them to another machine without a time-out."""
        told = status.recent()
        rows = presenter.rows(told["parts"], status.since())
        troubles = [row for row in rows if row.trouble]
        return super().get_context_data(**kwargs) | {
            "now": timezone.now(),
            "summary": presenter.summary(rows, ready=told["ready"]),
            "troubles": [(row, presenter.link(row.button)) for row in troubles],
            "rows": rows,
            "failed": jobs.given_up()[:JOBS],
            "changes": presenter.changes(Incident.objects.order_by("-began")[:CHANGES], CHANGES),
        }


@method_decorator(never_cache, name="dispatch")
class StatusJSON(Guarded):
    """What the page is made of."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The facts, with the moments from which on parts are not well."""
        told, since = status.recent(), status.since()
        parts = {
            name: part | ({"since": since[name].isoformat()} if name in since else {})
            for name, part in told["parts"].items()
        }
        failed = jobs.given_up()[:JOBS]
        return JsonResponse(
            told
            | {
                "parts": parts,
                "failed_jobs": [{"job": row.function, "at": row.updated.isoformat()} for row in failed],
            }
        )
