"""A browser's visitor, and what must never happen on any page they open."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

# Chromium says this in the console for each answer with an error status; we look at the answers themselves.
OF_ANSWERS = "Failed to load resource: the server responded with a status"
# Wagtail's checker says in the console what it shows to the editor in its panel.
OF_CHECKS = "axe.run results"
# What the browser itself gives up when a reader goes on before everything is there.
GIVEN_UP = "net::ERR_ABORTED"


@dataclass
class Watch:
    """Notes errors in the console (among them each violation of the content security policy), scripts that
    failed, requests that failed or were answered with an error, and requests to any other host."""

    host: str
    problems: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)

    def over(self, context: BrowserContext) -> None:
        """Watches all pages of this context."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.problems.append(f"script failed: {error.error}"))
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith((OF_ANSWERS, OF_CHECKS)):
            self.problems.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and parts.netloc != self.host:
            self.problems.append(f"asked another host: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != GIVEN_UP:
            self.problems.append(f"request failed: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.problems.append(f"{response.status}: {response.request.method} {response.url}")


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window, once its style sheets have come."""
    page.wait_for_load_state()
    width = page.evaluate(
        "[document.documentElement.scrollWidth, document.body.scrollWidth, window.innerWidth]"
    )
    return int(max(width[:2]) - width[2])


def wide_things(page: Page) -> list[str]:
    """What sticks out at either side, for the message of a failed test."""
    return list(
        page.evaluate(
            """() => [...document.querySelectorAll('body *')]
                 .filter(e => { const r = e.getBoundingClientRect();
                                return r.width && (r.right > innerWidth + 1 || r.left < -1) })
                 .slice(0, 6).map(e => e.outerHTML.slice(0, 140))"""
        )
    )


BROKEN_WORDS = r"""() => {
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (!node.parentElement.checkVisibility() || node.parentElement.closest("code, pre")) continue;
    if (getComputedStyle(node.parentElement).hyphens === "auto") continue;
    for (const word of node.data.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
      if (word[0].length > 12) continue;
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].filter((box) => box.width > 1).map((box) => Math.round(box.top)));
      if (lines.size > 1) found.push(word[0]);
    }
  }
  return found;
}"""


def broken_words(page: Page) -> list[str]:
    """Words of at most twelve letters that stand on two lines, as they do where their place is far too narrow."""
    found: list[str] = page.evaluate(BROKEN_WORDS)
    return found
