"""From no account to one, and back into it without the password: by the mails, with the wrong thing done at each step."""

from __future__ import annotations

import re

from django.core import mail
from playwright.sync_api import Page, expect

from foundation.accounts.models import User
from tests.browser.conftest import Visit
from tests.browser.house import House
from tests.factories.accounts import PASSWORD

ADDRESS, NEW_PASSWORD = "asha@joining.example", "seven quiet herons"


def fill(page: Page, **typed: str) -> None:
    for name, value in typed.items():
        page.locator(f"main [name={name}]").fill(value)


def newest_mail() -> str:
    """The last one to the address, which came to no one else."""
    message = mail.outbox[-1]
    assert message.to == [ADDRESS]
    return str(message.body)


def link_in(text: str) -> str:
    """The path of the only link that does something; the other leads to the site."""
    [path] = re.findall(r"https?://[^/\s]+(/\S+)", text)
    return str(path)


def test_an_account_is_made_confirmed_and_found_again(site: House, visit: Visit) -> None:
    page = visit()
    page.expected.add(400)  # type: ignore[attr-defined]  # a wrong code
    page.goto("/en/account/signup/")
    fill(page, name="Asha Gurung", email="asha@joining", password1="1234", password2="12345")
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.locator("[name=name]")).to_have_value("Asha Gurung")
    assert not User.objects.filter(name="Asha Gurung").exists()
    fill(page, email=ADDRESS, password1=PASSWORD, password2=PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_role("status")).to_contain_text("An e-mail is on its way")

    # The code: a wrong one keeps what was typed and changes nothing, a right one opens the door.
    told = newest_mail()
    [code] = re.findall(r"^\d{3}\s?\d{3}$", told, flags=re.MULTILINE)
    wrong = "000000" if code != "000000" else "111111"
    page.get_by_label("The six digits").fill(wrong)
    page.get_by_role("button", name="Confirm the address").click()
    expect(page.get_by_role("alert")).to_contain_text("not the code")
    expect(page.get_by_label("The six digits")).to_have_value(wrong)
    page.get_by_label("The six digits").fill(code)
    page.get_by_role("button", name="Confirm the address").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    account = User.objects.get(email=ADDRESS)
    assert account.emailaddress_set.get().verified

    # What looks at the links of mails, and whoever presses twice: told that it is done, nothing breaks.
    scanner = visit()
    link = link_in(told)
    assert scanner.goto(link)
    expect(scanner.get_by_role("main")).to_contain_text(re.compile("Done|no longer works"))

    # The password is gone. An address that nobody has is answered the same.
    page.goto("/en/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    answers = []
    for address in ("nobody@joining.example", ADDRESS):
        page.goto("/en/account/password/reset/")
        fill(page, email=address)
        page.get_by_role("button", name="Send me the link").click()
        answers.append(page.get_by_role("main").inner_text())
    assert answers[0] == answers[1]
    way_in = link_in(newest_mail())
    scanner.goto(way_in)  # opened by a machine first: the link is still good
    page.goto(way_in)
    fill(page, password1=NEW_PASSWORD, password2="seven quiet heron")
    page.get_by_role("button", name="Keep this password").click()
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    fill(page, password1=NEW_PASSWORD, password2=NEW_PASSWORD)
    page.get_by_role("button", name="Keep this password").click()
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("From now on you sign in with your new password.")
    page.goto(way_in)
    expect(page.get_by_role("main")).to_contain_text("This link no longer works.")
    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    fill(page, login=ADDRESS, password=PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("main [name=login]")).to_have_value(ADDRESS)  # the old one is worth nothing
    fill(page, password=NEW_PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.goto("/en/account/")
    expect(page.get_by_label("Name")).to_have_value("Asha Gurung")
