"""Finding an offer, asking for it, and what both see after a yes."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from exchange.demo.users import demo_address, demo_password
from tests.browser.conftest import Visit
from tests.browser.house import House
from tests.browser.watch import overflow
from tests.browser.windows import in_each_window

OFFER = "Planning an edit-a-thon when the connection fails"
OWNER, ASKER, STRANGER = "kwabena-asante", "member", "dewi-larasati"
MESSAGE = "We have a room with one socket, and twelve guests on the ninth."


@in_each_window
def test_an_offer_is_found_asked_for_and_answered(site: House, visit: Visit, window: dict[str, Any]) -> None:
    asker = visit(**window)
    asker.goto("/en/exchange/")
    asker.locator("main input[name=q]").fill("edit-a-thon connection fails")
    asker.locator("main .search-box button").click()
    asker.get_by_role("link", name=OFFER).first.click()
    assert demo_address(OWNER) not in asker.content()
    asker.get_by_role("link", name="Ask for this").click()

    # Asking needs a name: they sign in and are back where they were.
    asker.get_by_label("Email").fill(demo_address(ASKER))
    asker.get_by_label("Password", exact=True).fill(demo_password())
    asker.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(asker.get_by_role("heading", level=1)).to_have_text("Ask for this")
    asker.get_by_role("button", name="Send", exact=True).click()
    expect(asker.get_by_role("alert")).to_contain_text("Write a sentence or two")
    asker.get_by_label("Your message").fill(MESSAGE)
    asker.get_by_label("My e-mail address").check()
    assert overflow(asker) <= 0
    asker.get_by_role("button", name="Send", exact=True).click()
    expect(asker.get_by_text("You hear from us as soon as there is an answer.")).to_be_visible()
    address = asker.url
    assert demo_address(OWNER) not in asker.content()

    owner = visit(OWNER, **window)
    owner.goto("/en/my/exchanges/")
    owner.get_by_role("link", name=OFFER).first.click()
    expect(owner.get_by_text(MESSAGE)).to_be_visible()
    assert demo_address(ASKER) not in owner.content()
    owner.get_by_label("Your answer").fill("With pleasure. Send me a photo of the room.")
    owner.get_by_label("My e-mail address").check()
    owner.get_by_role("button", name="Say yes").click()
    expect(owner.get_by_text("You said yes. They were told.")).to_be_visible()
    expect(owner.get_by_role("link", name=demo_address(ASKER))).to_be_visible()

    asker.goto(address)
    expect(asker.get_by_text("Send me a photo of the room.")).to_be_visible()
    expect(asker.get_by_role("link", name=demo_address(OWNER))).to_be_visible()
    assert overflow(asker) <= 0

    stranger = visit(STRANGER, **window)
    stranger.expected.add(404)  # type: ignore[attr-defined]
    answer = stranger.goto(address)
    assert answer is not None
    assert answer.status == 404
    for private in (MESSAGE, demo_address(OWNER), demo_address(ASKER)):
        assert private not in stranger.content()


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_pressing_send_twice_asks_once(site: House, visit: Visit, javascript: bool) -> None:
    from directory.models import Exchange

    page = visit(ASKER, javascript=javascript)
    page.goto("/en/exchange/?q=edit-a-thon+connection+fails")
    page.get_by_role("link", name=OFFER).first.click()
    page.get_by_role("link", name="Ask for this").click()
    page.get_by_label("Your message").fill(MESSAGE)
    page.get_by_role("button", name="Send", exact=True).dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text(OFFER)
    assert Exchange.objects.filter(message=MESSAGE).count() == 1


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_enter_in_a_picker_adds_and_a_slip_is_mended_by_pressing(
    site: House, visit: Visit, javascript: bool
) -> None:
    from directory.models import Listing

    before = Listing.objects.count()
    page = visit(ASKER, javascript=javascript)
    page.goto("/en/listings/new/?direction=need")
    page.locator("#id_title").fill("Somebody who reads our budget")
    find = page.locator("#id_capacities_find")
    find.fill("Volunter managment")
    find.press("Enter")
    meant = page.locator(".meant").get_by_role("button").first
    name = meant.inner_text()
    meant.click()
    expect(page.locator("#id_capacities_picked").get_by_label(name)).to_be_checked()
    expect(page.locator("#id_capacities_find")).to_be_focused()
    page.locator("#id_languages_find").fill("Swahili")
    page.locator("#id_languages_find").press("Enter")
    expect(page.locator("#id_languages_picked").get_by_label("Swahili")).to_be_checked()
    expect(page.locator("#id_title")).to_have_value("Somebody who reads our budget")
    assert Listing.objects.count() == before

    page.goto("/en/my/profile/languages/")
    page.locator("#id_languages_find").fill("Hausa")
    page.locator("#id_languages_find").press("Enter")
    expect(page.locator("#id_languages_picked").get_by_label("Hausa", exact=True)).to_be_checked()
    assert page.url.endswith("/en/my/profile/languages/")
