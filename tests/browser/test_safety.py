"""Making one's account safe, signing in with what was added, and what happens when it is lost."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from playwright.sync_api import Page, expect

from exchange.demo.users import demo_address, demo_password
from tests.browser.conftest import Visit
from tests.browser.house import House
from tests.browser.watch import overflow

WHO = "member"


def sign_in(page: Page, *, wrong: bool = False) -> None:
    """By the form; with the wrong password first, if asked."""
    page.goto("/en/account/login/")
    for password in [*(["a guess"] if wrong else []), demo_password()]:
        page.get_by_label("Email").fill(demo_address(WHO))
        page.get_by_label("Password", exact=True).fill(password)
        page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    page.goto("/en/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()


def is_it_me(page: Page) -> None:
    """What could take the account asks once more; a wrong answer changes nothing."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")
    for password in ("a guess", demo_password()):
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Go on").click()


def with_authenticator(page: Page) -> None:
    """A device that has a finger to show."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.mark.parametrize("width", [1280, 320])
def test_a_passkey_is_added_signs_in_and_is_replaced_by_a_recovery_code(
    site: House, visit: Visit, width: int
) -> None:
    page = visit(width=width)
    with_authenticator(page)
    page.goto("/en/account/login/")
    page.get_by_label("Email").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    sign_in(page, wrong=True)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Salma")
    page.goto("/en/account/safety/")
    assert overflow(page) <= 0
    page.get_by_role("link", name="Add a passkey").click()
    is_it_me(page)
    page.get_by_label("Name").fill("My phone")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    assert [message.to for message in mail.outbox] == [[demo_address(WHO)]]
    with page.expect_download() as file:
        page.get_by_role("link", name="Download").click()
    assert file.value.path().read_text().split() == codes
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_text("10 of 10 left")).to_be_visible()
    expect(page.get_by_text("Passkey: My phone")).to_be_visible()
    assert overflow(page) <= 0

    sign_out(page)
    page.goto("/en/account/login/?next=/en/account/safety/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Signing in and safety")

    # Another browser, without the device: the password alone does not open it, a code from paper does.
    other = visit(width=width)
    sign_in(other)
    expect(other.get_by_role("heading", level=1)).to_have_text("One more step")
    for code in ("00000000", codes[0]):
        other.get_by_label("Code").fill(code)
        other.get_by_role("button", name="Sign in", exact=True).click()
    other.goto("/en/account/safety/")
    expect(other.get_by_text("9 of 10 left")).to_be_visible()
    other.get_by_role("button", name="End all but this one").click()
    expect(other.get_by_role("status")).to_contain_text("signed out")
    expect(other.locator(".messages")).to_be_focused()
    page.goto("/en/account/safety/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_an_app_is_added_without_scripts_and_taken_away_by_an_administrator(
    site: House, visit: Visit
) -> None:
    page = visit(javascript=False)
    sign_in(page)
    page.goto("/en/account/safety/")
    expect(page.get_by_role("button", name="passkey")).to_have_count(0)
    page.get_by_role("link", name="Add Authenticator app").click()
    is_it_me(page)
    secret = page.locator("code").inner_text()
    for code in ("000000", format_hotp_value(hotp_value(secret, int(time.time()) // 30))):
        page.get_by_label("code").fill(code)
        page.get_by_role("button", name="Add the app").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    sign_out(page)
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")

    lost = site.user(WHO)
    address = f"/admin/users/second-factor/{lost.pk}/"
    coordinator = visit("coordinator")
    coordinator.goto(address)
    expect(coordinator.get_by_text("permission to access this")).to_be_visible()
    desk = visit("administrator")
    desk.goto(address)
    is_it_me(desk)
    desk.get_by_role("button", name="Take the second factor away").click()
    expect(desk.get_by_text(re.compile("required")).first).to_be_visible()
    desk.get_by_label("I met them").check()
    desk.get_by_label("When, and who else").fill("In the call of Tuesday, with Yuki")
    desk.get_by_role("button", name="Take the second factor away").click()
    expect(desk.get_by_text("The second factor is gone.")).to_be_visible()

    sign_in(page)
    page.goto("/en/account/safety/")
    expect(page.get_by_role("link", name="Add Authenticator app")).to_be_visible()
