"""What translators do not do to others: publish past the moderators, give up a translation. And who may know of a draft.

wagtail-localize lets everybody publish who may begin a translation. What they may do with a page at all:
`foundation/design/page_rights.py`.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail_localize.views.convert import convert_to_alias
from wagtail_localize.views.update_translations import UpdateTranslationsView


class SyncView(UpdateTranslationsView):  # type: ignore[misc]  # wagtail-localize has no types
    """Tells translations of the original's new words; who may publish all of them may do so with it."""

    def get_form(self) -> Any:
        form = super().get_form()
        if not self._may_publish():
            form.fields["publish_translations"].disabled = True
            form.fields["publish_translations"].widget = forms.HiddenInput()
        return form

    def _may_publish(self) -> bool:
        goals = self.object.translations.filter(enabled=True)
        pages = [goal.get_target_instance() for goal in goals]
        return all(
            isinstance(page, Page) and page.permissions_for_user(self.request.user).can_publish()
            for page in pages
        )


def become_copy(request: HttpRequest, page_id: int) -> HttpResponse:
    """Gives up a translation for the original's words, live at once: for those who may publish."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    answer: HttpResponse = convert_to_alias(request, page_id)
    return answer


def may_see(user: Any, page: Page) -> bool:
    """Whether somebody in the admin may know of a page: it is published, or in the part of the tree that they work on."""
    return bool(page.live) or page_permission_policy.explorable_instances(user).filter(pk=page.pk).exists()


def seen_by(user: Any, pages: Any) -> Any:
    """Of a question for pages those that they may know of."""
    return pages.filter(
        Q(live=True) | Q(pk__in=page_permission_policy.explorable_instances(user).values("pk"))
    )
