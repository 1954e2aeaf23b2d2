"""What the directory adds to the editors' admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permissions import register_permission_policy

from directory.admin.capacities.viewsets import CapacityViewSet, register_log_actions
from directory.admin.permissions import OwnersOnly
from directory.admin.viewsets import ListingViewSet, OrganisationViewSet, PersonViewSet
from directory.models import Listing, Person

for model in (Person, Listing):
    register_permission_policy(model, OwnersOnly(model), exact_class=True)


class DirectoryGroup(ViewSetGroup):
    """One menu for the records of the directory."""

    menu_label = _("Directory")
    menu_icon = "group"
    menu_order = 300
    items = (CapacityViewSet(), OrganisationViewSet(), PersonViewSet(), ListingViewSet())


@hooks.register("register_admin_viewset")
def register_directory() -> DirectoryGroup:
    """Organisations, people, offers and needs."""
    return DirectoryGroup()


hooks.register("register_log_actions", register_log_actions)
