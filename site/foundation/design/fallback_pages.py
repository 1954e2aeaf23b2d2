"""Pages that exist in other languages only: shown below the reader's own part of the tree, in their interface.

The language of the interface and that of what is read are two things. `/ar/learn/a-lesson/` of an English lesson is
that lesson with everything around it in Arabic, and so is every address below it.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.utils.safestring import SafeString
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from foundation.design.navigation import frame_language, in_interface
from foundation.design.page_rights import PageRights
from foundation.design.translatable import language_attrs, marked_value


class Guest:
    """Mixin of pages that may be shown below another language's part of the tree."""

    # The page below which it is shown, where that is not its parent.
    host: Any = None
    # The language below whose beginning it is shown, where nothing is written in that language.
    abroad: str = ""
    # Of the page that is mixed with this.
    pk: Any
    translation_key: Any
    slug: Any
    url_path: Any
    locale: Any
    alias_of: Any
    alias_of_id: Any
    get_parent: Any

    def permissions_for_user(self, user: Any) -> PageRights:
        """Who may do what with it in the admin."""
        return PageRights(user, self)

    @property
    def is_guest(self) -> bool:
        """Whether it is shown in another language's part of the tree."""
        return self.host is not None or bool(self.abroad)

    @property
    def shown_in(self) -> str:
        """The language of the part of the tree in which it is shown."""
        if self.host is not None:
            return str(self.host.shown_in)
        return self.abroad or str(self.locale.language_code)

    @property
    def written_in(self) -> str:
        """The language of its words: an alias repeats those of another page."""
        return str((self.alias_of if self.alias_of_id else self).locale.language_code)

    @property
    def foreign_language(self) -> str:
        """The language of its words where the frame around them is in another, else nothing."""
        words = self.written_in
        return "" if words == frame_language(self.shown_in) else words

    @cached_property
    def original(self) -> Any:
        """The version that was made first; the page itself while it is not saved."""
        pages = type(self)._default_manager.filter(translation_key=self.translation_key)  # type: ignore[attr-defined]
        first = pages.select_related("locale").order_by("pk").first()
        return self if first is None or first.pk == self.pk else first

    @property
    def word_languages(self) -> tuple[str, str]:
        """The language of words that are still the original's, and that of all others; "" for the frame's."""
        own = self.foreign_language
        if self.alias_of_id or self.original.pk == self.pk:
            return own, own
        theirs = self.original.locale.language_code
        return "" if theirs == frame_language(self.shown_in) else theirs, own

    def words(self, name: str) -> Any:
        """A field in which words know their language where that is not the frame's: plain words, rich text or blocks."""
        value, (theirs, own) = getattr(self, name), self.word_languages
        if not (value and (theirs or own)):
            return value
        return marked_value(value, getattr(self.original, name), theirs=theirs, own=own)

    @property
    def foreign_attrs(self) -> SafeString | str:
        """`lang` and `dir` for an element that holds words of the page; nothing where the page has its own."""
        return language_attrs(self.foreign_language)

    def get_url_parts(self, request: HttpRequest | None = None) -> Any:
        """Below the host while it is a guest there, so that every link on it stays in the reader's language."""
        if self.host is None:
            parts = super().get_url_parts(request)  # type: ignore[misc]
            return (*parts[:2], in_interface(parts[2], self.abroad)) if parts and self.abroad else parts
        above = self.host.get_url_parts(request)
        # A page below a guest has that guest as host and is in the same part of the tree.
        inside = self.url_path.startswith(self.host.url_path)
        below = self.url_path.removeprefix(self.host.url_path) if inside else f"{self.slug}/"
        return above and (*above[:2], f"{above[2]}{below}")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """A page below a guest is a guest too."""
        found = super().route(request, path_components)  # type: ignore[misc]
        if self.is_guest and isinstance(found.page, Guest):
            self._invite(found.page)
        return found

    def _invite(self, page: Any) -> None:
        """Makes a page below this one, and what is between them, guests."""
        if page is self or page.is_guest:
            return
        above = page.get_parent().specific
        page.host = self if above.pk == self.pk else above
        if above.pk != self.pk:
            self._invite(above)


class Moved:
    """Where a page is now; `Host.serve` sends the reader there."""

    def __init__(self, url: str) -> None:
        self.url = url


class Host(Guest):
    """Mixin of pages that show guests, and know where pages went whose address changed."""

    # Of the page that is mixed with this.
    locale_id: Any

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        try:
            return super().route(request, path_components)
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
        if page.locale_id != self.locale_id or self.is_guest:
            page.host = self
        if page.slug == slug:
            # Where it is there in this language, its own route has said already that there is no such address.
            found: RouteResult | None = page.route(request, below) if page.is_guest else None
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
