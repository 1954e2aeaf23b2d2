"""Searching: in Arabic, on a phone, without scripts, and with the keyboard alone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.watch import overflow
from tests.browser.windows import in_each_window


@in_each_window
def test_arabic_words_are_found_in_other_forms_than_those_typed(visit: Visit, window: dict[str, Any]) -> None:
    page = visit(**window)
    page.goto("/ar/")
    box = page.get_by_role("main").get_by_role("search").first
    # The lesson's title has لقاء, without the article.
    box.locator("input[name=q]").fill("اللقاء من دون الإنترنت")
    box.locator("button[type=submit]").click()
    expect(page).to_have_url(re.compile("/ar/search/"))
    found = page.locator("ul.rows").get_by_role("link", name="لقاء ناجح من دون إنترنت")
    expect(found.first).to_be_visible()
    assert overflow(page) <= 0
    found.first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("لقاء ناجح من دون إنترنت")


def test_suggestions_are_chosen_with_the_keyboard(visit: Visit) -> None:
    page = visit()
    page.goto("/en/search/")
    box = page.get_by_role("combobox")
    box.focus()
    page.keyboard.type("good off")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_value("good off")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("A good offline event")


def test_enter_without_a_chosen_suggestion_searches_for_what_was_typed(visit: Visit) -> None:
    page = visit()
    page.goto("/en/search/")
    page.get_by_role("combobox").fill("partner")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=partner"))
    expect(page.locator("ul.rows > li").first).to_be_visible()


@pytest.mark.parametrize(
    "typed", ['"(', "\x00", " ", "🙂", "ل" * 300], ids=["signs", "nul", "space", "emoji", "long"]
)
def test_anything_may_be_typed(visit: Visit, typed: str) -> None:
    page = visit(javascript=False)
    page.goto("/en/search/")
    page.locator("main input[name=q]").fill(typed)
    page.locator("main .searchbox button").click()
    expect(page.get_by_role("main")).to_be_visible()
    assert overflow(page) <= 0


def test_filters_narrow_the_results_without_scripts(visit: Visit) -> None:
    page = visit(width=360, javascript=False)
    page.goto("/en/search/?q=partner")
    page.locator(".facets summary").first.click()
    page.locator(".facets input[type=checkbox], .facets input[type=radio]").locator(
        "visible=true"
    ).first.check()
    page.get_by_role("button", name="Show these").click()
    expect(page.locator(".shead .chosen")).to_be_visible()
    assert overflow(page) <= 0
