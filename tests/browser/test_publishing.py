"""Publishing a lesson: an editor writes and submits, a moderator approves, everybody reads and finds it."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from learning.models import LearningIndexPage, TrainingModulePage
from tests.browser.conftest import Visit
from tests.browser.house import House

TITLE = "Chairs before microphones"
WORDS = "Count the chairs, then ask who would rather stand."


def insert(within: Locator) -> None:
    """Opens a place for the first block of a stream."""
    within.get_by_role("button", name="Insert a block").first.click()


def write(page: Page) -> None:
    """A lesson of one step with one text, in the page editor."""
    parent = LearningIndexPage.objects.get(locale__language_code="en")
    page.goto(f"/admin/pages/add/learning/trainingmodulepage/{parent.pk}/")
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_summary").fill("For people who prepare rooms.")
    steps = page.locator("[data-contentpath=steps]").first
    insert(steps)
    steps.locator("input[name=steps-0-value-title]").fill("Begin with the room")
    insert(steps.locator("[data-contentpath=body]").first)
    page.get_by_role("option", name="Text", exact=True).click()
    text = steps.locator("[contenteditable=true]").first
    text.click()
    expect(text).to_be_focused()
    page.keyboard.type(WORDS)
    # The editor hands over what was typed a moment later.
    expect(steps.locator("input[name=steps-0-value-body-0-value]")).to_have_value(re.compile(WORDS))
    # It saves by itself, too: whoever hands in at that very moment is told that the address is taken.
    expect(page).to_have_url(re.compile("/edit/"))


def choose_action(page: Page, name: str) -> None:
    """One of the actions at the foot of the editor, behind its arrow."""
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=re.compile(name, re.I)).locator("visible=true").first.click()


def test_a_lesson_is_read_by_everybody_after_a_moderator_approved_it(site: House, visit: Visit) -> None:
    editor = visit("editor")
    # Wagtail saves while one types, and answers so while a required field is still empty.
    editor.expected.add(400)  # type: ignore[attr-defined]
    write(editor)
    choose_action(editor, "Submit to")
    expect(editor.get_by_text(re.compile("submitted for moderation"))).to_be_visible()
    lesson = TrainingModulePage.objects.get(title=TITLE)
    assert not lesson.live

    anonymous = visit()
    anonymous.expected.add(404)  # type: ignore[attr-defined]
    answer = anonymous.goto(f"/en/learn/{lesson.slug}/")
    assert answer is not None
    assert answer.status == 404
    anonymous.goto("/en/search/?q=chairs+before+microphones")
    assert TITLE not in anonymous.locator("ul.rows").all_inner_texts()

    moderator = visit("moderator")
    moderator.goto("/admin/")
    moderator.get_by_role("link", name=TITLE).first.click()
    choose_action(moderator, "Approve and publish")
    expect(moderator.locator(".messages")).to_contain_text(TITLE)

    anonymous.goto(f"/en/learn/{lesson.slug}/")
    expect(anonymous.get_by_role("heading", level=1)).to_have_text(TITLE)
    anonymous.get_by_role("link", name="Begin", exact=True).click()
    expect(anonymous.get_by_text(WORDS)).to_be_visible()
    anonymous.goto("/en/search/?q=chairs+before+microphones")
    expect(anonymous.locator("ul.rows").get_by_role("link", name=TITLE).first).to_be_visible()
