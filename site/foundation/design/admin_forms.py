"""The form of a page in the editors' admin."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from wagtail.admin.forms import WagtailAdminPageForm

LONGEST = 240  # characters of a slug that leave room for a number


class EditorsPageForm(WagtailAdminPageForm):  # type: ignore[misc]  # Wagtail's forms have no types
    """A page needs a title. Its address is made of that where it is left empty.

    Wagtail's script fills it in while one types; who presses Enter before, or has no script, is not to be asked.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        title = self.cleaned_data.get("title")
        if (
            title
            and "slug" in self.fields
            and not self.cleaned_data.get("slug")
            and "slug" not in self.errors
        ):
            self.cleaned_data["slug"] = self._free_slug(title)
        cleaned: dict[str, Any] = super().clean()
        return cleaned

    def _free_slug(self, title: str) -> str:
        """Of the title, or of the kind of page where the title has no letters; with a number where it is taken."""
        wanted = slugify(title, allow_unicode=True)[:LONGEST] or self.instance._meta.model_name
        slug, number = wanted, 1
        while not self.instance._slug_is_available(slug, self.parent_page, self.instance):
            number += 1
            slug = f"{wanted}-{number}"
        return slug
