"""Links in texts that lead to one step of a lesson, in the reader's language."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.utils.html import escape
from wagtail.rich_text.pages import PageLinkHandler

from foundation.design.navigation import in_interface


class StepLinkHandler(PageLinkHandler):
    """Wagtail's links to pages, which may name a step: `<a linktype="page" id="7" step="block id">`.

    The editor's link chooser knows pages only: a link that somebody changes there leads to the lesson itself.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        pages = cls.get_many(attrs_list)
        return [_tag(page, attrs.get("step")) for page, attrs in zip(pages, attrs_list, strict=True)]


def _tag(page: Any, step: str | None) -> str:
    """The opening tag; the lesson's page sends the reader on to the step. Whoever reads it stays in their language,
    also where the page is not translated."""
    url = in_interface(page.localized.url) if page is not None else ""
    if not url:
        return "<a>"
    return f'<a href="{escape(f"{url}?step={quote(step)}" if step else url)}">'
