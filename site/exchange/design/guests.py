"""Pages that exist in other languages only: shown below the reader's own part of the tree, in their interface.

The language of the interface and that of what is read are two things. `/ar/learn/a-lesson/` of an English lesson is
that lesson with everything around it in Arabic, and so is every address below it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.url_routing import RouteResult


def language_attrs(code: str) -> SafeString | str:
    """The attributes of an element in another language than what is around it; nothing for none."""
    return format_html(' lang="{}" dir="{}"', code, direction_of(code)) if code else ""


def direction_of(code: str) -> str:
    """Which way a language is written."""
    return "rtl" if get_language_info(code)["bidi"] else "ltr"


class Guest:
    """Mixin of pages that may be shown below another language's part of the tree."""

    # The page below which it is shown, where that is not its parent.
    host: Any = None
    # Of the page that is mixed with this.
    slug: Any
    url_path: Any
    locale: Any
    alias_of: Any
    alias_of_id: Any

    @property
    def foreign_language(self) -> str:
        """The language of what is read, where it is not that of the page's place: of guests and of aliases."""
        if self.host is not None:
            return str(self.locale.language_code)
        if self.alias_of_id is None:
            return ""
        own = self.alias_of.locale.language_code
        return "" if own == self.locale.language_code else str(own)

    @property
    def foreign_attrs(self) -> SafeString | str:
        """`lang` and `dir` for an element that holds words of the page; nothing where the page has its own."""
        return language_attrs(self.foreign_language)

    def get_url_parts(self, request: HttpRequest | None = None) -> Any:
        """Below the host while it is a guest there, so that every link on it stays in the reader's language."""
        if self.host is None:
            return super().get_url_parts(request)  # type: ignore[misc]
        above = self.host.get_url_parts(request)
        # A page below a guest has that guest as host and is in the same part of the tree.
        inside = self.url_path.startswith(self.host.url_path)
        below = self.url_path.removeprefix(self.host.url_path) if inside else f"{self.slug}/"
        return above and (*above[:2], f"{above[2]}{below}")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """A page below a guest is a guest too."""
        found = super().route(request, path_components)  # type: ignore[misc]
        if self.host is not None and isinstance(found.page, Guest) and found.page is not self:
            found.page.host = found.page.host or self
        return found


class Moved:
    """Where a page is now; `Host.serve` sends the reader there."""

    def __init__(self, url: str) -> None:
        self.url = url


class Host:
    """Mixin of pages that show guests, and know where pages went whose address changed."""

    # Of the page that is mixed with this.
    translation_key: Any
    locale_id: Any

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        try:
            return super().route(request, path_components)  # type: ignore[misc]
        except Http404:
            found = self.elsewhere(request, path_components) if path_components else None
            if found is None:
                raise
            return found

    def elsewhere(self, request: HttpRequest, path_components: list[str]) -> RouteResult | None:
        """The page of another language, or where it moved to, with what the address says below it."""
        slug, below = path_components[0], path_components[1:]
        model: Any = type(self)
        hosts = list(
            model._default_manager.filter(translation_key=self.translation_key, live=True).order_by("pk")
        )
        page = self._published(hosts, slug)
        if page is None:
            page = self._moved(request, hosts, slug)
        if page is None:
            return None
        versions = Page.objects.live().filter(translation_key=page.translation_key).order_by("pk")
        by_locale = {row.locale_id: row for row in versions}
        best: Any = (by_locale.get(self.locale_id) or by_locale.get(hosts[0].locale_id) or page).specific
        return self._shown(request, best, slug, below) if isinstance(best, Guest) else None

    def _shown(self, request: HttpRequest, page: Any, slug: str, below: list[str]) -> RouteResult | None:
        if page.locale_id != self.locale_id:
            page.host = self
        if page.slug == slug:
            # Where it is there in this language, its own route has said already that there is no such address.
            found: RouteResult | None = page.route(request, below) if page.host is not None else None
            return found
        rest = "".join(f"{quote(part)}/" for part in below)
        return RouteResult(self, args=(Moved(f"{page.get_url(request)}{rest}"),))

    def _published(self, hosts: list[Any], slug: str) -> Any:
        for host in hosts:
            found = Page.objects.child_of(host).live().filter(slug=slug).first()
            if found is not None:
                return found
        return None

    def _moved(self, request: HttpRequest, hosts: list[Any], slug: str) -> Any:
        """The page that once had an address below this one, here or in another language."""
        above = [parts[2] for parts in (host.get_url_parts(request) for host in hosts) if parts]
        paths = {Redirect.normalise_path(f"{path}{slug}") for path in above}
        row = Redirect.objects.filter(old_path__in=paths, redirect_page__live=True).first()
        return row.redirect_page if row else None

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if args and isinstance(args[0], Moved):
            return HttpResponseRedirect(args[0].url)
        return super().serve(request, *args, **kwargs)  # type: ignore[misc]
