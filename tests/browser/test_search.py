"""Searching: in Arabic, on a phone, without scripts, and with the keyboard alone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Request, expect

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
    page.locator("main .search-box button").click()
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
    expect(page.locator(".results-head .chosen")).to_be_visible()
    assert overflow(page) <= 0


# What was searched before


def test_what_was_searched_before_is_offered_again_and_can_be_forgotten(visit: Visit) -> None:
    page = visit()
    page.goto("/en/search/")
    for words in ("partner", "grant"):
        page.get_by_role("combobox").fill(words)
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(f"q={words}"))
    page.goto("/en/search/")
    box, options = page.get_by_role("combobox"), page.get_by_role("option")
    box.click()
    expect(options).to_have_text([re.compile("grant"), re.compile("partner"), re.compile("Forget")])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=partner"))
    page.goto("/en/search/")
    page.get_by_role("combobox").click()
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(options).to_have_count(0)
    expect(page.get_by_role("status").filter(has_text="forgotten")).to_have_count(1)
    assert page.evaluate("localStorage.length") == 0
    expect(page.get_by_role("combobox")).to_be_focused()


def test_what_was_searched_before_never_leaves_the_browser(visit: Visit) -> None:
    page = visit()
    page.goto("/en/search/")
    page.get_by_role("combobox").fill("a very private wish")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=a"))
    sent: list[str] = []

    def keep(request: Request) -> None:
        # The results' own icon may be asked for late, and names the page it belongs to.
        headers = {name: value for name, value in request.headers.items() if name != "referer"}
        sent.append(f"{request.url} {request.post_data or ''} {headers}")

    page.on("request", keep)
    page.goto("/en/", referer="")
    page.get_by_role("main").get_by_role("combobox").click()
    expect(page.get_by_role("option").first).to_contain_text("a very private wish")
    page.keyboard.press("Escape")
    assert [one for one in sent if "private" in one] == []
    assert "private" not in str(page.context.cookies())


def test_storage_that_is_broken_or_off_breaks_nothing(visit: Visit) -> None:
    page = visit()
    page.add_init_script("localStorage.setItem('exchange.recent', '{oh')")
    page.goto("/en/search/")
    box = page.get_by_role("combobox")
    box.click()
    expect(page.get_by_role("option")).to_have_count(0)
    box.fill("partner")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=partner"))


def test_the_list_of_suggestions_is_a_combobox_to_a_screen_reader(visit: Visit) -> None:
    page = visit()
    page.goto("/en/people/")
    box = page.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_attribute("aria-autocomplete", "list")
    box.fill("far")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    listbox = page.get_by_role("listbox")
    assert box.get_attribute("aria-controls") == listbox.get_attribute("id")
    expect(listbox).to_have_attribute("aria-label", "Suggestions")
    expect(page.get_by_role("status").filter(has_text="Suggestions:")).to_have_count(1)
    # The focus stays in the box; round the ends and back to what was typed.
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") is None
    expect(box).to_be_focused()
    page.keyboard.press("Tab")
    expect(options).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")


# Branches, recordings, saving


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_a_branch_of_capacities_is_opened_and_chosen(visit: Visit, javascript: bool) -> None:
    page = visit(javascript=javascript)
    page.goto("/en/search/?q=partner")
    branches = page.get_by_role("group", name="Capacity")
    inside = branches.get_by_role("checkbox", name=re.compile("Building partnerships"))
    expect(inside).to_be_hidden()
    branches.get_by_label("Narrower than Partnerships", exact=True).click()
    inside.check()
    page.get_by_role("button", name="Show these").click()
    expect(page).to_have_url(re.compile("capacity=building-partnerships"))
    expect(inside).to_be_visible()
    expect(inside).to_be_checked()
    expect(page.locator(".results-head .chosen")).to_contain_text("Building partnerships")


def test_what_was_said_opens_the_recording_at_that_second(visit: Visit) -> None:
    page = visit(javascript=False)
    page.goto("/en/search/?q=best+partners+first+said+no&kind=recording")
    row = page.locator("ul.rows > li").first
    expect(row).to_contain_text("at 2:31")
    row.get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"[?]t=15\d"))


@in_each_window
def test_a_search_is_saved_changed_opened_and_deleted(visit: Visit, window: dict[str, Any]) -> None:
    page = visit("member", **window)
    page.goto("/en/search/?q=partner&language=fr")
    page.get_by_role("link", name="Save this search").click()
    page.get_by_label("What to call it").fill("Partners in French")
    page.get_by_label("As soon as there is something new").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your search is saved.")).to_be_visible()
    page.get_by_role("link", name="Change: Partners in French").click()
    page.get_by_label("What to call it").fill("Francophone partners")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Francophone partners", exact=True).click()
    expect(page).to_have_url(re.compile("q=partner&language=fr&sort=recent"))
    page.go_back()
    page.get_by_role("button", name="Delete: Francophone partners").click()
    expect(page.get_by_text("You have saved no search yet")).to_be_visible()
    assert overflow(page) <= 0


def test_who_is_not_signed_in_signs_in_and_saves(visit: Visit) -> None:
    page = visit()
    page.goto("/en/search/?q=partner")
    page.get_by_role("link", name="Save this search").click()
    expect(page).to_have_url(re.compile("account/login.*q%3Dpartner"))
