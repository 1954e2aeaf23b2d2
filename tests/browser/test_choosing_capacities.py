"""Choosing what a lesson teaches: by words, branch by branch, and taking away again."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from directory.models import Capacity
from learning.models import TrainingModulePage
from tests.browser.conftest import Visit
from tests.browser.house import House


def test_capacities_are_found_opened_chosen_and_taken_away(site: House, visit: Visit, settings: Any) -> None:
    # Wagtail refuses an autosave that meets a press of "Save draft"; this is about the press.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    page = TrainingModulePage.objects.get(slug="good-offline-event", locale__language_code="en")
    top = Capacity.objects.with_texts().filter(depth=1, numchild__gt=0).first()
    below = top.get_children().with_texts().first()
    wanted = Capacity.objects.with_texts().filter(depth=3).exclude(pk__in=page.capacities.all()).first()
    editor = visit("editor")
    editor.goto(f"/admin/pages/{page.pk}/edit/")
    chooser = editor.locator("[data-capacity-chooser]").first
    listed = chooser.locator(".capacity-tree__list")
    chosen = chooser.locator(".capacity-tree__chosen")
    before = chosen.locator("input:checked").count()

    listed.locator(f'[data-capacity-below="{top.pk}"]').click()
    box = listed.locator(f'input[value="{below.pk}"]')
    expect(box).to_be_visible()
    box.set_checked(not box.is_checked())

    chooser.get_by_role("searchbox").fill(wanted.label("en").lower())
    found = listed.locator(f'input[value="{wanted.pk}"]')
    found.check()
    expect(chosen.locator(f'input[name="capacities"][value="{wanted.pk}"]')).to_be_checked()
    chosen.locator(f'input[value="{wanted.pk}"]').uncheck()
    expect(found).not_to_be_checked()
    found.check()
    assert chosen.locator("input:checked").count() in (before + 2, before)

    chooser.get_by_role("searchbox").fill("no such name at all")
    expect(chooser.get_by_role("status")).to_contain_text("No capacity has a name")
    editor.get_by_role("button", name="Save draft").first.click()
    editor.wait_for_url("**/edit/")
    expect(chosen.locator(f'input[value="{wanted.pk}"]')).to_be_checked()
