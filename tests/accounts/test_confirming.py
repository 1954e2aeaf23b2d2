"""Confirming an address: by a button or a code, never by opening a link; and what account mails say."""

from __future__ import annotations

import re
import secrets

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.core import mail
from django.urls import reverse
from django.utils import translation

from foundation.accounts import tokens
from foundation.accounts.adapters import AccountAdapter
from foundation.accounts.mail import WORDS
from foundation.accounts.models import User
from foundation.l10n.names import FSI, holds_link, plain_first_name, site_name
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
CODE = re.compile(r"^(\d{3} \d{3})$", re.M)


@pytest.fixture
def signed_up(client):
    """Somebody has just signed up: their address, and the mail to it."""
    email = f"{secrets.token_hex(6)}@mails.example"
    data = {"name": "Hanae", "email": email, "password1": PASSWORD, "password2": PASSWORD}
    page = client.post(reverse("account_signup"), data, follow=True)
    assert "on its way" in page.content.decode()
    return EmailAddress.objects.get(email=email), mail.outbox[-1]


def link_in(message):
    return "/" + re.search(r"https?://[^/]+/(\S+confirm-email/\S+)", message.body).group(1)


def test_a_link_that_is_opened_confirms_nothing(client, signed_up, django_user_model):
    address, message = signed_up
    other = UserFactory()
    client.force_login(other)
    for _scan in range(2):
        page = client.get(link_in(message))
        assert page.status_code == 200
    address.refresh_from_db()
    assert not address.verified
    # Nor does it sign anybody out.
    assert int(client.session["_auth_user_id"]) == other.pk


def test_the_button_confirms_and_a_second_press_says_that_it_is_done(client, signed_up):
    address, message = signed_up
    client.post(link_in(message))
    address.refresh_from_db()
    assert address.verified
    for again in (client.get, client.post):
        page = again(link_in(message)).content.decode()
        assert "Done: this address is confirmed." in page
    forged = reverse("confirm_email", args=["x" + EmailConfirmationHMAC(address).key])
    assert "no longer works" in client.get(forged).content.decode()


def test_the_code_confirms_too_and_signs_in(client, signed_up):
    address, message = signed_up
    code = CODE.search(message.body).group(1)
    wrong = "000 000" if code != "000 000" else "000 001"
    refused = client.post(reverse("confirm_code"), {"code": wrong})
    assert refused.status_code == 400
    assert f'value="{wrong}"' in refused.content.decode()
    client.post(reverse("confirm_code"), {"code": f" {code.replace(' ', '-')} "})
    address.refresh_from_db()
    assert address.verified
    assert int(client.session["_auth_user_id"]) == address.user_id


def test_five_wrong_codes_end_it_and_another_browser_has_none(client, signed_up):
    address, message = signed_up
    code = CODE.search(message.body).group(1)
    from django.test import Client

    assert Client().post(reverse("confirm_code"), {"code": code}).status_code == 400
    for _try in range(tokens.TRIES):
        page = client.post(reverse("confirm_code"), {"code": "12"})
    assert "no longer works" in page.content.decode()
    client.post(reverse("confirm_code"), {"code": code})
    address.refresh_from_db()
    assert not address.verified


def test_a_code_is_refused_in_the_same_words_where_there_is_an_account_already(client):
    known = UserFactory()
    data = {"name": "Hanae", "email": known.email, "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_signup"), data)
    pages = [
        client.post(reverse("confirm_code"), {"code": "1"}).content.decode() for _try in range(tokens.TRIES)
    ]
    assert "not the code" in pages[0]
    assert "no longer works" in pages[-1]


@pytest.mark.parametrize("code", ["en", "ar", "es", "fr"])
@pytest.mark.parametrize("prefix", [*sorted(WORDS), "account/email/account_unheard_of"])
def test_every_account_mail_is_in_our_frame(prefix, code, settings, tmp_path):
    folder = tmp_path / "account" / "email"
    folder.mkdir(parents=True)
    (folder / "account_unheard_of_subject.txt").write_text("New")
    (folder / "account_unheard_of_message.txt").write_text("Something new.")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    user = UserFactory(name="Hanae Alaoui", language=code)
    link = "http://elsewhere.example/en/account/x/"
    context = {
        "user": user,
        "code": "123 456",
        "activate_url": link,
        "password_reset_url": link,
        "signup_url": link,
    }
    with translation.override("fr"):  # whoever acts may read another language
        AccountAdapter().send_mail(prefix, user.email, context)
    message = mail.outbox[-1]
    page = message.alternatives[0][0]
    first = message.body.splitlines()[0]
    assert first.strip(FSI).startswith("Hanae")
    assert f'<html lang="{code}" dir="{"rtl" if code == "ar" else "ltr"}">' in page
    assert first in page
    assert "elsewhere.example" not in message.body + page
    assert not re.search(rf"{settings.BASE_URL}/(?!{code}/)[a-z]{{2}}/", message.body)
    assert "Hanae" not in message.subject
    with translation.override(code):
        assert site_name() in message.body


NAMES = [
    ("Hanae Alaoui", "Hanae"),
    ("Jean-Luc", "Jean-Luc"),
    ("O'Brien", "O'Brien"),
    ("هناء", "هناء"),
    ("美咲", "美咲"),
    ("claim at https://evil.example", "claim"),
    ("https://evil.example", ""),
    ("evil.example", ""),
    ("a@b.example", ""),
    ("Claim-your-prize-at-once", ""),
    ("免费领取奖金请访问", ""),
    ("WIN1000", ""),
    ("", ""),
]


@pytest.mark.parametrize(("name", "kept"), NAMES)
def test_of_a_chosen_name_one_plain_word_is_kept(name, kept):
    assert plain_first_name(name) == kept


@pytest.mark.parametrize(
    "name", ["claim at https://evil.example", "evil.example", "WWW.EVIL.COM", "a@b.example"]
)
def test_a_name_that_is_a_link_reaches_nobody(client, name):
    """Not at sign-up, where it is refused and nothing is lost; not in a mail, where it was there before."""
    email = f"{secrets.token_hex(6)}@mails.example"
    data = {"name": name, "email": email, "password1": PASSWORD, "password2": PASSWORD}
    page = client.post(reverse("account_signup"), data)
    assert "without an address" in page.content.decode()
    assert name in page.content.decode()
    assert not User.objects.filter(email=email).exists()
    assert mail.outbox == []
    user = UserFactory(name=name)
    for prefix in WORDS:
        AccountAdapter().send_mail(prefix, email, {"user": user, "code": "1", "activate_url": "/en/x/"})
    for message in mail.outbox:
        text = message.subject + message.body + message.alternatives[0][0]
        assert "evil" not in text.lower()
        assert "a@b.example" not in text


@pytest.mark.parametrize("name", ["St.John", "J.R. Smith", "Ana M. López", "Dr. Who", "Noor"])
def test_a_name_with_dots_is_a_name(name):
    assert not holds_link(name)
