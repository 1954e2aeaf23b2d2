"""What mentoring adds to the admin: the chooser of people, and a way to the boards."""

from __future__ import annotations

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from foundation.accounts.constants import Role
from foundation.accounts.models import User
from foundation.design.menu import shown_to
from mentoring.admin.views import TrustView
from mentoring.admin.viewsets import PersonChooserViewSet, person_chooser
from mentoring.models import ProgrammeCoordinator


@hooks.register("register_admin_viewset")
def people() -> PersonChooserViewSet:
    """Coordinators of a programme are chosen among people."""
    return person_chooser


def coordinates(user: User) -> bool:
    """Whether somebody coordinates something, or may."""
    return user.is_in(Role.COORDINATOR) or ProgrammeCoordinator.objects.filter(person__user=user).exists()


@hooks.register("register_admin_menu_item")
def boards() -> MenuItem:
    """To what waits for a coordinator; requests themselves are never listed in the admin."""
    return shown_to(coordinates)(
        gettext_lazy("Mentoring boards"), reverse("mentoring:mine"), icon_name="group", order=450
    )


class Trust(ViewSet):
    """One page, for administrators; what each of them may read, it decides itself."""

    name = "mentoring_trust"
    url_prefix = "answers-in-trust"
    icon = "lock"
    menu_label = gettext_lazy("Answers in trust")
    menu_order = 945
    menu_item_class = shown_to(lambda user: user.has_role(Role.ADMINISTRATOR))
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[Any]:
        """Addresses below /admin/answers-in-trust/."""
        return [path("", TrustView.as_view(), name="index")]


@hooks.register("register_admin_viewset")
def register_trust() -> Trust:
    """Answers that were promised to a safety team."""
    return Trust()
