"""Mails greet and lead home: to BASE_URL, whatever host a request names."""

from __future__ import annotations

from itertools import count

import pytest
from django.core import mail
from django.urls import reverse

from foundation.accounts.mail import at_home
from tests.factories.accounts import PASSWORD, UserFactory, prove

pytestmark = pytest.mark.django_db
ELSEWHERE = "evil.example"
# The same address is written to only now and then.
_numbers = count()


def an_address() -> str:
    return f"salma{next(_numbers)}@mails.example"


@pytest.fixture
def home(settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.BASE_URL = "https://home.example"
    return settings.BASE_URL


def _sign_up(client, email: str = "") -> None:
    data = {
        "name": "Salma",
        "email": email or an_address(),
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    client.post(reverse("account_signup"), data, headers={"host": ELSEWHERE})


def _sign_up_again(client) -> None:
    _sign_up(client, UserFactory(email=an_address()).email)


def _forget(client) -> None:
    _forget_unknown(client, UserFactory(email=an_address()).email)


def _forget_unknown(client, email: str = "") -> None:
    data = {"email": email or an_address()}
    client.post(reverse("account_reset_password"), data, headers={"host": ELSEWHERE})


def _another_address(client) -> None:
    client.force_login(UserFactory())
    prove(client)
    data = {"email": an_address(), "action_add": "1"}
    client.post(reverse("account_email"), data, headers={"host": ELSEWHERE})


@pytest.mark.parametrize("act", [_sign_up, _sign_up_again, _forget, _forget_unknown, _another_address])
def test_no_mail_speaks_of_the_host_that_a_request_named(client, home, act):
    act(client)
    assert mail.outbox
    for message in mail.outbox:
        text = message.subject + message.body + "".join(part[0] for part in message.alternatives)
        assert ELSEWHERE not in text
        assert "home.example" in text
        assert "The Capacity Exchange" in text


@pytest.mark.parametrize(
    "url", ["http://evil.example/en/x/?a=b#c", "//evil.example/en/x/?a=b#c", "/en/x/?a=b#c"]
)
def test_an_address_keeps_its_path_and_nothing_else(home, url):
    assert at_home(url) == "https://home.example/en/x/?a=b#c"
