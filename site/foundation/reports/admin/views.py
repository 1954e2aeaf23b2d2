"""Where administrators read and answer reports. What concerns them is not there: no gap, no number tells of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic.base import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from foundation.accounts.constants import Role
from foundation.messages import explained
from foundation.reports import registry, services
from foundation.reports.forms import AnswerForm
from foundation.reports.models import Report
from foundation.workflow.models import LogEntry

PER_PAGE = 50


def may_read_reports(user: Any) -> bool:
    """Administrators; which ones, each report says."""
    return bool(user.is_authenticated and user.has_role(Role.ADMINISTRATOR))


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class AdministratorsView(WagtailAdminTemplateMixin, View):
    """A page of the admin for administrators and nobody else."""

    header_icon = "warning"
    breadcrumbs_items: list[Any] = []

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Nobody but administrators."""
        if not may_read_reports(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ReportsView(AdministratorsView):
    """The reports that this administrator may read: what waits first, the oldest on top."""

    page_title = gettext_lazy("Reports by people")
    template_name = "reports/admin/index.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list, or with ?closed those that are over."""
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of the list."""
        closed = "closed" in self.request.GET
        rows = Report.objects.readable_by(self.request.user)
        states = Report.flow.finals() if closed else Report.flow.open_states()
        # New ones first ("sent" is the last of the open states by name), then the longest waiting.
        order = ["-state_since"] if closed else ["-state", "state_since"]
        page = Paginator(rows.filter(state__in=states).order_by(*order, "pk"), PER_PAGE).get_page(
            self.request.GET.get("page")
        )
        named = registry.named(self.request.user, [(row.subject_kind, row.subject_id) for row in page])
        shown = [
            {
                "report": row,
                "about": registry.label_of(row.subject_kind),
                "subject": named.get((row.subject_kind, row.subject_id)),
            }
            for row in page
        ]
        return super().get_context_data(**kwargs) | {"page": page, "rows": shown, "closed": closed}


class ReportView(AdministratorsView):
    """One report: its words, who reads it, who is left out, what was done; answer and close."""

    template_name = "reports/admin/report.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Finds the report among those that this administrator may read."""
        super().setup(request, *args, **kwargs)
        self.form: AnswerForm | None = None

    def _found(self, pk: UUID) -> Report:
        rows = Report.objects.readable_by(self.request.user).select_related("reporter")
        return get_object_or_404(rows, pk=pk)

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Changes nothing: the person who reported would see it."""
        self.report = self._found(pk)
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Says that it was read, answers or closes it."""
        self.report = self._found(pk)
        if request.POST.get("do") == "read":
            services.open_report(self.report, by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("The person who reported sees now that it was read."))
            # What was begun as an answer stays.
            self.form = AnswerForm(initial={"text": request.POST.get("text", "")})
            return self.render_to_response(self.get_context_data())
        action = "close" if request.POST.get("do") == "close" else "answer"
        form = AnswerForm(request.POST)
        if form.is_valid():
            verb = services.close if action == "close" else services.answer
            with explained(request, form):
                verb(
                    self.report,
                    form.cleaned_data["text"],
                    by=request.user,  # type: ignore[arg-type]
                    token=form.cleaned_data["token"],
                )
                messages.success(
                    request, _("Sent. The report is closed.") if action == "close" else _("Sent.")
                )
                return redirect("reports_admin:report", pk)
        self.form = form
        return self.render_to_response(self.get_context_data())

    def get_page_title(self) -> str:
        """The receipt; nothing of what it says."""
        return _("Report %(receipt)s") % {"receipt": self.report.receipt}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All of one report, in a fixed number of queries."""
        report = self.report
        kind = registry.KINDS.get(report.subject_kind)
        subject = (
            kind.find(report.reporter, report.subject_id) if kind and report.reporter is not None else None
        )
        return super().get_context_data(**kwargs) | {
            "report": report,
            "about": registry.label_of(report.subject_kind),
            "subject": subject,
            "subject_url": kind.url(report.subject_id) if kind else "",
            "readers": services.readers_of(report),
            "left_out": report.left_out.select_related("user").order_by("why", "pk"),
            "written": report.messages.select_related("by"),
            "log": [
                (entry, report.flow.state(entry.target).label)
                for entry in LogEntry.objects.of(report).select_related("by")
            ],
            "form": self.form or AnswerForm(),
        }
