"""Cohorts, enrolments and libraries in the admin."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy

from foundation.design.delete import CarefulDeleteView
from learning.models import Cohort, Enrolment, Library


class CohortViewSet(ModelViewSet):
    """When a course runs, with its sessions."""

    model = Cohort
    icon = "group"
    delete_view_class = CarefulDeleteView
    menu_label = _("Cohorts")
    list_display = ["course", "name", "starts_on", "ends_on", "seats", "taken"]
    list_filter = ["language", "starts_on"]
    search_fields = ["name"]
    panels = Cohort.panels
    inspect_view_enabled = True
    inspect_view_fields = ["course", "name", "language", "opens", "closes", "starts_on", "ends_on", "seats"]


class OnlyLook(ModelPermissionPolicy):
    """Enrolments come and go by the learners' own buttons, so that seats are counted and moves logged."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class EnrolmentViewSet(ModelViewSet):
    """Who takes part. States move by the buttons of learners and by seats that become free."""

    model = Enrolment
    icon = "user"
    menu_label = _("Enrolments")
    list_display = ["user", "cohort", "state", "created"]
    list_filter = ["state", "cohort"]
    form_fields = ["cohort", "user"]
    inspect_view_enabled = True
    inspect_view_fields = ["cohort", "user", "state", "state_since", "created"]


class LibraryViewSet(ModelViewSet):
    """Lessons that belong together."""

    model = Library
    icon = "folder-open-inverse"
    menu_label = _("Libraries")
    list_display = ["name", "listed"]
    search_fields = ["name"]
    panels = Library.panels


class LearningViewSets(ModelViewSetGroup):
    """The learning menu."""

    menu_label = _("Learning")
    menu_icon = "openquote"
    menu_order = 250
    items = (CohortViewSet("cohorts"), EnrolmentViewSet("enrolments"), LibraryViewSet("libraries"))
