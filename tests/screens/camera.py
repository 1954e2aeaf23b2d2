"""Photographs pages of the prepared house, each in the house as it was loaded."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import ARGUMENTS, PATIENCE, PROGRAMS
from tests.browser.house import House, open_house, prepare
from tests.browser.page_kinds import DESK
from tests.screens import standstill
from tests.screens.views import View, Window

# The same glyphs on every take: no hinting and no smoothing that depends on where a letter stands.
STEADY = ["--font-render-hinting=none", "--disable-lcd-text", "--disable-partial-raster", "--hide-scrollbars"]
# Everything that comes later is here: fonts, and pictures further down. Players show their picture alone: the
# browser's own buttons turn a ring while anything of a recording comes.
IS_WHOLE = """async () => {
  document.querySelectorAll('img[loading=lazy]').forEach(image => { image.loading = 'eager' })
  document.querySelectorAll('video, audio').forEach(media => { media.controls = false })
  await document.fonts.ready
  await Promise.all([...document.images].map(image => image.decode().catch(() => null)))
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
}"""
# The desk scrolls a part of the page and builds its forms by script: how high the window must be for all of it, once
# that has been the same for a while.
WHOLE_DESK = """async () => {
  let high = 0
  for (let turn = 0, alike = 0; turn < 200 && alike < 8; turn++) {
    const parts = [...document.querySelectorAll('body *')].map(part => part.scrollHeight)
    const now = Math.max(innerHeight, ...parts)
    alike = now === high ? alike + 1 : 0
    high = now
    await new Promise(done => setTimeout(done, 100))
  }
  return high
}"""


@contextmanager
def camera() -> Iterator[Camera]:
    """The browser before the house, in which it is always the same moment."""
    with ExitStack() as stack:
        with standstill.loading():
            _prepare()
        stack.enter_context(standstill.looking())
        house = stack.enter_context(open_house())
        playwright = stack.enter_context(sync_playwright())
        program = next(path for name in PROGRAMS if (path := shutil.which(name)))
        browser = playwright.chromium.launch(executable_path=program, args=[*ARGUMENTS, *STEADY])
        stack.callback(browser.close)
        yield Camera(house, browser)


def _prepare() -> None:
    """Loads the house where `open_house` looks for one."""
    call_command("compile_translations", verbosity=0)  # a kept house is looked at in this checkout's words
    kept = Path(os.environ["BROWSER_HOUSE"])
    if not (kept / "index").is_dir():
        prepare(kept)


class Camera:
    """Takes pictures."""

    def __init__(self, house: House, browser: Browser) -> None:
        self.house, self.browser = house, browser

    def take(self, view: View, *, full_page: bool = True) -> bytes:
        """Photographs a page, or what of it is in the window, as PNG."""
        with self.opened(view) as page:
            if full_page and view.kind in DESK:
                self._unfold(page, view.window)
            return page.screenshot(animations="disabled", caret="hide", full_page=full_page)

    @contextmanager
    def opened(self, view: View) -> Iterator[Page]:
        """The page, whole and at rest, in a house in which nobody has been before."""
        self.house.put_back()
        context = self.browser.new_context(**self._window(view.window))
        try:
            context.set_default_timeout(PATIENCE)
            self._sign_in(context, view)
            page = context.new_page()
            page.clock.set_fixed_time(standstill.LOOKED_AT)
            # The desk asks for more when it is there; the site's own pages do not.
            until = "networkidle" if view.kind in DESK else "load"
            with standstill.chance():  # some things are made when their page is asked for
                address = view.kind.path(view.window.language)
            answer = page.goto(address, wait_until=until)
            if answer is None or answer.status != view.kind.status:
                sys.exit(f"{view.name}: {page.url} answered {answer and answer.status}")
            page.evaluate(IS_WHOLE)
            yield page
        finally:
            context.close()

    def _unfold(self, page: Page, window: Window) -> None:
        """Makes the window as high as the desk's page is."""
        high = int(page.evaluate(WHOLE_DESK))
        page.set_viewport_size({"width": window.width, "height": high})
        page.evaluate(IS_WHOLE)

    def _window(self, window: Window) -> dict[str, Any]:
        return {
            "base_url": self.house.server.url,
            "viewport": {"width": window.width, "height": window.height},
            "color_scheme": window.scheme,
            "has_touch": window.touch,
            "reduced_motion": "reduce",
            "locale": "en-GB",
            "timezone_id": "Africa/Casablanca",
        }

    def _sign_in(self, context: Any, view: View) -> None:
        person = view.kind.person
        if not person:
            return
        user = self.house.user(person) if isinstance(person, str) else person().user
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": self.house.session_of(user)}
        context.add_cookies([{**cookie, "url": self.house.server.url}])
