"""One story a room against the cluster, by people whom the stories make."""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from PIL import Image
from playwright.sync_api import Page, expect

from tests.cluster.conftest import code_for
from tests.cluster.topology import ADMIN, Cluster
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.cluster
Visit = Callable[[], Page]
OFFER = "Planning for rooms with one socket"
MESSAGE = "We have twelve guests on the ninth."


def join(cluster: Cluster, page: Page, name: str) -> str:
    """Signs up, with one slip, and confirms by the code from the mail; answers the address."""
    email = f"{name.lower()}@mails.example"
    page.goto("/en/account/signup/")
    form = page.locator("form", has=page.locator("[name=password1]"))
    for second in ("something else", PASSWORD):
        form.locator("[name=name]").fill(name)
        form.locator("[name=email]").fill(email)
        form.locator("[name=password1]").fill(PASSWORD)
        form.locator("[name=password2]").fill(second)
        form.get_by_role("button", name="Make my account").click()
    page.locator("[name=code]").fill(code_for(cluster, page, email))
    page.locator("form", has=page.locator("[name=code]")).get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    return email


def scenery(cluster: Cluster) -> dict:
    """Lesson, course and programme."""
    code = "from tests.faults.scenery import tell; tell(0, 0)"
    found: dict = json.loads(cluster.manage("shell", "--no-imports", "-c", code).partition("SCENERY ")[2])
    return found


def test_an_offer_is_written_found_asked_for_and_answered(cluster: Cluster, visit: Visit) -> None:
    owner, asker, stranger = visit(), visit(), visit()
    owner_email = join(cluster, owner, "Hanae")
    asker_email = join(cluster, asker, "Tunde")
    owner.goto("/en/listings/new/?direction=offer")
    owner.locator("#id_title").fill(OFFER)
    owner.locator("#id_capacities_find").fill("Volunteer management")
    owner.wait_for_timeout(4000)  # faster than a person can write, and a moderator looks first
    owner.locator("main form").get_by_role("button", name="Save and show").click()
    expect(owner.get_by_role("status")).to_contain_text("Saved and shown")

    # Through the queue into the index, and out of it for somebody else.
    for _try in range(60):
        asker.goto("/en/exchange/?q=rooms+with+one+socket")
        if asker.get_by_role("link", name=OFFER).count():
            break
        asker.wait_for_timeout(500)
    asker.get_by_role("link", name=OFFER).first.click()
    asker.get_by_role("link", name="Ask for this").click()
    asker.get_by_role("button", name="Send", exact=True).click()
    expect(asker.get_by_role("alert")).to_contain_text("Write a sentence or two")
    asker.get_by_label("Your message").fill(MESSAGE)
    asker.get_by_role("button", name="Send", exact=True).click()
    expect(asker.get_by_text("You hear from us as soon as there is an answer.")).to_be_visible()
    address = asker.url

    owner.goto("/en/my/exchanges/")
    owner.get_by_role("link", name=OFFER).first.click()
    expect(owner.get_by_text(MESSAGE)).to_be_visible()
    assert asker_email not in owner.content()
    owner.get_by_label("Your answer").fill("With pleasure.")
    owner.get_by_role("button", name="Say yes").click()
    expect(owner.get_by_text("You said yes. They were told.")).to_be_visible()
    asker.goto(address)
    expect(asker.get_by_text("With pleasure.")).to_be_visible()

    answer = stranger.goto("/en/exchange/")
    assert answer is not None
    assert owner_email not in stranger.content()
    stranger.goto(address)
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_a_lesson_is_taken_a_seat_is_given_and_a_request_for_a_mentor_begins(
    cluster: Cluster, visit: Visit
) -> None:
    made, page = scenery(cluster), visit()
    join(cluster, page, "Salma")
    page.goto(f"{made['lesson']}step/2/")
    page.locator("textarea[name^=task-]").fill("We counted the chairs.")
    page.locator(".step-bar").get_by_role("button", name="Back").click()
    page.goto(f"{made['lesson']}step/2/")
    expect(page.locator("textarea[name^=task-]")).to_have_value("We counted the chairs.")
    page.goto(made["course"])
    page.get_by_role("button", name="Enrol", exact=True).first.click()
    expect(page.get_by_role("button", name="Leave the course").first).to_be_visible()

    page.goto(f"/en/mentoring/requests/start/{made['programme']}/")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("alert")).to_contain_text("Write at least one sentence.")
    page.get_by_label("Your goal").fill("I want to moderate.")
    page.locator("main input[name=capacities]").first.evaluate("box => { box.checked = true }")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_label("How your mentor reaches you")).to_be_visible()


def test_the_administrator_signs_in_with_a_second_factor_and_a_picture_lies_in_the_store(
    cluster: Cluster, visit: Visit
) -> None:
    from_shell = "from exchange.home.operations.first_site import make_administrator; "
    link = cluster.manage(
        "shell", "--no-imports", "-c", f"{from_shell}print(make_administrator('{ADMIN}')[1])"
    )
    page = visit()
    page.goto(link.strip().splitlines()[-1])
    page.locator("[name=password1]").fill(PASSWORD)
    page.locator("[name=password2]").fill(PASSWORD)
    page.locator("form", has=page.locator("[name=password1]")).get_by_role("button").first.click()
    page.goto("/admin/")
    page.get_by_label("Email").fill(ADMIN)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    # Nothing of the admin opens before there is a second factor, and that is added by whoever says once more who they are.
    expect(page.get_by_role("heading", level=1)).to_have_text("Signing in and safety")
    page.get_by_role("link", name="Add Authenticator app").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    secret = page.locator("code").inner_text()
    page.get_by_label("code").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.get_by_role("button", name="Add the app").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")

    page.goto("/admin/images/add/")
    picture = io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(picture, "PNG")
    page.locator("input[type=file]").first.set_input_files(
        {"name": "room.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    )
    page.locator("main input[name=title]").fill("A room")
    page.locator("main form[enctype] button[type=submit]").first.click()
    expect(page.get_by_text(re.compile("A room.* added"))).to_be_visible()
    assert [name for name in cluster.store.names() if re.search(r"room-[0-9a-f]{12}\.png$", name)]
