"""Addresses in the source's bodies, rewritten for a site that is not theirs.

Links into the training content become `training:<module>/<slide>` (either part may be missing:
`training:/<slide>` is a slide of the module the reader is in), which the loader resolves to our pages.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

SITE = "https://dashboard.wikiedu.org"
HOSTS = {"dashboard.wikiedu.org", "www.dashboard.wikiedu.org"}
WIKI = "https://en.wikipedia.org/wiki/"
SCHEME = "training:"
INTERNAL = re.compile(r"training:(?P<module>[^/#?]*)(?:/(?P<slide>[^/#?]*))?")
HREF = re.compile(r'<a href="(training:[^"]*)">')


@dataclass(frozen=True)
class Target:
    """Where a link into the training content leads; "" for "the module one is in" and "its start"."""

    module: str = ""
    slide: str = ""

    @property
    def href(self) -> str:
        """Return the address that pieces hold until they are loaded."""
        return SCHEME + self.module + (f"/{self.slide}" if self.slide else "")


@dataclass(frozen=True)
class Rewritten:
    """The new address and, where the old one only worked on the source's site, what was done about it."""

    href: str
    note: str = ""


def target(href: str) -> Target | None:
    """Return what a `training:` address names, or None for any other address."""
    match = INTERNAL.match(href)
    return Target(match["module"], match["slide"] or "") if match else None


def rewrite(href: str) -> Rewritten:
    """Return an address that works here.

    Kept: everything outside the source's own site. Rewritten: links to its training modules and slides,
    to a reader's sandbox, and to its other pages, which stay there under their full address.
    """
    href = href.strip()
    try:
        parts = urlsplit(href)
        hostname = parts.hostname
    except ValueError:  # brackets that are no IPv6 address
        return Rewritten(href)
    if parts.scheme not in {"", "http", "https"} or not (hostname or parts.path):
        return Rewritten(href)
    if hostname and hostname not in HOSTS:
        if parts.scheme:
            return Rewritten(href)
        return Rewritten(f"https:{href}", "the address began with // and got https")
    return _own(parts)


def _own(parts: SplitResult) -> Rewritten:
    """Rewrite an address on the source's own site."""
    segments = [part for part in parts.path.split("/") if part and part != "."]
    if parts.path.startswith("./") and segments:
        return Rewritten(Target(slide=segments[-1]).href, "it leads to another slide of the module")
    if segments[:1] == ["training"] and len(segments) > 2:
        slide = segments[3] if len(segments) > 3 else ""
        return Rewritten(Target(segments[2], slide).href, "it leads to our copy of the module")
    if segments[:2] == ["redirect", "sandbox"]:
        address = _sandbox("/".join(segments[2:]), parts.query)
        return Rewritten(address, "it leads to the reader's own wiki page")
    absolute = f"{SITE}/{'/'.join(segments)}" + (f"?{parts.query}" if parts.query else "")
    absolute += f"#{parts.fragment}" if parts.fragment else ""
    return Rewritten(absolute, "" if parts.netloc else "it leads to the page on Wiki Education's site")


def _sandbox(page: str, query: str) -> str:
    """Return the address of a page below the reader's own user page.

    Special:MyPage is MediaWiki's own redirect to it, which keeps `veaction`, `preload` and the like.
    """
    return f"{WIKI}Special:MyPage/{page or 'sandbox'}" + (f"?{query}" if query else "")


def is_practice(href: str) -> bool:
    """Return whether an address is one of a reader's own wiki pages, to try things out there."""
    return "/wiki/Special:MyPage/" in href


def replace_targets(html: str, resolve: Callable[[Target], str]) -> str:
    """Return the HTML with every `training:` link's opening tag replaced.

    `resolve` gets the target and returns the attributes of the `<a>`, for example `href="…"`.
    """

    def swap(match: re.Match[str]) -> str:
        found = target(match[1])
        return f"<a {resolve(found)}>" if found else match[0]

    return HREF.sub(swap, html)
