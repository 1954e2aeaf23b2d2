"""The frame around every page: where one can go, who is signed in, the same page in other languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache as kept
from django.db import transaction
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, override, pgettext_lazy
from django.utils.translation import gettext as _
from wagtail.models import Page

if TYPE_CHECKING:
    from foundation.accounts.models import User


@dataclass(frozen=True)
class Item:
    """One link of a menu."""

    key: str
    label: str
    url: str


@dataclass(frozen=True)
class Language:
    """One interface language. `exists` says whether this very page is there, or only the site's first page."""

    code: str
    name: str
    url: str
    current: bool
    exists: bool


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
def _items(rows: tuple[Row, ...], code: str) -> tuple[Item, ...]:
    """Addresses do not change while the process lives, so each menu is made once a language."""
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


def _written(items: tuple[Item, ...]) -> tuple[Item, ...]:
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


class Shell:
    """Everything base.html shows of the site around a page; each part is worked out when first asked for."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.section = ""  # which of SECTIONS the page belongs to, where its template says so: {% section %}
        self._edit_address: str | None = None

    @cached_property
    def nav(self) -> tuple[Item, ...]:
        return _written(_items(SECTIONS, language()))

    @cached_property
    def footer(self) -> tuple[Item, ...]:
        source = getattr(settings, "SOURCE_URL", "")
        extra = (Item("source", _("Source code"), source),) if source else ()
        return _written(_items(FOOTER, language())) + extra

    @cached_property
    def written(self) -> dict[str, bool]:
        """Which pages of the menus there are."""
        return written_pages()

    @property
    def home(self) -> str:
        return home_url()

    @property
    def search(self) -> str:
        return address("search:search", "search/")

    @property
    def site_name(self) -> str:
        return _("The Capacity Exchange")

    @cached_property
    def user(self) -> User | None:
        """The signed-in person."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def unread(self) -> int:
        from foundation.notifications.services import unread_count

        return unread_count(self.user) if self.user else 0

    @property
    def feed(self) -> str:
        return address("notifications:feed")

    @property
    def login(self) -> str:
        """Sign-in that comes back to this page."""
        return address("account_login", "account/login/")

    @property
    def logout(self) -> str:
        return address("account_logout", "account/logout/")

    @cached_property
    def account(self) -> tuple[Item, ...]:
        """Menu of the signed-in person."""
        if not self.user:
            return ()
        return _items(ACCOUNT, language()) + (_items(DESK, language()) if self.user.has_desk else ())

    def edit_address(self, page: Page) -> str:
        """Where a page is edited, or nothing for who may not. The menu stands on the page twice: asked once."""
        if self._edit_address is None:
            may = (
                self.user
                and self.user.has_desk
                and page.pk
                and page.permissions_for_user(self.user).can_edit()
            )
            self._edit_address = reverse("wagtailadmin_pages:edit", args=[page.pk]) if may else ""
        return self._edit_address

    @property
    def canonical(self) -> str:
        return self.request.build_absolute_uri(self.request.path)

    @cached_property
    def language_name(self) -> str:
        return dict(settings.LANGUAGES).get(language(), language())

    def languages(self, urls: Mapping[str, str]) -> list[Language]:
        """The interface's languages and those this page is published in (`urls` by language code)."""
        now = language()
        spoken = dict(settings.INTERFACE_LANGUAGES)
        return [
            Language(
                code,
                name,
                urls.get(code) or home_url(code),
                code == now,
                code in urls,
            )
            for code, name in settings.LANGUAGES
            if code in spoken or code in urls
        ]

    def same_path(self) -> dict[str, str]:
        """This address with each language's prefix; views of ours have the same path in every language."""
        prefix = home_url()
        full = self.request.get_full_path()
        if not full.startswith(prefix):
            return {}
        return {
            code: home_url(code) + full.removeprefix(prefix) for code, _name in settings.INTERFACE_LANGUAGES
        }

    def translations_of(self, page: Any) -> dict[str, str]:
        """Addresses of a Wagtail page's published translations, and of it in the other languages; one query."""
        pages = Page.objects.live().filter(translation_key=page.translation_key)
        found = {
            other.locale.language_code: other.get_url(self.request)
            for other in pages.select_related("locale")
        }
        return in_each_language(found)
