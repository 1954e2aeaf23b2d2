"""What mentoring adds to the admin: the chooser of people, and a way to the boards."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from exchange.accounts.enums import Role
from mentoring.models import ProgrammeCoordinator
from mentoring.viewsets import PersonChooserViewSet, person_chooser


@hooks.register("register_admin_viewset")
def people() -> PersonChooserViewSet:
    """Coordinators of a programme are chosen among people."""
    return person_chooser


class BoardsItem(MenuItem):
    """Only for those who coordinate something."""

    def is_shown(self, request: Any) -> bool:
        user = request.user
        return (
            user.has_role(Role.COORDINATOR) or ProgrammeCoordinator.objects.filter(person__user=user).exists()
        )


@hooks.register("register_admin_menu_item")
def boards() -> MenuItem:
    """To what waits for a coordinator; requests themselves are never listed in the admin."""
    return BoardsItem(_("Mentoring boards"), reverse("mentoring:mine"), icon_name="group", order=450)
