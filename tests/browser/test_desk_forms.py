"""Forms of the admin that need its scripts: rows that are added, things that are chosen in windows.

Each is filled in once, by the lowest role that should; all else about forms is asked in tests/desk.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page as Window
from playwright.sync_api import expect

from directory.models import Person
from foundation.accounts.constants import Role
from learning.models import Cohort, CoursePage, Library, TrainingModulePage
from mentoring.models import MentoringProgrammePage
from tests.browser import desk
from tests.browser.conftest import Visit
from tests.browser.house import House
from tests.factories.accounts import UserFactory


def somebody(role: Role) -> Any:
    """A person of this role and no other."""
    return UserFactory(role=role, email=f"{role.name.lower()}@forms.example")


@pytest.fixture(autouse=True)
def without_autosave(settings: Any) -> None:
    """The desk saves by itself at moments of its own; with the button each step ends when it is done."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0


def type_moment(page: Window, name: str, words: str) -> None:
    """Into a field with a calendar, which a press elsewhere closes."""
    page.locator(f"[name={name}]").fill(words)
    page.locator("#id_name").click()


def keep(page: Window) -> None:
    """The button at the foot of a form."""
    page.locator("form:has([name=csrfmiddlewaretoken]) button[type=submit]").locator(
        "visible=true"
    ).last.click()


def test_an_editor_makes_a_cohort_with_a_call(site: House, visit: Visit) -> None:
    course = CoursePage.objects.filter(locale__language_code="en", live=True).earliest("pk")
    page = visit(somebody(Role.EDITOR))
    page.goto("/admin/cohorts/new/", wait_until="networkidle")
    desk.choose(page, page.get_by_role("button", name=re.compile("Choose a page")).first, course.title)
    page.locator("[name=name]").fill("From nothing")
    moments = {"opens": "2027-01-01 10:00", "closes": "2027-02-01 10:00"}
    for name, when in {**moments, "starts_on": "2027-02-10", "ends_on": "2027-03-10"}.items():
        type_moment(page, name, when)
    call = desk.row(page, "sessions")
    call.locator("[name=sessions-0-title]").fill("First call")
    keep(page)
    # What was typed and chosen stands there with what is wrong.
    expect(page.locator("#inline_child_sessions-0")).to_contain_text("This field is required.")
    expect(page.locator("[name=sessions-0-title]")).to_have_value("First call")
    expect(page.get_by_text(course.title).first).to_be_visible()
    assert not Cohort.objects.filter(name="From nothing").exists()
    type_moment(page, "sessions-0-starts_at", "2027-02-12 17:00")
    keep(page)
    expect(page.locator(".messages")).to_contain_text("created")
    made = Cohort.objects.get(name="From nothing")
    assert (made.course_id, made.sessions.get().title) == (course.pk, "First call")


def test_an_editor_makes_a_library_of_lessons(site: House, visit: Visit) -> None:
    lesson = TrainingModulePage.objects.filter(locale__language_code="en", live=True).earliest("pk")
    page = visit(somebody(Role.EDITOR))
    page.goto("/admin/libraries/new/", wait_until="networkidle")
    page.locator("[name=name]").fill("From nothing")
    page.locator("[name=slug]").fill("from-nothing")
    desk.row(page, "categories").locator("[name=categories-0-title]").fill("Beginning")
    row = desk.row(page, "categories-0-entries")
    desk.choose(page, row.get_by_role("button", name=re.compile("Choose a page")).first, lesson.title)
    keep(page)
    expect(page.locator(".messages")).to_contain_text("created")
    assert Library.objects.get(slug="from-nothing").categories.get().entries.get().module == lesson


def test_a_coordinator_names_another_one_for_a_programme(site: House, visit: Visit) -> None:
    programme = MentoringProgrammePage.objects.filter(locale__language_code="en").earliest("pk")
    person = Person.objects.get(name="Kwabena Asante")
    page = visit(somebody(Role.COORDINATOR))
    page.goto(f"/admin/pages/{programme.pk}/edit/", wait_until="networkidle")
    row = desk.row(page, "coordinators", programme.coordinators.count())
    desk.choose(page, row.get_by_role("button", name="Choose a person").first, person.name)
    desk.act(page, "^Publish")
    expect(page.locator(".messages")).to_contain_text("published")
    assert MentoringProgrammePage.objects.get(pk=programme.pk).coordinators.filter(person=person).exists()
