"""The frame around every page: where one can go, who is signed in, the same page in other languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from foundation.design.navigation import (
    ACCOUNT,
    DESK,
    FOOTER,
    SECTIONS,
    Item,
    address,
    home_url,
    in_each_language,
    language,
    menu,
    published,
    written_pages,
)
from foundation.l10n.names import site_name

if TYPE_CHECKING:
    from foundation.accounts.models import User


@dataclass(frozen=True)
class Language:
    """One interface language. `exists` says whether this very page is there, or only the site's first page."""

    code: str
    name: str
    url: str
    current: bool
    exists: bool


class Shell:
    """Everything base.html shows of the site around a page; each part is worked out when first asked for."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.section = ""  # which of SECTIONS the page belongs to, where its template says so: {% section %}
        self._edit_address: str | None = None

    @cached_property
    def nav(self) -> tuple[Item, ...]:
        return published(menu(SECTIONS, language()))

    @cached_property
    def footer(self) -> tuple[Item, ...]:
        source = getattr(settings, "SOURCE_URL", "")
        extra = (Item("source", _("Source code"), source),) if source else ()
        return published(menu(FOOTER, language())) + extra

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
        return site_name()

    @cached_property
    def user(self) -> User | None:
        """The signed-in person."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

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
        return menu(ACCOUNT, language()) + (menu(DESK, language()) if self.user.has_desk else ())

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
