"""A mentorship request from the form to the pair, with three people in three windows."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from directory.models import Person
from exchange.demo.users import demo_address
from tests.browser.conftest import Visit
from tests.browser.watch import overflow
from tests.browser.windows import in_each_window

PROGRAMME = "/en/mentoring/first-steps-in-leading/"
MENTEE, COORDINATOR = "dewi-larasati", "coordinator"
GOAL = "I want to lead our monthly meeting so that everybody has spoken once before anybody speaks twice."
CAPACITY = "Moderating a discussion"
NEED = "Somebody wants to lead a monthly meeting in which everybody speaks."
UNWANTED = "Samira Belkacem"
CONTACT = "the third table of the tea house"
PRIVATE = "Please no calls after dark."


def go_on(page: Page) -> None:
    """Saves a screen of the request."""
    assert overflow(page) <= 0
    page.get_by_role("button", name="Save and continue").click()


def write_request(page: Page) -> None:
    """All screens, as a mentee meets them."""
    page.goto(PROGRAMME)
    page.get_by_role("link", name="Request a mentor").click()
    page.get_by_role("button", name="Begin").click()
    # Nothing typed is lost, and what is missing is said in place.
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("Write at least one sentence.")
    page.get_by_label("Your goal").fill(GOAL)
    page.get_by_label("Find a capacity").fill(CAPACITY)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_label("Your goal")).to_have_value(GOAL)
    go_on(page)
    # What their profile says is there already.
    expect(page.get_by_label("English", exact=True)).to_be_checked()
    page.get_by_label("In writing, in your own time").check()
    page.get_by_label("How your mentor reaches you").fill(CONTACT)
    go_on(page)
    # Whom not: somebody by name out of the lists.
    page.get_by_label("Find a person by name").fill(UNWANTED)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_label(re.compile(UNWANTED))).to_be_checked()
    go_on(page)
    page.get_by_label("One line about you").fill("I count the chairs.")
    go_on(page)
    page.get_by_label("What have you tried so far?").fill("A list of speakers, which I lost.")
    go_on(page)
    page.get_by_label("Letters, whenever there is something to say").check()
    go_on(page)
    go_on(page)  # when they are free: no answer
    go_on(page)  # by when: no answer
    page.get_by_label("No", exact=True).check()
    go_on(page)
    page.get_by_label("What would make taking part easier for you?").fill(PRIVATE)
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Read it once more")
    page.get_by_role("button", name="Send my request").click()
    expect(page.get_by_text("Your request is on its way.")).to_be_visible()


def ask_a_mentor(page: Page) -> str:
    """The coordinator finds the request on the board, and asks the first mentor. Answers the mentor's name."""
    page.goto(PROGRAMME)
    # Before its style sheet has come, a page shows what it will hide: wait until it is whole.
    with page.expect_navigation():
        page.get_by_role("link", name="Open the board").click()
    ticket = (
        page.locator("a.ticket, table.board-table a", has_text="Dewi Larasati").locator("visible=true").first
    )
    ticket.click()
    expect(page.locator("#need blockquote")).to_have_text(GOAL)
    assert CONTACT not in page.content()
    page.get_by_role("button", name="Ready to match").click()
    with page.expect_navigation():
        page.locator(".candidate .title a").first.click()
    button = page.get_by_role("button", name="Ask ").locator("visible=true").last
    expect(page.locator(".candidate", has_text=UNWANTED)).to_have_count(0)
    name = button.inner_text().removeprefix("Ask ").strip()
    page.locator("#ask textarea").fill(NEED)
    assert overflow(page) <= 0
    button.click()
    expect(page.get_by_text(f"{name} has been asked.")).to_be_visible()
    return name


@in_each_window
def test_a_request_becomes_a_pair(visit: Visit, window: dict[str, Any]) -> None:
    mentee = visit(MENTEE, **window)
    write_request(mentee)
    status = mentee.url

    coordinator = visit(COORDINATOR, **window)
    name = ask_a_mentor(coordinator)
    mentor_account = Person.objects.get(name=name).user

    # The mentee learns nothing of whom was asked.
    mentee.goto(status)
    assert name not in mentee.content()

    # The mentor sees the need, and not who needs it.
    mentor = visit(mentor_account, **window)
    mentor.goto("/en/my/mentoring/proposals/")
    mentor.locator("li.waiting-row", has_text=NEED).get_by_role("link").click()
    expect(mentor.get_by_text(NEED)).to_be_visible()
    for private in ("Dewi", CONTACT, PRIVATE, GOAL, demo_address(MENTEE)):
        assert private not in mentor.content()
    assert overflow(mentor) <= 0
    mentor.get_by_role("button", name="Say yes").click()
    expect(mentor.get_by_role("heading", level=1)).to_have_text("Dewi Larasati")
    expect(mentor.get_by_text(CONTACT)).to_be_visible()
    assert PRIVATE not in mentor.content()
    assert overflow(mentor) <= 0

    mentee.goto(status)
    expect(mentee.get_by_text(name).first).to_be_visible()

    # The pair is theirs: the coordinator does not read along.
    coordinator.expected.add(404)  # type: ignore[attr-defined]
    answer = coordinator.goto(mentor.url)
    assert answer is not None
    assert answer.status == 404
