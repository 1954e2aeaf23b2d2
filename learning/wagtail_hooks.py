"""What learning adds to the editors' admin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from foundation.accounts.models import User
from foundation.design.menu import shown_to
from foundation.l10n.lists import in_a_row
from foundation.l10n.names import said
from learning.admin.reports import DebtView
from learning.admin.viewsets import LearningViewSets, OnlyLook
from learning.models import CoursePage, Enrolment, TrainingModulePage, WebinarPage
from learning.rich_text import StepLinkHandler

register_permission_policy(Enrolment, OnlyLook(Enrolment))


@hooks.register("register_admin_viewset")
def learning_viewsets() -> LearningViewSets:
    """Cohorts, enrolments, libraries."""
    return LearningViewSets()


@hooks.register("before_bulk_action")
def keep_halves_back(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Several pages are published without a form, which would ask for what a lesson or course lacks."""
    if action_type != "publish" or request.method != "POST":
        return None
    pages = [row for row in objects if isinstance(row, Page)]
    if request.POST.get("include_descendants"):
        pages += [below for page in pages for below in page.get_descendants().not_live()]
    half = sorted({page.title for page in pages if _is_half(page)})
    if not half:
        return None
    messages.error(
        request,
        said(
            _("Nothing was published: a summary, or a first step or week, is missing in %(titles)s."),
            titles=in_a_row(half),
        ),
    )
    return redirect("wagtailadmin_explore_root")


def _is_half(page: Page) -> bool:
    if page.specific_class not in (TrainingModulePage, CoursePage):
        return False
    draft = page.get_latest_revision_as_object()
    return not (draft.summary and getattr(draft, draft.base_form_class.parts))


@hooks.register("register_rich_text_features", order=200)  # after Wagtail's own handler of links to pages
def links_to_steps(features: Any) -> None:
    """Let a link to a lesson lead to one of its steps."""
    features.register_link_type(StepLinkHandler)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_what_was_found_in_captions(request: Any, page: Any) -> None:
    """The notes stand below the captions; who publishes leaves the form, so they are told here too."""
    if not isinstance(page, WebinarPage) or not request.accepts("text/html"):
        return
    for caption in page.captions.all():
        for note in caption.notes:
            messages.warning(
                request, said(_("Captions in %(language)s: %(note)s"), language=caption, note=note)
            )


@hooks.register("register_admin_urls")
def lessons_without_capacities() -> list[Any]:
    """The list of lessons whose capacities nobody has chosen yet."""
    where, name = "reports/lessons-without-capacities/", "lessons_without_capacities"
    return [
        path(where, DebtView.as_view(), name=name),
        path(f"{where}results/", DebtView.as_view(results_only=True), name=f"{name}_results"),
    ]


def may_see_debt(user: User) -> bool:
    """To whom the list is open."""
    policy: Any = DebtView.permission_policy
    return bool(policy.user_has_any_permission(user, DebtView.any_permission_required))


@hooks.register("register_reports_menu_item")
def lessons_without_capacities_menu() -> MenuItem:
    """Beside the other reports."""
    return shown_to(may_see_debt)(
        gettext_lazy("Lessons without capacities"),
        reverse("lessons_without_capacities"),
        name="lessons-without-capacities",
        icon_name="tag",
        order=900,
    )
