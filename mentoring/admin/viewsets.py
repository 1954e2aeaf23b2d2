"""Choosers of the admin. Requests have no list there: they are private, and the board is their place."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.chooser import ChosenMultipleView, ChosenView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from directory.models import Person
from foundation.accounts.constants import Role


def people_to_choose() -> QuerySet[Person]:
    """Who may be named as a coordinator: listed people, and those who coordinate already."""
    return Person.objects.filter(
        Q(listed=True, leave_alone=False, user__is_active=True) | Q(user__groups__name=Role.COORDINATOR.value)
    ).distinct()


class OneChosen(ChosenView):  # type: ignore[misc]  # Wagtail has no types
    """Answers with the name of whom the list offers; Wagtail's own does so for everybody whose number is known."""

    def get_object(self, pk: str) -> Person:
        """Raises Person.DoesNotExist for somebody else."""
        return people_to_choose().get(pk=pk)


class SeveralChosen(ChosenMultipleView):  # type: ignore[misc]  # Wagtail has no types
    """The same for several."""

    def get_objects(self, pks: Iterable[str]) -> QuerySet[Person]:
        """Those of them whom the list offers."""
        return people_to_choose().filter(pk__in=pks)


class PersonChooserViewSet(ChooserViewSet):
    """Chooses a person; people who are not listed are not shown to editors."""

    model = Person
    icon = "user"
    choose_one_text = _("Choose a person")
    choose_another_text = _("Choose another person")
    per_page = 20
    chosen_view_class = OneChosen
    chosen_multiple_view_class = SeveralChosen

    def get_object_list(self) -> QuerySet[Person]:
        """Put into the chooser's views by the viewset."""
        return people_to_choose().order_by("name")


person_chooser = PersonChooserViewSet("mentoring_people")
