"""Signing in with Wikimedia, against a stub of its OAuth 2.0 server on loopback."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.socialaccount.providers.mediawiki.views import MediaWikiOAuth2Adapter
from django.core import mail
from django.urls import reverse

from foundation.accounts.constants import Role
from foundation.accounts.models import User
from tests.factories.accounts import PASSWORD, account

pytestmark = pytest.mark.django_db


class Stub(BaseHTTPRequestHandler):
    """Answers as MediaWiki's OAuth extension does: a token for a code, a profile for a token."""

    profile: ClassVar[dict[str, object]] = {}
    seen: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        form = parse_qs(self.rfile.read(length).decode())
        self.seen.append(form.get("code", [""])[0])
        good = form.get("code") == ["good-code"]
        token = {"access_token": "stub-token", "token_type": "Bearer"}
        self.answer(200 if good else 400, token if good else {"error": "invalid_grant"})

    def do_GET(self) -> None:
        self.answer(200, self.profile)

    def answer(self, status: int, value: object) -> None:
        content = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Keeps the test's output quiet."""


@pytest.fixture
def wikimedia(settings, monkeypatch) -> Iterator[type[Stub]]:
    """A stub server, and settings with keys that point at it."""
    server = HTTPServer(("127.0.0.1", 0), Stub)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    base = f"http://127.0.0.1:{server.server_port}/w/rest.php"
    settings.SOCIALACCOUNT_PROVIDERS = {
        "mediawiki": {
            "REST_API": base,
            "USER_AGENT": "tests",
            "APPS": [{"client_id": "key", "secret": "secret", "key": ""}],
        }
    }
    # The adapter reads the address once, when it is imported.
    monkeypatch.setattr(MediaWikiOAuth2Adapter, "access_token_url", f"{base}/oauth2/access_token")
    monkeypatch.setattr(MediaWikiOAuth2Adapter, "authorize_url", f"{base}/oauth2/authorize")
    monkeypatch.setattr(MediaWikiOAuth2Adapter, "profile_url", f"{base}/oauth2/resource/profile")
    Stub.profile = {
        "sub": 4711,
        "username": "Salma (test)",
        "email": "salma@wiki.example",
        "confirmed_email": True,
        "realname": "",
    }
    yield Stub
    server.shutdown()
    server.server_close()


def sign_in(client, code="good-code"):
    started = client.post(reverse("mediawiki_login"))
    assert started.status_code == 302
    target = urlsplit(started.headers["Location"])
    assert target.netloc.startswith("127.0.0.1")
    state = parse_qs(target.query)["state"][0]
    return client.get(reverse("mediawiki_callback"), {"code": code, "state": state}, follow=True)


def test_the_button_appears_only_with_keys(client, settings):
    assert "Wikimedia</a>" not in client.get(reverse("account_login")).content.decode()


def test_the_button_is_there_with_keys(client, wikimedia):
    assert "Sign in with Wikimedia" in client.get(reverse("account_login")).content.decode()


def test_a_first_sign_in_makes_a_member_with_the_wikimedia_name(client, wikimedia):
    sign_in(client)
    user = User.objects.get()
    assert user.wikimedia_name == "Salma (test)"
    assert user.name == "Salma (test)"
    assert [group.name for group in user.groups.all()] == [Role.MEMBER.value]
    assert SocialAccount.objects.get().uid == "4711"


def test_no_token_of_theirs_is_kept(client, wikimedia):
    sign_in(client)
    assert not SocialToken.objects.exists()


def test_the_second_sign_in_finds_the_same_account(client, wikimedia):
    sign_in(client)
    client.logout()
    sign_in(client)
    assert User.objects.count() == 1


def test_a_refused_code_signs_nobody_in(client, wikimedia):
    answer = sign_in(client, code="stolen")
    assert not User.objects.exists()
    assert answer.status_code in {200, 401, 403}
    assert "Traceback" not in answer.content.decode()


def test_an_answer_without_our_state_is_refused(client, wikimedia):
    client.get(reverse("mediawiki_callback"), {"code": "good-code", "state": "forged"})
    assert not User.objects.exists()


def test_an_account_with_the_address_is_joined_only_by_who_signs_in_to_it(client, wikimedia):
    owner = account(email="salma@wiki.example")
    came = sign_in(client)
    assert came.redirect_chain[-1][0] == f"{reverse('account_login')}?next=%2Fen%2Faccount%2Fjoin%2F"
    assert "join the two" in came.text
    assert not SocialAccount.objects.exists()
    assert client.get(reverse("accounts:account")).status_code == 302
    joining = reverse("accounts:join")
    assert client.post(joining).status_code == 302
    wrong = {"login": owner.email, "password": "a guess", "next": joining}
    assert client.post(reverse("account_login"), wrong).status_code == 200
    assert not SocialAccount.objects.exists()
    page = client.post(reverse("account_login"), wrong | {"password": PASSWORD}, follow=True)
    assert "Salma (test)" in page.text
    assert not SocialAccount.objects.exists()
    client.post(joining)
    assert SocialAccount.objects.get().user == owner
    assert [message.to for message in mail.outbox] == [[owner.email]]
    # Twice is once; and from now on Wikimedia leads in.
    client.post(joining)
    assert SocialAccount.objects.count() == 1
    client.logout()
    sign_in(client)
    assert client.get(reverse("accounts:account")).status_code == 200
    assert User.objects.count() == 1


def test_what_waits_to_be_joined_is_forgotten_when_another_wikimedian_comes(client, wikimedia):
    account(email="salma@wiki.example")
    sign_in(client)
    wikimedia.profile = wikimedia.profile | {"sub": 4712, "username": "Noor", "email": "noor@wiki.example"}
    sign_in(client)
    client.post(reverse("accounts:join"))
    assert [each.uid for each in SocialAccount.objects.all()] == ["4712"]


def test_an_account_from_wikimedia_signs_in_there_once_more(client, wikimedia, monkeypatch):
    sign_in(client)
    later = time.time() + 3600
    monkeypatch.setattr("time.time", lambda: later)
    asked = client.post(reverse("accounts:download"))
    assert asked.url.startswith(reverse("accounts:sign_in_again"))
    assert "Sign in with Wikimedia" in client.get(asked.url).text
    sign_in(client)
    answer = client.post(reverse("accounts:download"))
    assert answer.headers["Content-Disposition"].startswith("attachment")
