"""Words and addresses in templates, which {% load design %} gives together with what `design` draws.

Nothing here writes an element: languages and directions, names in sentences, where a link leads.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString
from wagtail.models import Page

from foundation.design import pagination as pages
from foundation.design.fallback_pages import Guest
from foundation.design.layout import Language, Shell
from foundation.design.navigation import frame_language
from foundation.design.navigation import in_interface as in_interface_now
from foundation.design.translatable import Foreign, direction_of, language_attrs
from foundation.l10n import lists, names, times

register = template.Library()


@register.simple_tag(takes_context=True)
def edit_address(context: Context) -> str:
    """{% edit_address as edit %}: where the page that is shown is edited, for who may; else nothing."""
    shell, page = context.get("shell"), context.get("page")
    return shell.edit_address(page) if shell and isinstance(page, Page) else ""


@register.filter
def in_interface(page: Any) -> str:
    """{{ page|in_interface }}: a page's address where the reader stays in the language of their interface."""
    return in_interface_now(page.url)


@register.simple_tag(name="frame_language")
def frame_language_now() -> dict[str, str]:
    """{% frame_language as frame %}: code and direction of everything that does not say another language."""
    code = frame_language()
    return {"code": code, "direction": direction_of(code)}


@register.filter
def words(page: Any, name: str) -> Any:
    """{{ page|words:"introduction"|richtext }}: a field of a page, in which words that are not in the language of the
    frame around them know their own. Pages that are not written in languages give the field itself."""
    return page.words(name) if isinstance(page, Guest) else getattr(page, name, "")


@register.filter
def in_a_row(words: Any) -> str:
    """{{ names|in_a_row }}: "French, Arabic", with the comma of the reader's script."""
    return lists.in_a_row(words)


@register.filter
def lang_attrs(words: Any) -> SafeString | str:
    """<h3{{ value.title|lang_attrs }}>: `lang` and `dir` where words are not in the language of the page."""
    return language_attrs(words.language) if isinstance(words, Foreign) else ""


@register.filter
def isolate(name: object) -> str:
    """{% blocktranslate with name=person.name|isolate %}: a name that runs the other way turns nothing around it."""
    return names.isolated(name)


@register.filter
def ago(moment: datetime) -> str:
    """{{ row.created|ago }}: "2 hours ago", as the reader's language counts."""
    return times.ago(moment)


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """{% query page=2 sort=None %}: this address's query with changes, "?" when nothing is left."""
    request = context.get("request")
    return pages.changed(request.GET if request else None, **changes)


@register.simple_tag(takes_context=True)
def absolute(context: Context, url: str) -> str:
    """{% absolute url %}: with scheme and host of this request, for links that leave the page."""
    request = context.get("request")
    return request.build_absolute_uri(url) if request else url


@register.simple_tag(takes_context=True)
def page_languages(context: Context) -> list[Language]:
    """{% page_languages as frame_languages %}: this page in each interface language.

    Taken from `language_urls` in the context, else from a Wagtail page's translations, else the same path.
    """
    shell: Shell | None = context.get("shell")
    if shell is None:
        return []
    urls = context.get("language_urls")
    if urls is None:
        page = context.get("page")
        in_tree = getattr(page, "translation_key", None) and getattr(page, "pk", None)
        urls = shell.translations_of(page) if in_tree else shell.same_path()
    return shell.languages(urls)
