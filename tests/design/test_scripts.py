"""The conveniences in a real browser, and the pages without them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from pytest_django.live_server_helper import LiveServer

from foundation.design.navigation import WRITTEN_PAGES

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM, reason="Needs Chromium: apt-get install chromium, or set CHROMIUM to its path."
    ),
]
RECORDING = """<!doctype html><html lang="en"><body><div data-recording><video></video>
<a class="chapter" href="?t=0" data-start="0">One</a><a class="chapter" href="?t=690" data-start="690">Two</a>
<form class="find" hidden data-count="%1 of %2" data-none="Not found"><input type="search"><output></output></form>
<div class="script"><div class="turn" data-start="712">
<a class="number" href="?t=712">11:52</a><p>So the curator says yes.</p></div>
<div class="turn" data-start="751.5">
<a class="number" href="?t=751">12:31</a><p>Our Agreement was one page. An agreement.</p></div></div>
<a data-link-time data-label="Link to %s" href="?t=0"><svg></svg> Link</a></div>
<script>const v=document.querySelector("video");let now=0;
Object.defineProperty(v,"currentTime",{get:()=>now,set:(t)=>{now=t;v.dispatchEvent(new Event("timeupdate"))}});
v.play=()=>{window.played=true;return Promise.resolve()};</script>
<script type="module" src="/static/exchange/recording.js"></script></body></html>"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The pattern page needs no database, so neither does its server: no table is emptied between these tests."""
    served = LiveServer("localhost")
    yield served.url
    served.stop()


@pytest.fixture
def open_page(browser: Any, server: str) -> Iterator[Any]:
    contexts: list[Any] = []
    # Which pages the menus name is asked of the database once, then kept.
    cache.set(WRITTEN_PAGES, {})

    def open_at(path: str, **options: Any) -> Any:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.route(
            "**/recording-trial*", lambda route: route.fulfill(body=RECORDING, content_type="text/html")
        )
        page.goto(server + path)
        return page

    yield open_at
    for context in contexts:
        context.close()


def test_a_menu_opens_and_closes_by_escape_and_by_a_click_elsewhere(open_page: Any) -> None:
    page = open_page("/en/patterns/", viewport={"width": 1280, "height": 800})
    menu = page.locator("details.menu", has_text="Language:").first
    menu.locator("summary").click()
    assert menu.get_by_text("العربية").is_visible()
    page.keyboard.press("Escape")
    assert not menu.get_by_text("العربية").is_visible()
    menu.locator("summary").click()
    page.locator("h1").first.click()
    assert menu.get_attribute("open") is None


@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_a_phone_the_menu_leads_everywhere_without_scripts(open_page: Any, language: str) -> None:
    page = open_page(
        f"/{language}/patterns/", viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    menu = page.locator("details.only-narrow")
    menu.locator("> summary").click()
    assert menu.locator("a[href$='/capacities/']").is_visible()
    assert menu.locator("a[hreflang=fr]").is_visible()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [360, 800, 1280])
def test_nothing_is_wider_than_the_screen(open_page: Any, language: str, width: int) -> None:
    page = open_page(f"/{language}/patterns/", viewport={"width": width, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_page_obeys_its_own_content_policy(open_page: Any) -> None:
    page = open_page("/en/patterns/", viewport={"width": 1280, "height": 800})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.reload()
    page.wait_for_load_state("networkidle")
    assert complaints == []


def test_chapters_and_transcript_drive_the_player(open_page: Any) -> None:
    page = open_page("/recording-trial")
    page.locator(".chapter").nth(1).click()
    assert page.evaluate("[now, window.played]") == [690, True]
    page.locator(".turn a").nth(1).click()
    assert page.evaluate("now") == 751.5
    assert page.locator(".turn[aria-current]").count() == 1
    assert page.locator(".chapter[aria-current]").inner_text() == "Two"
    link = page.locator("[data-link-time]")
    assert (link.inner_text().strip(), link.get_attribute("href")) == ("Link to 12:31", "?t=751")


def test_an_address_with_a_moment_begins_there(open_page: Any) -> None:
    page = open_page("/recording-trial?t=42")
    page.evaluate("v.dispatchEvent(new Event('loadedmetadata'))")
    assert page.evaluate("now") == 42
