"""The browser, the site and its visitors."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, Page, sync_playwright

from foundation.accounts.models import User
from tests.browser.house import House, open_house
from tests.browser.watch import Watch

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
HERE = Path(__file__).parent
PATIENCE = 20_000  # milliseconds for one step; the machine may be busy

Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder are the browser's."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


def missing(reason: str) -> None:
    """Skips what cannot run here; in CI nothing may be left out."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's program."""
    found = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    if found is None:
        missing("No Chromium: on Debian, apt-get install chromium")
    return str(found)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all tests; each visitor has a context of their own."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="package")
def house(chromium: str, django_db_blocker: Any) -> Iterator[House]:
    """The demonstration site with a web server before it."""
    if connection.vendor != "sqlite":
        missing("The browser's tests copy database files: run them without DATABASE_URL.")
    with django_db_blocker.unblock(), open_house() as running:
        yield running


@pytest.fixture
def site(house: House) -> House:
    """The demonstration site as it was loaded."""
    house.put_back()
    return house


@pytest.fixture
def visit(site: House, browser: Browser) -> Iterator[Visit]:
    """Opens a window: `visit("noor-mansour", width=360, javascript=False)`; without a person, anonymous.

    When the test is over, it fails for whatever the watch has noted, in any window.
    """
    yield from visitors(site, browser)


def visitors(house: House, browser: Browser) -> Iterator[Visit]:
    """The windows of one test."""
    contexts, watches = [], []

    def enter(
        person: str | User | None = None, *, width: int = 1280, javascript: bool = True, **more: Any
    ) -> Page:
        context = browser.new_context(
            base_url=house.server.url,
            viewport={"width": width, "height": 800},
            java_script_enabled=javascript,
            **({"locale": "en-GB", "timezone_id": "Africa/Casablanca"} | more),
        )
        context.set_default_timeout(PATIENCE)
        watch = Watch(urlsplit(house.server.url).netloc)
        watch.over(context)
        contexts.append(context)
        watches.append(watch)
        if person is not None:
            user = house.user(person) if isinstance(person, str) else person
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": house.session_of(user)}
            context.add_cookies([{**cookie, "url": house.server.url}])  # type: ignore[list-item]
        page = context.new_page()
        page.expected = watch.expected  # type: ignore[attr-defined]
        page.problems = watch.problems  # type: ignore[attr-defined]
        return page

    yield enter
    for context in contexts:
        context.close()
    problems = [problem for watch in watches for problem in watch.problems]
    if problems:
        pytest.fail("\n".join(dict.fromkeys(problems)), pytrace=False)
