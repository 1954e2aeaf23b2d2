"""What the house itself adds to the editors' admin: which translations are behind, and files of translators."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from laces.components import Component
from wagtail import hooks
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.views.account import AvatarSettingsPanel
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail_localize.models import Translation

from exchange.home.forms import FaceForm
from exchange.home.operations.checklist import Point, points
from exchange.home.permissions import SyncView, become_copy, seen_by
from exchange.home.po_files import upload
from exchange.home.translation_sync import all_behind
from exchange.home.views.failed_jobs import FailedJobsView, may_look_after_jobs
from exchange.home.views.status import StatusJSON, StatusView, may_see_status
from exchange.home.workflow import approve, hand_in_view
from foundation.accounts.constants import Role
from foundation.accounts.models import User
from foundation.design.delete import CarefulAPIAction
from foundation.design.menu import shown_to
from foundation.l10n.languages import language_name
from foundation.l10n.lists import in_a_row
from foundation.l10n.names import said

MOST_SHOWN = 10
# Names of wagtail-localize's buttons.
GIVING_UP, STARTING_AGAIN = "localize-convert-to-alias", "localize-restart-translation"
# Wagtail has no setting for it. Its own form keeps the place of a small picture and fails on half a one, and its
# template says nothing of what is wrong.
AvatarSettingsPanel.form_class = FaceForm
AvatarSettingsPanel.template_name = "home/admin/face.html"


def _words(number: int) -> str:
    return ngettext("%(count)s text to translate", "%(count)s texts to translate", number) % {"count": number}


def _language(goal: Translation) -> str:
    return language_name(goal.target_locale.language_code, get_language() or "en")


@hooks.register("after_publish_page")
def tell_what_is_behind(request: HttpRequest, page: Page) -> None:
    """An editor who publishes an original learns what that leaves to its translators."""
    goals = Translation.objects.filter(
        source__object_id=page.translation_key, source__locale_id=page.locale_id, enabled=True
    )
    languages = [_language(goal) for goal in goals.select_related("target_locale")]
    if not languages:
        return
    messages.info(
        request,
        format_html(
            '{} <a href="{}">{}</a>',
            said(
                _(
                    "Translations of this page: %(languages)s. Order, pictures and right answers have changed there "
                    "too; translators see which words are still to translate."
                ),
                languages=in_a_row(sorted(languages)),
            ),
            reverse("wagtail_localize:translations_report") + "?waiting_for_translation=true",
            _("All translations that are behind"),
        ),
    )


class BehindPanel(Component):
    """Translations with something to do, on the first page of the admin."""

    order = 150
    template_name = "home/admin/behind.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """At most ten, those whose original changed last first."""
        found = all_behind(MOST_SHOWN + 1)
        rows = [
            {
                "title": goal.source.object_repr,
                "language": _language(goal),
                "words": _words(number),
                "url": goal.get_target_instance_edit_url(),
            }
            for goal, number in found[:MOST_SHOWN]
        ]
        return {"rows": rows, "more": len(found) > MOST_SHOWN}


@hooks.register("construct_homepage_panels")
def show_what_is_behind(request: HttpRequest, panels: list[Any]) -> None:
    """For those who may change pages: editors, moderators, translators."""
    if page_permission_policy.user_has_any_permission(request.user, {"change"}):
        panels.append(BehindPanel())


class ChecklistPanel(Component):
    """What is left to do on a new site, before everything else."""

    order = 10
    template_name = "home/admin/checklist.html"

    def __init__(self, points: list[Point]) -> None:
        self.points = points

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """All points, also those that are done: one sees how far one is."""
        return {"points": self.points}


@hooks.register("construct_homepage_panels")
def show_what_is_left(request: HttpRequest, panels: list[Any]) -> None:
    """For administrators, until all is done."""
    if isinstance(request.user, User) and request.user.has_role(Role.ADMINISTRATOR):
        found = points(request)
        if not all(point.is_done for point in found):
            panels.append(ChecklistPanel(found))


# Before wagtail-localize's own addresses of the same paths, which answer 500 to a file of something else and publish
# for whoever may begin a translation.
@hooks.register("register_admin_urls", order=-10)
def translation_files() -> list[Any]:
    """Catalogues that come back from a translator's own program, and handing in."""
    one = "localize/translate/<int:translation_id>/"
    return [
        path(f"{one}pofile/upload/", upload, name="upload_checked_pofile"),
        path(f"{one}hand-in/", hand_in_view, name="hand_in_translation"),
        path(
            "localize/update/<int:translation_source_id>/",
            SyncView.as_view(),
            name="update_checked_translations",
        ),
        path("localize/page/<int:page_id>/convert_to_alias/", become_copy, name="convert_checked_page"),
    ]


# Before wagtail-localize's own, which would publish past the moderators' task and so call it cancelled.
@hooks.register("before_edit_page", order=-10)
def publish_what_was_handed_in(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A moderator who publishes a translation in its editor says yes to what was handed in."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    goal = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    ).first()
    try:
        if goal is None or not approve(goal, request.user):
            return None
    except ValidationError:
        return None  # wagtail-localize says which sentence it is
    messages.success(request, said(_("“%(title)s” was published."), title=page.specific.title))
    return redirect(request.path)


@hooks.register("construct_page_action_menu")
def give_up_last(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """To become a copy of the original is for those who may publish, and never the first button of a page.

    wagtail-localize offers it where a translation was stopped, to everybody and before all else; so it does with
    taking the translation up again, which replaces what was written since.
    """
    page = context.get("page")
    may = page is not None and page.permissions_for_user(request.user).can_publish()
    last = [item for item in items if item.name in (GIVING_UP, STARTING_AGAIN)]
    kept = [item for item in last if may or item.name != GIVING_UP]
    items[:] = [item for item in items if item not in last] + kept


class PagesAPI(PagesAdminAPIViewSet):  # type: ignore[misc]  # Wagtail has no types
    """Pages for the admin's own scripts, with the questions that its forms ask."""

    actions: ClassVar = {**PagesAdminAPIViewSet.actions, "delete": CarefulAPIAction}


@hooks.register("construct_admin_api")
def ask_in_the_api_too(router: Any) -> None:
    """In the place of Wagtail's own."""
    router.register_endpoint("pages", PagesAPI)


class FailedJobs(ViewSet):
    """One page: jobs that were given up."""

    name = "failed_jobs"
    url_prefix = "failed-jobs"
    icon = "warning"
    menu_label = gettext_lazy("Failed jobs")
    menu_order = 960
    menu_item_class = shown_to(may_look_after_jobs)
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[Any]:
        """Addresses below /admin/failed-jobs/."""
        return [path("", FailedJobsView.as_view(), name="index")]


@hooks.register("register_admin_viewset")
def register_failed_jobs() -> FailedJobs:
    """What the queue could not do."""
    return FailedJobs()


@hooks.register("construct_page_chooser_queryset")
def no_drafts_of_others_to_choose(pages: Any, request: HttpRequest) -> Any:
    """Wagtail's chooser of pages lists all drafts to everybody who has the admin."""
    return seen_by(request.user, pages)


@hooks.register("before_move_page", order=-10)
def only_what_one_may_move(request: HttpRequest, page: Page, destination: Page) -> None:
    """Wagtail asks who may move a page when it is moved, and shows its title to everybody before."""
    if not page.permissions_for_user(request.user).can_move():
        raise PermissionDenied


class SiteStatus(ViewSet):
    """How the site is doing, among the reports."""

    name = "site_status"
    url_prefix = "reports/status"
    icon = "desktop"
    menu_label = gettext_lazy("How the site is doing")
    menu_order = 100
    menu_item_class = shown_to(may_see_status)
    menu_hook = "register_reports_menu_item"

    def get_urlpatterns(self) -> list[Any]:
        """Addresses below /admin/reports/status/."""
        return [
            path("", StatusView.as_view(), name="index"),
            path("json/", StatusJSON.as_view(), name="json"),
        ]


@hooks.register("register_admin_viewset")
def register_status() -> SiteStatus:
    """What an operator looks at first."""
    return SiteStatus()
