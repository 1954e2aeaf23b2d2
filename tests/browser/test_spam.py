"""What a newcomer posts with a link to elsewhere waits for a moderator, and both read what happens."""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.house import House

TITLE, LINK = "Banners for your next meeting", "https://banners.example/offer"


def test_a_newcomer_s_link_waits_until_a_moderator_shows_it(site: House, visit: Visit) -> None:
    user = site.user("member")
    user.date_joined = timezone.now() - timedelta(hours=1)
    user.save(update_fields=["date_joined"])
    page = visit("member", width=360)
    page.goto("/en/listings/new/?direction=offer")
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_description").fill(f"Look at {LINK} first.")
    page.get_by_role("button", name="Save and show").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose at least one capacity")
    expect(page.locator("#id_description")).to_have_value(f"Look at {LINK} first.")
    page.locator("#id_capacities_find").fill("Graphic design")
    page.locator("#id_capacities_find").press("Enter")
    expect(page.locator("#id_capacities_picked").get_by_role("checkbox").first).to_be_checked()
    page.get_by_role("button", name="Save and show").click()
    expect(page.get_by_text("A moderator looks at it before others see it")).to_be_visible()
    expect(page.get_by_text("It has a link to a site outside of Wikimedia")).to_be_visible()
    address = page.url

    guest = visit()
    guest.expected.add(404)  # type: ignore[attr-defined]
    answer = guest.goto(address)
    assert answer is not None
    assert answer.status == 404
    assert LINK not in guest.content()

    editor = visit("editor")
    editor.expected.update({403, 302})  # type: ignore[attr-defined]
    editor.goto("/admin/listings/")
    expect(editor.get_by_text("Sorry, you do not have permission")).to_be_visible()

    moderator = visit("moderator")
    moderator.goto("/en/notifications/")
    expect(moderator.get_by_text("waits for a moderator")).to_be_visible()
    moderator.get_by_role("link", name=re.compile("waits for a moderator")).first.click()
    expect(moderator.get_by_text(LINK)).to_be_visible()
    moderator.locator("#id_state").select_option("active")
    moderator.get_by_role("button", name="Save").click()

    page.goto("/en/notifications/")
    expect(page.get_by_text(f"It is shown now: “{TITLE}”")).to_be_visible()
    answer = guest.goto(address)
    assert answer is not None
    assert answer.status == 200
    expect(guest.get_by_text(LINK)).to_be_visible()
