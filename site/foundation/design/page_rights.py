"""Who may do what with a page in the admin, where Wagtail's own answer is too wide."""

from __future__ import annotations

from typing import Any

from wagtail.models import PagePermissionTester
from wagtail_localize.models import Translation


class PageRights(PagePermissionTester):  # type: ignore[misc]  # Wagtail has no types
    """Who may change pages but neither add nor publish them, a translator, changes translations and nothing else.

    Wagtail gives the right to change a page with its drafts, its history and its deletion, for each page of the tree.
    """

    def __init__(self, user: Any, page: Any) -> None:
        super().__init__(user, page)
        if user.is_superuser or not user.is_active or {"add", "publish"} & self.permissions:
            return
        if "change" in self.permissions and (page.translation_key, page.locale_id) not in translations(user):
            self.permissions.discard("change")


def translations(user: Any) -> set[tuple[Any, int]]:
    """Which pages are translations, by key and language; read once for the account of a request."""
    if not hasattr(user, "_translations"):
        rows = Translation.objects.values_list("source__object_id", "target_locale_id")
        user._translations = set(rows)
    found: set[tuple[Any, int]] = user._translations
    return found
