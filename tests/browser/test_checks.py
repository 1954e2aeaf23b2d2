"""The editor's checks: issues and words are counted while one writes, and on the page itself."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from exchange.home.models import StandardPage
from tests.browser.conftest import Visit
from tests.browser.house import House


def test_words_and_issues_are_counted_while_one_writes_and_on_the_page(site: House, visit: Visit) -> None:
    about = StandardPage.objects.get(slug="about", locale__language_code="en")
    about.search_description = about.introduction = ""
    about.save_revision().publish()
    editor = visit("editor")
    editor.goto(f"/admin/pages/{about.pk}/edit/")
    editor.get_by_label("Toggle checks").first.click()
    expect(editor.locator("[data-content-word-count]")).to_have_text(re.compile(r"^[1-9]\d*$"))
    expect(editor.locator("[data-content-checker-count]")).to_have_text("1")
    expect(editor.locator("[data-checks-panel]")).to_contain_text("Meta description is empty")

    editor.goto("/en/learn/good-offline-event/")
    editor.get_by_role("button", name="View Wagtail quick actions").click()
    expect(editor.get_by_role("menuitem", name="Edit this page")).to_be_visible()
    editor.get_by_role("menuitem", name="Issues found").click()
    expect(editor.locator("wagtail-userbar").get_by_role("dialog")).to_be_visible()
