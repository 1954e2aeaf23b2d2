"""The taxonomy in the editors' admin: one tree, and what one may do with each capacity."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSet

from directory.admin.capacities.views import (
    SEEING,
    AddView,
    ChangeView,
    ChooseView,
    DeleteView,
    MergeView,
    MoveView,
    TreeView,
    policy,
)
from foundation.design.menu import shown_to


class CapacityViewSet(ViewSet):
    """Tree, add, change, move, merge, delete."""

    name = "directory_capacities"
    url_prefix = "capacities"
    icon = "list-ul"
    menu_label = _("Capacities")
    menu_item_class = shown_to(lambda user: policy.user_has_any_permission(user, SEEING))

    def get_urlpatterns(self) -> list[Any]:
        """Addresses below /admin/capacities/."""
        return [
            path("", TreeView.as_view(), name="index"),
            path("choose/", ChooseView.as_view(), name="choose"),
            path("add/", AddView.as_view(), name="add"),
            path("<int:pk>/", ChangeView.as_view(), name="edit"),
            path("<int:pk>/add/", AddView.as_view(), name="add_below"),
            path("<int:pk>/move/", MoveView.as_view(), name="move"),
            path("<int:pk>/merge/", MergeView.as_view(), name="merge"),
            path("<int:pk>/delete/", DeleteView.as_view(), name="delete"),
        ]


def register_log_actions(actions: Any) -> None:
    """Words for what the log of the taxonomy says beside Wagtail's own."""
    actions.register_action("directory.move", _("Move"), _("Moved in the tree of capacities"))
    actions.register_action("directory.merge", _("Merge"), _("Another capacity was merged into it"))
