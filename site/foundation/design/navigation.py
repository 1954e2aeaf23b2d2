"""Where one can go: the menus, and the addresses of things in each language of the interface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.core.cache import cache as kept
from django.db import transaction
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, override, pgettext_lazy
from wagtail.models import Page


@dataclass(frozen=True)
class Item:
    """One link of a menu."""

    key: str
    label: str
    url: str


# key, label, view name (or "" for a page of the tree), path below the language
Row = tuple[str, "str | Promise", str, str]
SECTIONS: tuple[Row, ...] = (
    ("learn", gettext_lazy("Learn"), "", "learn/"),
    ("help", gettext_lazy("Find help"), "directory:listings", "exchange/"),
    ("mentoring", gettext_lazy("Mentoring"), "", "mentoring/"),
    ("capacities", gettext_lazy("Capacities"), "home:capacities", "capacities/"),
)
FOOTER: tuple[Row, ...] = (
    ("about", pgettext_lazy("the page about this site", "About"), "", "about/"),
    ("conduct", gettext_lazy("Code of conduct"), "", "code-of-conduct/"),
    ("privacy", gettext_lazy("Privacy"), "", "privacy/"),
    ("figures", gettext_lazy("Figures and reports"), "home:figures", "figures/"),
)
# What an address begins with that is the same in every language; see exchange/urls.py.
WITHOUT_LANGUAGE = frozenset(
    {"admin", "documents", "healthz", "media", "robots.txt", "sitemap.xml", "sitemaps", "static"}
)
WRITTEN_PAGES = "foundation.design.written"
WRITTEN_SECONDS = 300
# Without a path: left out where the view does not exist.
ACCOUNT: tuple[Row, ...] = (
    ("profile", gettext_lazy("Your profile"), "directory:profile_edit", ""),
    ("listings", gettext_lazy("Your offers and needs"), "directory:my_listings", ""),
    ("exchanges", gettext_lazy("Your exchanges"), "directory:my_exchanges", ""),
    ("mentoring", gettext_lazy("Your mentoring"), "mentoring:mine", ""),
    ("learning", gettext_lazy("Your learning"), "learning:mine", ""),
    ("organisations", gettext_lazy("Your organisations"), "directory:my_organisations", ""),
    ("searches", gettext_lazy("Your saved searches"), "searches:mine", ""),
    ("account", gettext_lazy("Your account"), "accounts:account", ""),
    ("safety", gettext_lazy("Signing in and safety"), "accounts:safety", ""),
    ("preferences", gettext_lazy("E-mail and notifications"), "notifications:preferences", ""),
    ("privacy", gettext_lazy("Privacy and your data"), "accounts:privacy", ""),
)
DESK: tuple[Row, ...] = (("desk", gettext_lazy("Editors’ desk"), "wagtailadmin_home", ""),)


def language() -> str:
    """The interface language now, such as "ar"."""
    return get_language() or settings.LANGUAGE_CODE


def frame_language(code: str = "") -> str:
    """In what language the words around a page are: English below the address of one that is not translated."""
    code = code or language()
    return code if code in dict(settings.INTERFACE_LANGUAGES) else settings.LANGUAGE_CODE


def home_url(code: str = "") -> str:
    """The site's first page in a language."""
    return f"/{code or language()}/"


def in_interface(url: str | None, code: str = "") -> str:
    """An address of this site in an interface language, by default the one now, whatever language it begins with or
    where it leaves that out. Those of other sites, and of files and the admin, stay as they are."""
    if not url or not url.startswith("/") or url.startswith("//"):
        return url or ""
    first, _slash, rest = url[1:].partition("/")
    if first in dict(settings.LANGUAGES):
        return f"{home_url(code)}{rest}"
    return url if first in WITHOUT_LANGUAGE else f"{home_url(code)}{url[1:]}"


def address(view: str, path: str = "") -> str:
    """Of a view; of a path below the language where the view does not exist; "" without either."""
    if view:
        try:
            return reverse(view)
        except NoReverseMatch:
            pass
    return home_url() + path if path else ""


@cache
def menu(rows: tuple[Row, ...], code: str) -> tuple[Item, ...]:
    """The links of a menu in a language. Addresses do not change while the process lives, so each is made once."""
    with override(code):
        items = [Item(key, str(label), address(view, path)) for key, label, view, path in rows]
    return tuple(item for item in items if item.url)


def written_pages() -> dict[str, bool]:
    """Which pages of the menus somebody has published, in whatever language: readers get them in their interface.

    Kept until a page changes.
    """
    found: dict[str, bool] | None = kept.get(WRITTEN_PAGES)
    if found is None:
        slugs = {key: path.strip("/") for key, _label, view, path in (*SECTIONS, *FOOTER) if not view}
        # Below the home page of a language, which is below the root.
        pages = Page.objects.live().filter(depth=3, slug__in=slugs.values())
        published = set(pages.values_list("slug", flat=True))
        found = {key: slug in published for key, slug in slugs.items()}
        kept.set(WRITTEN_PAGES, found, WRITTEN_SECONDS)
    return found


def published(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Those whose page somebody has published, and those that are no pages of the tree."""
    written = written_pages()
    return tuple(item for item in items if written.get(item.key, True))


def in_each_language(urls: Mapping[str, str]) -> dict[str, str]:
    """The addresses of a page by language, with those at which readers of the other interface languages get it."""
    found = {code: url for code, url in urls.items() if url}
    shown = found.get("en") or next(iter(found.values()), "")
    others = {code: in_interface(shown, code) for code, _name in settings.INTERFACE_LANGUAGES if shown}
    return {**others, **found}


def page_changed(sender: Any, **kwargs: Any) -> None:
    """Receiver of what is saved and deleted: the menus may have one page more or less."""
    if issubclass(sender, Page):
        transaction.on_commit(lambda: kept.delete(WRITTEN_PAGES))
