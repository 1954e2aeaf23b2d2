"""What translators do not do to others: publish past the moderators, give up a translation, delete a page.

wagtail-localize lets everybody publish who may begin a translation, and Wagtail everybody delete a draft who may
change it.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.views.convert import convert_to_alias
from wagtail_localize.views.update_translations import UpdateTranslationsView

from foundation.l10n.names import said


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


def why_not_delete(request: HttpRequest, pages: list[Page]) -> str:
    """Who may change pages and neither add nor publish them, a translator, deletes translations that nobody reads."""
    for page in pages:
        if not _may_delete(page, request.user):
            sentence = _(
                "“%(title)s” is not deleted: you may delete translations that are not published, and your own pages."
            )
            return said(sentence, title=page.title)
    return ""


def _may_delete(page: Page, user: Any) -> bool:
    rights = page.permissions_for_user(user)
    if user.is_superuser or {"add", "publish"} & rights.permissions or page.owner_id == user.pk:
        return True
    goals = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id
    )
    return not page.live and goals.exists()
