"""Times by the reader's own clock: taken at sign-up, and put by the browser where no account knows it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from foundation.accounts.models import User
from tests.browser.conftest import Visit
from tests.factories.accounts import PASSWORD

COURSE = "/en/learn/first-partnership/"


@pytest.mark.parametrize(("javascript", "zone"), [(True, "Asia/Kathmandu"), (False, "")])
def test_signing_up_takes_the_zone_of_the_browser(visit: Visit, javascript: bool, zone: str) -> None:
    page = visit(javascript=javascript, timezone_id="Asia/Kathmandu")
    page.goto("/en/account/signup/")
    told = page.get_by_text("Your time zone is")
    expect(told).to_be_visible(visible=javascript)
    typed = {
        "name": "Asha Gurung",
        "email": "asha@test.example",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    for name, value in typed.items():
        page.locator(f"[name={name}]").fill(value)
    page.get_by_role("button", name="Make my account").click()
    page.wait_for_url("**/confirm-email/")
    assert User.objects.get(email="asha@test.example").timezone == zone


def test_leaf_and_words_turn_together_over_midnight(visit: Visit) -> None:
    """The calls of this course are on another day in Auckland than in UTC."""
    page = visit(timezone_id="Pacific/Auckland")
    page.goto(COURSE)
    calls = page.locator("#sessions li")
    expect(calls.first).to_be_visible()
    for number in range(calls.count()):
        call = calls.nth(number)
        words = call.locator("time").nth(1)
        assert words.get_attribute("title") != words.inner_text()
        day = call.locator("time.date b").inner_text()
        assert f" {day} " in words.inner_text()
        assert "GMT+1" in words.inner_text() or "NZ" in words.inner_text()


def test_an_account_without_a_zone_is_offered_the_browser_s(visit: Visit, site: object) -> None:
    User.objects.filter(email__startswith="noor-mansour").update(timezone="")
    page = visit("noor-mansour")
    page.goto("/en/account/")
    page.get_by_role("button", name="Use this browser’s: Africa/Casablanca").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your account is saved.")).to_be_visible()
    assert User.objects.get(email__startswith="noor-mansour").timezone == "Africa/Casablanca"
