"""Choosers of the admin. Requests have no list there: they are private, and the board is their place."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet

from directory.models import Person
from foundation.accounts.constants import Role


def people_to_choose() -> QuerySet[Person]:
    """Who may be named as a coordinator: listed people, and those who coordinate already."""
    return Person.objects.filter(
        Q(listed=True, leave_alone=False, user__is_active=True) | Q(user__groups__name=Role.COORDINATOR.value)
    ).distinct()


class PersonChooserViewSet(ChooserViewSet):
    """Chooses a person; people who are not listed are not shown to editors."""

    model = Person
    icon = "user"
    choose_one_text = _("Choose a person")
    choose_another_text = _("Choose another person")
    per_page = 20

    def get_object_list(self) -> QuerySet[Person]:
        """Put into the chooser's views by the viewset."""
        return people_to_choose().order_by("name")


person_chooser = PersonChooserViewSet("mentoring_people")
