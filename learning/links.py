"""Links in texts that lead to one step of a lesson, in the reader's language."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from wagtail.rich_text.pages import PageLinkHandler


class StepLinkHandler(PageLinkHandler):
    """Wagtail's links to pages, which may name a step: `<a linktype="page" id="7" step="block id">`.

    The editor's link chooser knows pages only: a link that somebody changes there leads to the lesson itself.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        tags = super().expand_db_attributes_many(attrs_list)
        return [_at_step(tag, attrs.get("step")) for tag, attrs in zip(tags, attrs_list, strict=True)]


def _at_step(tag: str, step: str | None) -> str:
    """The opening tag with the step in its address; the lesson's page sends the reader on to it."""
    if not step or not tag.endswith('">'):
        return tag
    return f'{tag[:-2]}?step={quote(step)}">'
