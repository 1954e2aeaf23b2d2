"""Taking a lesson: a wrong answer, a right one, and going on in another language."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from exchange.demo.users import demo_password
from tests.browser.conftest import Visit
from tests.browser.house import House
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


def go_to_question(page: Page) -> None:
    """From the lesson's first page to the step with the first question, by what a reader would press."""
    page.goto(LESSON)
    page.get_by_role("link", name="Begin", exact=True).click()
    for number in range(1, QUESTION_STEP):
        expect(page.get_by_text(f"Step {number} of")).to_be_visible()
        page.locator(".step-bar .primary").click()
    expect(page.locator("fieldset")).to_contain_text("Where can people write")


@in_each_window
def test_progress_is_kept_through_a_wrong_answer_and_into_another_language(
    visit: Visit, window: dict[str, Any]
) -> None:
    page = visit("dewi-larasati", **window)
    go_to_question(page)

    answer(page, WRONG)
    expect(page.get_by_text("Not this one.")).to_be_visible()
    expect(page.get_by_text("Messages wait for a connection too")).to_be_visible()
    assert overflow(page) <= 0

    answer(page, RIGHT)
    expect(page.get_by_text("Right.", exact=True)).to_be_visible()
    expect(page.get_by_text("Not this one.")).to_have_count(0)
    page.locator(".step-bar").get_by_role("button", name="Next").click()
    expect(page.get_by_text(f"Step {QUESTION_STEP + 1} of")).to_be_visible()

    # Another day, in Arabic: the same steps are done, and the right answer is still chosen.
    page.goto(LESSON)
    page.locator(".site-header summary", has_text="Menu" if "width" in window else "Language:").click()
    page.get_by_role("link", name="العربية").locator("visible=true").first.click()
    expect(page).to_have_url(re.compile("/ar/learn/"))
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_role("heading", level=1)).to_have_text("لقاء ناجح من دون إنترنت")
    expect(page.locator(".lesson-steps .step-state svg")).to_have_count(QUESTION_STEP)
    page.locator(".lesson-steps a").nth(QUESTION_STEP - 1).click()
    expect(page.locator("fieldset input:checked")).to_have_count(1)
    expect(page.locator("fieldset .feedback.right")).to_be_visible()
    assert overflow(page) <= 0


TASK = "/en/learn/partnership-from-scratch/"
STORY = "The school on the hill, Tuesday after lunch."
LATER = f"{STORY} We ask for the key first."


def last_step(page: Page) -> int:
    """Opens the last step of the lesson with a practice task; answers its number."""
    page.goto(TASK)
    page.locator(".lesson-steps a").last.click()
    expect(page.get_by_role("textbox", name="What you did")).to_be_visible()
    return int(page.url.rstrip("/").rsplit("/", 1)[1])


@pytest.mark.parametrize(
    "window", [{}, {"width": 360, "javascript": False}], ids=["desktop", "phone-without-scripts"]
)
def test_what_was_typed_survives_every_button_and_the_end_of_the_session(
    visit: Visit, site: House, window: dict[str, Any]
) -> None:
    page = visit("member", **window)
    number = last_step(page)
    field = page.get_by_role("textbox", name="What you did")
    field.fill(STORY)
    page.locator(".step-bar").get_by_role("button", name="Back").click()
    expect(page.get_by_text(f"Step {number - 1} of")).to_be_visible()
    page.get_by_role("checkbox").first.check()
    page.locator(".step-bar").get_by_role("button", name="Next").click()
    expect(field).to_have_value(STORY)
    expect(page.get_by_text("Kept as a draft")).to_be_visible()

    # The session ends, and nobody has told the page.
    page.context.clear_cookies()
    field.fill(LATER)
    page.locator(".step-bar").get_by_role("button", name="Finish").click()
    expect(page.get_by_text("You were signed out in the meantime.")).to_be_visible()
    page.get_by_label("Email").fill(site.user("member").email)
    page.get_by_label("Password").fill(demo_password())
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("is kept with your account now")).to_be_visible()
    last_step(page)
    expect(field).to_have_value(LATER)
    page.goto(f"{TASK}step/{number - 1}/")
    expect(page.get_by_role("checkbox").first).to_be_checked()
    assert overflow(page) <= 0


def test_what_was_typed_is_kept_when_the_step_is_left_by_a_link(visit: Visit) -> None:
    page = visit()
    last_step(page)
    field = page.get_by_role("textbox", name="What you did")
    field.fill(STORY)
    page.locator(".contents a").first.click()
    expect(page.get_by_text("Step 1 of")).to_be_visible()
    for _try in range(10):  # what a page sends as it is left arrives by itself
        last_step(page)
        if field.input_value():
            break
        page.wait_for_timeout(300)
    expect(field).to_have_value(STORY)
    expect(page.get_by_text("kept in this browser only")).to_be_visible()


def test_somebody_who_is_not_signed_in_is_told_whether_an_answer_is_right_and_where_it_is_kept(
    visit: Visit,
) -> None:
    page = visit(javascript=False)
    go_to_question(page)
    answer(page, WRONG)
    expect(page.get_by_text("Not this one.")).to_be_visible()
    answer(page, RIGHT)
    expect(page.get_by_text("Right.", exact=True)).to_be_visible()
    expect(page.get_by_text("kept in this browser only")).to_be_visible()
