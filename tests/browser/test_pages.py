"""Every kind of page in English and in Arabic: accessible, within a phone's width, readable in the dark, without
complaints of the browser.

Each page is opened once, and the tests read what was found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Visit, visitors
from tests.browser.house import House
from tests.browser.page_kinds import KINDS, Kind
from tests.browser.watch import broken_words, overflow, wide_things

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
GRAVE = {"serious", "critical"}
# At the phone's width the same page is a different one: what is folded, what is over what.
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
SMALLEST = {"width": 320, "height": 568}


@dataclass
class Seen:
    """What was found on one page in one language."""

    status: int = 0
    direction: str = ""
    wider: int = 0
    wide: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    desktop: list[str] = field(default_factory=list)
    phone: list[str] = field(default_factory=list)
    dark: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def opened(house: House, browser: Browser) -> Iterator[Visit]:
    """Windows that stay open for the whole module, one for each reader."""
    house.put_back()
    yield from visitors(house, browser)


@pytest.fixture(scope="module")
def windows() -> dict[Any, Page]:
    """Which windows are open, by reader."""
    return {}


@pytest.fixture(
    scope="module",
    params=[(kind, language) for kind in KINDS for language in ("en", "ar")],
    ids=lambda given: f"{given[0].name}-{given[1]}",
)
def seen(request: pytest.FixtureRequest, house: House, opened: Visit, windows: dict[Any, Page]) -> Seen:
    """Opens the page on a wide screen, on a phone, and in the dark."""
    kind: Kind
    kind, language = request.param
    return look(window_of(kind, opened, windows), kind, language)


def window_of(kind: Kind, opened: Visit, windows: dict[Any, Page]) -> Page:
    """The window of this kind's reader, opened once."""
    reader = kind.person if isinstance(kind.person, str) else kind.person().user
    if reader not in windows:
        windows[reader] = opened(reader or None, reduced_motion="reduce")
    return windows[reader]


def look(page: Page, kind: Kind, language: str) -> Seen:
    """Opens one page and writes down what is found. What axe says of a phone's layout is asked in one language."""
    found = Seen()
    page.expected.add(kind.status)  # type: ignore[attr-defined]
    before = len(page.problems)  # type: ignore[attr-defined]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    answer = page.goto(kind.path(language))
    found.status = answer.status if answer else 0
    found.direction = page.evaluate("document.documentElement.dir + ' ' + document.documentElement.lang")
    found.desktop = violations(page)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    found.wider = overflow(page)
    found.wide = wide_things(page) if found.wider > 0 else []
    found.broken = broken_words(page)
    if language == "en":
        found.phone = violations(page)
    page.emulate_media(color_scheme="dark")
    found.dark = violations(page, rules=["color-contrast"])
    found.complaints = list(page.problems[before:])  # type: ignore[attr-defined]
    del page.problems[before:]  # type: ignore[attr-defined]
    page.expected.discard(kind.status)  # type: ignore[attr-defined]
    return found


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """Serious and critical violations as axe words them, with the first elements."""
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES}
    result = Axe().run(page, options={"runOnly": only, "resultTypes": ["violations"]})
    return [
        f"{row['id']} ({row['impact']}): {row['help']}\n    "
        + "\n    ".join(
            node["html"][:200] + " " + (node.get("any") or [{"message": ""}])[0]["message"]
            for node in row["nodes"][:4]
        )
        for row in result.response["violations"]
        if row["impact"] in GRAVE
    ]


def test_it_opens_in_the_right_direction(seen: Seen, request: pytest.FixtureRequest) -> None:
    kind, language = request.node.callspec.params["seen"]
    assert seen.status == kind.status
    assert seen.direction == ("rtl ar" if language == "ar" else "ltr en")


def test_the_browser_has_no_complaint(seen: Seen) -> None:
    assert seen.complaints == []


def test_axe_finds_nothing_serious(seen: Seen) -> None:
    assert "\n".join(seen.desktop) == ""


def test_axe_finds_nothing_serious_on_a_phone(seen: Seen) -> None:
    assert "\n".join(seen.phone) == ""


def test_it_fits_a_phone(seen: Seen) -> None:
    assert seen.wider <= 0, "\n".join(seen.wide)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_it_fits_the_smallest_phone_in_the_longest_words(
    kind: Kind, opened: Visit, windows: dict[Any, Page]
) -> None:
    """Spanish and French are up to a third longer than English (WCAG 2.2, 1.4.10: 320 pixels)."""
    page = window_of(kind, opened, windows)
    page.expected.add(kind.status)  # type: ignore[attr-defined]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(SMALLEST)  # type: ignore[arg-type]
    for language in ("es", "fr"):
        page.goto(kind.path(language))
        wider = overflow(page)
        assert wider <= 0, (language, *wide_things(page))
    del page.problems[:]  # type: ignore[attr-defined]


def test_colours_keep_their_contrast_in_the_dark(seen: Seen) -> None:
    assert "\n".join(seen.dark) == ""


def test_no_short_word_is_broken_on_a_phone(seen: Seen) -> None:
    assert seen.broken == []
