"""The language of an account, where an address names none, and where what was done is said."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts.constants import Role
from tests.factories.accounts import PASSWORD, UserFactory, account

pytestmark = pytest.mark.django_db
FRENCH = {"accept-language": "fr"}


def test_an_address_without_a_language_is_read_in_the_account_s() -> None:
    client = Client(headers=FRENCH)
    assert client.get("/").url == "/fr/"
    client.force_login(UserFactory(language="ar"))
    assert client.get("/").url == "/ar/"
    # An address that names one says which.
    assert client.get("/es/account/").headers["Content-Language"] == "es"
    client.post("/es/account/", {"name": "Noor", "language": "es", "timezone": "UTC"})
    assert client.get("/").url == "/es/"
    # The browser keeps it for when they have signed out.
    client.post(reverse("account_logout"))
    assert client.get("/").url == "/es/"


def test_who_signs_in_arrives_in_their_language() -> None:
    user = account(language="ar")
    client = Client(headers=FRENCH)
    client.post("/fr/account/login/", {"login": user.email, "password": PASSWORD})
    assert client.get("/", follow=True).redirect_chain[-1][0] == "/ar/"


def test_the_desk_is_in_the_account_s_language() -> None:
    client = Client(headers=FRENCH)
    client.force_login(UserFactory(role=Role.EDITOR, language="es"))
    assert 'lang="es"' in client.get("/admin/").text


def test_an_account_without_a_language_reads_what_its_browser_prefers() -> None:
    client = Client(headers=FRENCH)
    client.force_login(UserFactory(language=""))
    assert client.get("/").url == "/fr/"


def test_what_was_done_is_said_by_a_screen_reader_and_found_by_the_keyboard() -> None:
    client = Client()
    client.force_login(UserFactory())
    typed = {"name": "Noor", "language": "en", "timezone": "UTC"}
    page = client.post(reverse("accounts:account"), typed, follow=True).text
    assert '<div class="container messages" tabindex="-1" autofocus>' in page
    assert '<div class="notice done" role="status">' in page
