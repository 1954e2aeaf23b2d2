"""Taking a lesson: a wrong answer, a right one, and going on in another language."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.watch import overflow
from tests.browser.windows import in_each_window

LESSON = "/en/learn/good-offline-event/"
WRONG = "In a chat group, one message for each paragraph."
RIGHT = "In plain files, saved on the laptop and copied to two memory sticks."
QUESTION_STEP = 3


def answer(page: Page, text: str) -> None:
    """Chooses an answer and has it checked."""
    page.get_by_label(text).check()
    page.get_by_role("button", name="Check").click()


def go_to_question(page: Page, role: Any) -> None:
    """From the lesson's first page to the step with the first question, by what a reader would press."""
    page.goto(LESSON)
    page.get_by_role("link", name="Begin", exact=True).click()
    for number in range(1, QUESTION_STEP):
        expect(page.get_by_text(f"Step {number} of")).to_be_visible()
        page.locator(".stepbar").get_by_role(role, name="Next").click()
    expect(page.locator("fieldset")).to_contain_text("Where can people write")


@in_each_window
def test_progress_is_kept_through_a_wrong_answer_and_into_another_language(
    visit: Visit, window: dict[str, Any]
) -> None:
    page = visit("dewi-larasati", **window)
    go_to_question(page, "button")

    answer(page, WRONG)
    expect(page.get_by_text("Not this one.")).to_be_visible()
    expect(page.get_by_text("Messages wait for a connection too")).to_be_visible()
    assert overflow(page) <= 0

    answer(page, RIGHT)
    expect(page.get_by_text("Right.", exact=True)).to_be_visible()
    expect(page.get_by_text("Not this one.")).to_have_count(0)
    page.locator(".stepbar").get_by_role("button", name="Next").click()
    expect(page.get_by_text(f"Step {QUESTION_STEP + 1} of")).to_be_visible()

    # Another day, in Arabic: the same steps are done, and the right answer is still chosen.
    page.goto(LESSON)
    page.locator(".top summary", has_text="Menu" if "width" in window else "Language:").click()
    page.get_by_role("link", name="العربية").locator("visible=true").first.click()
    expect(page).to_have_url(re.compile("/ar/learn/"))
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_role("heading", level=1)).to_have_text("لقاء ناجح من دون إنترنت")
    expect(page.locator(".lessonsteps .st svg")).to_have_count(QUESTION_STEP)
    page.locator(".lessonsteps a").nth(QUESTION_STEP - 1).click()
    expect(page.locator("fieldset input:checked")).to_have_count(1)
    expect(page.locator("fieldset .fb.right")).to_be_visible()
    assert overflow(page) <= 0


def test_somebody_who_is_not_signed_in_is_told_whether_an_answer_is_right_and_nothing_is_stored(
    visit: Visit,
) -> None:
    page = visit(javascript=False)
    go_to_question(page, "link")
    answer(page, WRONG)
    expect(page.get_by_text("Not this one.")).to_be_visible()
    answer(page, RIGHT)
    expect(page.get_by_text("Right.", exact=True)).to_be_visible()
    expect(page.get_by_text("Your answer was not stored.")).to_be_visible()
