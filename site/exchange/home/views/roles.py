"""Roles in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.users.views.groups import DeleteView, GroupViewSet

from foundation.design.delete import CarefulDeleteView


class RoleDeleteView(CarefulDeleteView, DeleteView):  # type: ignore[misc]  # Wagtail has no types
    """A role that people have is taken from them first."""

    instead = _("Take the role from everybody first.")


class RoleViewSet(GroupViewSet):  # type: ignore[misc]
    """List, add, change, delete."""

    delete_view_class = RoleDeleteView
