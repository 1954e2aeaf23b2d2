"""Each kind of page: who makes it, below what, half of it, and the whole of it.

A kind of page without a story here fails `test_every_kind_of_page_has_a_story`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page as Window
from wagtail.models import Page

from exchange.home.models import HomePage, StandardPage
from foundation.accounts.constants import Role
from learning.models import CoursePage, LearningIndexPage, TrainingModulePage, WebinarPage
from mentoring.models import MentoringIndexPage, MentoringProgrammePage
from tests.browser import desk
from tests.factories.learning import VTT

Write = Callable[[Window], None]


def english(model: Any) -> Callable[[], Page]:
    """The demonstration's page of this kind in English."""
    return lambda: model.objects.filter(locale__language_code="en").earliest("pk")


@dataclass(frozen=True)
class PageStory:
    """How a kind of page is made."""

    model: type[Page]
    role: Role  # the lowest that should
    parent: Callable[[], Page]
    half: Write
    whole: Write
    publishes: bool = False  # the role itself; else it submits and a moderator publishes
    enough: bool = False  # whether the half could be handed in: nothing else is asked for


def half_home(page: Window) -> None:
    """A step of the story without words."""
    desk.insert(desk.stream(page, "story"))


def whole_home(page: Window) -> None:
    """A headline, and words for the step."""
    page.locator("[name=headline]").fill("Ask, and somebody knows")
    page.locator("[name=story-0-value-text]").fill("A museum asked for help.")


def half_standard(page: Window) -> None:
    """A picture that is still to be chosen, and a text."""
    body = desk.stream(page, "body")
    desk.insert(body, "Image")
    desk.insert(body, "Text")


def whole_standard(page: Window) -> None:
    """The picture goes, the text is written."""
    body = desk.stream(page, "body")
    desk.remove(page, "body", 0)
    desk.write(body, "Who we are.")


def half_index(page: Window) -> None:
    """Nothing beside the title."""


def whole_index(page: Window) -> None:
    """An introduction."""
    page.locator("[name=introduction]").fill("Begin here.")


def half_lesson(page: Window) -> None:
    """A step without a title, with a question without answers, an empty button and a video of nothing."""
    steps = desk.stream(page, "steps")
    desk.insert(steps)
    body = steps.locator("[data-contentpath=body]").first
    for kind in ("Question", "Button", "Video", "Image", "Text"):
        desk.insert(body, kind)


def whole_lesson(page: Window) -> None:
    """What was begun and not needed goes; a title and a text stay. Lists get a summary."""
    page.locator("[name=summary]").fill("A room that fits.")
    steps = desk.stream(page, "steps")
    steps.locator("[name=steps-0-value-title]").fill("Begin with the room")
    body = steps.locator("[data-contentpath=body]").first
    for number in range(4):
        desk.remove(page, "steps-0-value-body", number)
    desk.write(body, "Count the chairs.")


def half_recording(page: Window) -> None:
    """A chapter without a time, a speaker without a name, captions of which only the first word is there."""
    desk.insert(desk.stream(page, "chapters"))
    desk.row(page, "speakers")
    captions = desk.row(page, "captions")
    captions.locator("textarea").fill("WEB")


def whole_recording(page: Window) -> None:
    """An address, captions, a chapter, a speaker."""
    page.locator("[name=external_url]").fill("https://commons.wikimedia.org/wiki/File:Example.webm")
    page.locator("[name=captions-0-text]").fill(VTT)
    page.locator("[name=captions-0-language]").select_option("en")
    page.locator("[name=chapters-0-value-start]").fill("0:05")
    page.locator("[name=chapters-0-value-title]").fill("The agreement")
    page.locator("[name=speakers-0-name]").fill("Amina Diallo")


def half_course(page: Window) -> None:
    """A week without a title."""
    desk.insert(desk.stream(page, "weeks"))


def whole_course(page: Window) -> None:
    """A week with a title and details, and a summary."""
    page.locator("[name=summary]").fill("Two weeks, one grant.")
    weeks = desk.stream(page, "weeks")
    weeks.locator("[name=weeks-0-value-title]").fill("What you need")
    desk.write(weeks, "Bring your plan.")


def half_programme(page: Window) -> None:
    """A text that is not written, a question without words and one with a single answer."""
    desk.insert(desk.stream(page, "body"))
    page.get_by_role("tab", name="Questions to mentees").click()
    form = desk.stream(page, "mentee_form")
    desk.insert(form, "Short text")
    desk.insert(form, "One of several")


def whole_programme(page: Window) -> None:
    """Words for the text and for the question; the other one goes."""
    page.get_by_role("tab", name="Questions to mentees").click()
    page.locator("[name=mentee_form-0-value-label]").fill("What do you want to learn?")
    desk.remove(page, "mentee_form", 1)
    page.get_by_role("tab", name="Content").click()
    page.locator("[name=summary]").fill("For first steps.")
    desk.write(desk.stream(page, "body"), "Somebody walks beside you.")


def root() -> Page:
    """Above all pages."""
    return Page.objects.get(depth=1)


STORIES = (
    PageStory(HomePage, Role.ADMINISTRATOR, root, half_home, whole_home, publishes=True),
    PageStory(StandardPage, Role.EDITOR, english(HomePage), half_standard, whole_standard),
    PageStory(LearningIndexPage, Role.EDITOR, english(HomePage), half_index, whole_index, enough=True),
    PageStory(TrainingModulePage, Role.EDITOR, english(LearningIndexPage), half_lesson, whole_lesson),
    PageStory(WebinarPage, Role.EDITOR, english(LearningIndexPage), half_recording, whole_recording),
    PageStory(CoursePage, Role.EDITOR, english(LearningIndexPage), half_course, whole_course),
    PageStory(MentoringIndexPage, Role.EDITOR, english(HomePage), half_index, whole_index, enough=True),
    PageStory(
        MentoringProgrammePage,
        Role.COORDINATOR,
        english(MentoringIndexPage),
        half_programme,
        whole_programme,
        publishes=True,
    ),
)
