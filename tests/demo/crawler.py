"""Follows links as a reader would, and says which are dead or lead out of the reader's language."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import translation
from wagtail.models import Page

from foundation.design.navigation import WITHOUT_LANGUAGE

LANGUAGES = dict(settings.LANGUAGES)
# Of what is in many states, several.
SAMPLES = {
    "notifications/<int:pk>/": 30,
    "exchanges/<uuid:pk>/": 4,
    "listings/<uuid:pk>/": 2,
    "mentoring/pairs/<uuid:pk>/": 3,
    "mentoring/requests/<uuid:pk>/": 3,
    "mentoring/proposals/<uuid:pk>/": 3,
}
# What is no other for who is signed in: followed by who is not.
THE_SAME_FOR_ALL = (
    "media/",
    "search/feed.atom",
    "search/results.json",
    "figures/",
    "account/password/reset/",
)
SHOWS_A_PART = {"kind", "sort", "page", "t", "transcript"}


class Sheet(HTMLParser):
    """What of a page matters here: its language, its ids, where its links and forms lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.language = ""
        self.direction = ""
        self.ids: set[str] = set()
        # Address and the language that the link names, if any; of forms that ask, the address alone.
        self.links: list[tuple[str, str]] = []
        self.asked: list[str] = []
        self.sent_to: list[str] = []
        self._posts = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "html":
            self.language, self.direction = given.get("lang", ""), given.get("dir", "")
        elif tag == "a" and "href" in given:
            self.links.append((given["href"], given.get("hreflang", "")))
        elif tag == "form":
            self._posts = given.get("method", "get").lower() == "post"
            action = given.get("action", "")
            if self._posts:
                self.sent_to.append(action)
            else:
                self.asked.append(action)
        elif tag in ("button", "input") and "formaction" in given:
            (self.sent_to if self._posts else self.asked).append(given["formaction"])


@dataclass
class Crawl:
    """One person's way through the site in one language, from its first page.

    What differs by a name or a number only is one kind, of which one is followed, or as many as SAMPLES says. Every
    link of every page that is read is looked at, though: whether it stays in the language, whether its fragment is
    there. Filters and orders of lists are followed one by one and not in all their combinations.
    """

    client: Client
    language: str
    wrong: list[str] = field(default_factory=list)
    followed: Counter[str] = field(default_factory=Counter)
    waiting: deque[tuple[str, str]] = field(default_factory=deque)
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.client.raise_request_exception = False
        self.is_signed_in = "_auth_user_id" in self.client.session
        # Kinds of pages by language and path below the first page of it.
        self.pages: dict[tuple[str, str], str] = {}
        rows = Page.objects.live().filter(depth__gt=2)
        for path, model, code in rows.values_list("url_path", "content_type__model", "locale__language_code"):
            self.pages[code, "/".join(path.split("/")[2:-1])] = model

    def run(self) -> list[str]:
        """What is wrong with what can be reached."""
        self._wait(f"/{self.language}/", "nowhere")
        while self.waiting:
            self._follow(*self.waiting.popleft())
        return self.wrong

    def _wait(self, url: str, by: str) -> None:
        """Remembers an address to follow, unless enough of its kind were."""
        if url in self.seen:
            return
        self.seen.add(url)
        place = self.place_of(url)
        names = parse_qs(urlsplit(url).query, keep_blank_values=True)
        if self.is_signed_in and (
            place.startswith(THE_SAME_FOR_ALL) or (SHOWS_A_PART.issuperset(names) and names)
        ):
            return
        kinds = [f"{place}?{name}" for name in names] or [place]
        if any(self.followed[kind] < SAMPLES.get(kind, 1) for kind in kinds):
            self.followed.update(kinds)
            self.waiting.append((url, by))

    def place_of(self, url: str) -> str:
        """The path with what differs within a kind left out; without the language where it is this one."""
        path = urlsplit(url).path
        language = path.split("/")[1]
        with translation.override(language if language in LANGUAGES else "en"):
            try:
                match = resolve(path)
            except Resolver404:
                return path
        place = self._place_of_page(path) if match.url_name == "wagtail_serve" else match.route
        return place.removeprefix(f"{self.language}/")

    def _place_of_page(self, path: str) -> str:
        """The kind of page and what is below it, such as "ar/trainingmodulepage, a guest/step/*"."""
        language, *parts = path.strip("/").split("/")
        for length in range(len(parts), 0, -1):
            found = self._kind_of_page(language, "/".join(parts[:length]))
            if found:
                below = ("*" if part.isdigit() or part in LANGUAGES else part for part in parts[length:])
                return "/".join((language, found, *below))
        return path

    def _kind_of_page(self, language: str, path: str) -> str:
        if (language, path) in self.pages:
            return self.pages[language, path]
        others = (self.pages.get((code, path), "") for code in LANGUAGES)
        return next((f"{model}, a guest" for model in others if model), "")

    def _follow(self, url: str, by: str) -> None:
        response: Any = self.client.get(url)
        if response.status_code in (301, 302, 303, 307, 308):
            self._redirected(response["Location"], url)
            return
        if response.status_code >= 400:
            self.wrong.append(f"{url} (from {by}): {response.status_code}")
            return
        first = url.split("/")[1]
        if first in WITHOUT_LANGUAGE or not response.get("Content-Type", "").startswith("text/html"):
            for _part in response:  # files are closed at their end
                pass
            return
        sheet = Sheet(response.text)
        direction = "rtl" if translation.get_language_info(first)["bidi"] else "ltr"
        if (sheet.language, sheet.direction) != (first, direction):
            self.wrong.append(f"{url} (from {by}): in {sheet.language} {sheet.direction}")
        elif first == self.language:
            self._read(sheet, url)

    def _redirected(self, location: str, by: str) -> None:
        url = self._inside(location, by)
        if url is None:
            return
        if self.is_signed_in and "/account/login/" in url:
            self.wrong.append(f"{by}: asks to sign in again")
        self._look(url, by)

    def _read(self, sheet: Sheet, at: str) -> None:
        for href, code in sheet.links:
            fragment = urlsplit(href).fragment
            if href.startswith("#") and fragment not in (*sheet.ids, ""):
                self.wrong.append(f"{at}: nothing is at #{fragment}")
            url = self._inside(href, at)
            if url is not None and code != self.language and url.split("/")[1] == code:
                self._look_into_other(url, at, code)
            elif url is not None:
                self._look(url, at)
        for action in sheet.asked:
            self._look(self._inside(action, at) or at, at)
        for action in sheet.sent_to:
            url = self._inside(action, at)
            if url is not None and self._stays(url, at) and not self._is_known(url):
                self.wrong.append(f"{at}: sends to {url}, which is nowhere")

    def _look_into_other(self, url: str, at: str, code: str) -> None:
        """The same page in another language. That of a view of ours is followed in that language; pages that somebody
        writes may have another address there, which is the same for everybody."""
        below = at.partition("?")[0].removeprefix(f"/{self.language}/")
        is_page = bool(self._kind_of_page(self.language, below.split("/")[0]))
        if is_page and not self.is_signed_in:
            self._wait(url, at)
        elif not is_page and url.partition("?")[0] != f"/{code}/{below}":
            self.wrong.append(f"{at}: its other language is at {url}")

    def _look(self, url: str, at: str) -> None:
        if self._stays(url, at):
            self._wait(url, at)

    def _stays(self, url: str, at: str) -> bool:
        first = url.split("/")[1]
        if first in (self.language, *WITHOUT_LANGUAGE):
            return True
        self.wrong.append(f"{at}: leads out of the language to {url}")
        return False

    def _is_known(self, url: str) -> bool:
        with translation.override(self.language):
            try:
                resolve(url.partition("?")[0])
            except Resolver404:
                return False
        return True

    def _inside(self, href: str, at: str) -> str | None:
        """The path and query of an address of this site."""
        parts = urlsplit(urljoin(f"http://testserver{at}", href))
        home = urlsplit(settings.BASE_URL).netloc
        if parts.scheme not in ("http", "https") or parts.netloc not in ("testserver", home):
            return None
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
