"""Reporting something, and following what became of it: for the person who reports, and nobody else."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from foundation.accounts.decorators import member_button, member_form, member_page, typed
from foundation.accounts.models import User
from foundation.messages import explained
from foundation.reports import registry, services
from foundation.reports.forms import MessageForm, ReportForm
from foundation.reports.models import Report


@sensitive_post_parameters()
@member_form
def new(request: HttpRequest, kind: str, id: str) -> HttpResponse:
    """The form. What it is about must be something that this person may see."""
    user = cast(User, request.user)
    subject = registry.find(user, kind, id)
    if subject is None:
        raise Http404
    readers = services.possible_readers(subject, user)
    form = ReportForm(typed(request), readers=readers)
    if request.method == "POST" and readers and form.is_valid():
        said = form.cleaned_data
        with explained(request, form):
            report = services.send(
                subject,
                kind=kind,
                id=id,
                by=user,
                text=said["text"],
                without=said.get("without", ()),
                by_mail=said["by_mail"],
                token=said["token"],
            )
            return redirect(report.get_absolute_url())
    context = {
        "subject": subject,
        "kind": registry.label_of(kind),
        "form": form,
        "readers": [str(reader) for reader in readers],
        "earlier": Report.objects.of(user).exists(),
    }
    return render(request, "reports/pages/new.html", context)


@member_page
def mine(request: HttpRequest) -> HttpResponse:
    """One's own reports."""
    rows = list(Report.objects.of(request.user)[:100])
    return render(
        request,
        "reports/pages/mine.html",
        {"rows": [(row, registry.label_of(row.subject_kind)) for row in rows]},
    )


def own_report(request: HttpRequest, pk: UUID) -> Report:
    """One's own; for anybody else, administrators too, there is no such page."""
    return get_object_or_404(Report.objects.of(request.user), pk=pk)


@member_page
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The receipt: where it is, who reads it, what they wrote."""
    return _page(request, own_report(request, pk), MessageForm())


def _page(request: HttpRequest, found: Report, form: MessageForm) -> HttpResponse:
    context = {
        "report": found,
        "kind": registry.label_of(found.subject_kind),
        "subject": registry.find(request.user, found.subject_kind, found.subject_id),
        "readers": [str(user) for user in services.readers_of(found)],
        "messages_": list(found.messages.all()),
        "form": form,
    }
    return render(request, "reports/pages/report.html", context)


@sensitive_post_parameters()
@member_form
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Adds to it."""
    found, form = own_report(request, pk), MessageForm(typed(request))
    if request.method == "POST" and form.is_valid():
        with explained(request, form):
            services.add(
                found,
                form.cleaned_data["text"],
                by=cast(User, request.user),
                token=form.cleaned_data["token"],
            )
            messages.success(request, _("Added. The administrators who read it are told."))
            return redirect(found.get_absolute_url())
    return _page(request, found, form)


@member_button
@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Takes it back."""
    found = own_report(request, pk)
    with explained(request):
        services.withdraw(found, by=cast(User, request.user))
        messages.success(request, _("Taken back. No administrator can open it any more."))
    return redirect(found.get_absolute_url())
