"""A second factor: added, asked for, lost, needed at the desk; and the browsers in which somebody is signed in."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from foundation.accounts import sessions
from foundation.accounts.constants import Role
from foundation.accounts.models import BrowserSession, User
from tests.factories.accounts import PASSWORD, account, prove

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def code_of(secret: str, later: int = 0) -> str:
    """What the app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def with_app(user: User) -> str:
    """Gives an account an authenticator app and recovery codes; its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def sign_in(user: User, client: Client | None = None, **headers: str):
    """The browser, and what it was answered."""
    client = client or Client()
    sent = {"login": user.email, "password": PASSWORD}
    return client, client.post(reverse("account_login"), sent, headers=headers or None)


def test_an_app_is_added_by_who_proves_who_they_are() -> None:
    user = account()
    client, _answer = sign_in(user)
    add = reverse("mfa_activate_totp")
    asked = client.get(add)
    assert asked.url.startswith(reverse("account_reauthenticate"))
    page = client.post(asked.url, {"password": PASSWORD}, follow=True)
    secret = re.search(r'<code dir="ltr">(\w+)</code>', page.text)[1]  # type: ignore[index]
    wrong = client.post(add, {"code": "000000"})
    assert 'aria-invalid="true"' in wrong.text
    assert not Authenticator.objects.exists()
    shown = client.post(add, {"code": code_of(secret)}, follow=True)
    codes = re.findall(r"<li><code>(\d{8})</code></li>", shown.text)
    assert len(codes) == 10
    assert f"{codes[0]}%0A{codes[1]}%0A" in shown.text
    # Once: whoever opens the page again reads a number, and the file is not there at all.
    assert codes[0] not in client.get(reverse("mfa_view_recovery_codes")).text
    assert client.get(reverse("mfa_download_recovery_codes")).status_code == 403
    assert "10 of 10 left" in client.get(reverse("accounts:safety")).text
    # Neither secret nor codes stand in the database as they are.
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert codes[0] not in kept


def test_a_password_alone_no_longer_opens_the_account() -> None:
    user = account()
    secret = with_app(user)
    client, answer = sign_in(user)
    assert answer.url == reverse("mfa_authenticate")
    assert client.get(reverse("accounts:account")).status_code == 302
    assert "Neither at hand?" in client.get(answer.url).text
    code = code_of(secret)
    assert client.post(answer.url, {"code": "000000"}).status_code == 200
    assert client.post(answer.url, {"code": code}).status_code == 302
    assert client.get(reverse("accounts:account")).status_code == 200
    # The same code opens nothing a second time, in whatever process it is asked.
    other, answer = sign_in(user)
    assert other.post(answer.url, {"code": code}).status_code == 200


def test_a_recovery_code_works_once() -> None:
    user = account()
    with_app(user)
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().generate_codes()
    for expected in (302, 200):
        client, answer = sign_in(user)
        assert client.post(answer.url, {"code": codes[3]}).status_code == expected
    assert "9 of 10 left" in _safety(user)


def _safety(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.get(reverse("accounts:safety")).text


def test_codes_are_guessed_only_so_often() -> None:
    user = account()
    secret = with_app(user)
    client, answer = sign_in(user)
    for _try in range(5):
        client.post(answer.url, {"code": "000000"})
    refused = client.post(answer.url, {"code": code_of(secret)})
    assert refused.status_code == 200
    assert client.get(reverse("accounts:account")).status_code == 302


def test_a_factor_goes_only_with_a_proof_and_takes_the_codes_with_it() -> None:
    user = account()
    with_app(user)
    client = Client()
    client.force_login(user)
    remove = reverse("mfa_deactivate_totp")
    assert client.post(remove).url.startswith("/en/account/")
    assert Authenticator.objects.count() == 2
    client.post(client.post(remove).url, {"password": PASSWORD})
    assert not Authenticator.objects.exists()
    assert [message.to for message in mail.outbox] == [[user.email]]


def test_who_has_forgotten_the_password_still_needs_the_second_factor() -> None:
    user = account()
    with_app(user)
    client = Client()
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[0].body)[1]  # type: ignore[index]
    page = client.get(link, follow=True)
    new = "another quiet phrase"
    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    answer = client.post(reverse("account_login"), {"login": user.email, "password": new})
    assert answer.url == reverse("mfa_authenticate")


def test_what_was_encrypted_is_read_under_an_old_key_and_worth_nothing_under_none(settings) -> None:
    adapter = get_adapter()
    kept = adapter.encrypt("JBSWY3DPEHPK3PXP")
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another-" + "q" * 50
    settings.SECRET_KEY_FALLBACKS = [old]
    assert adapter.decrypt(kept) == "JBSWY3DPEHPK3PXP"
    settings.SECRET_KEY_FALLBACKS = []
    assert adapter.decrypt(kept) not in ("JBSWY3DPEHPK3PXP", adapter.decrypt(kept))


# The desk -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR])
def test_the_desk_opens_with_a_second_factor_where_the_settings_ask_for_one(settings, role: Role) -> None:
    settings.SECOND_FACTOR_AT_THE_DESK = True
    user = account(role=role)
    client, answer = sign_in(user)
    safety, home = reverse("accounts:safety"), reverse("wagtailadmin_home")
    assert answer.url == f"{safety}?next=%2F"
    assert "Add a second factor" in client.get(answer.url).text
    assert client.get(home).url == f"{safety}?next=%2Fadmin%2F"
    assert client.post(reverse("wagtailadmin_account"), {}).url.startswith(safety)
    # Pages for everybody stay open meanwhile.
    assert client.get(reverse("accounts:account")).status_code == 200
    with_app(user)
    assert client.get(home).status_code == 200
    assert f'href="{home}"' in client.get(f"{safety}?next={home}").text
    assert 'href="https://evil.example/"' not in client.get(f"{safety}?next=https://evil.example/").text


def test_members_and_desks_without_the_setting_are_asked_for_nothing(settings) -> None:
    editor, member = account(role=Role.EDITOR), account()
    assert sign_in(editor)[1].url == "/"
    assert sign_in(editor)[0].get(reverse("wagtailadmin_home")).status_code == 200
    settings.SECOND_FACTOR_AT_THE_DESK = True
    assert sign_in(member)[1].url == "/"


# Browsers ---------------------------------------------------------------------------------------------------------


def test_browsers_are_listed_and_ended() -> None:
    user = account()
    here, _answer = sign_in(user, **{"user-agent": FIREFOX})
    away, _answer = sign_in(user)
    third, _answer = sign_in(user)
    stranger, _answer = sign_in(account())
    page = here.get(reverse("accounts:safety")).text
    assert "Firefox on Linux" in page
    assert page.count(">End<") == 2
    row = BrowserSession.objects.get(session_key=away.session.session_key)
    stranger.post(reverse("accounts:end_session", args=[row.pk]))
    assert away.get(reverse("accounts:account")).status_code == 200
    for _twice in range(2):
        here.post(reverse("accounts:end_session", args=[row.pk]))
        assert away.get(reverse("accounts:account")).status_code == 302
    here.post(reverse("accounts:end_other_sessions"))
    assert third.get(reverse("accounts:account")).status_code == 302
    assert here.get(reverse("accounts:account")).status_code == 200
    assert [each.browser for each in sessions.of(user)] == ["Firefox"]
    here.post(reverse("account_logout"))
    assert sessions.of(user) == []
    assert BrowserSession.objects.exclude(user=user).count() == 1


def test_a_new_password_ends_all_other_browsers() -> None:
    user = account()
    here, away = sign_in(user)[0], sign_in(user)[0]
    new = "another quiet phrase"
    here.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert away.get(reverse("accounts:account")).status_code == 302
    assert here.get(reverse("accounts:account")).status_code == 200
    [only] = sessions.of(user)
    assert only.session_key == here.session.session_key


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [
        (FIREFOX, ("Firefox", "Linux")),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0",
            ("Edge", "Windows"),
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604",
            ("Safari", "iPhone"),
        ),
        ("call https://evil.example now", ("", "")),
    ],
)
def test_a_browser_is_known_by_a_name_of_ours(user_agent: str, expected: tuple[str, str]) -> None:
    assert sessions.named(user_agent) == expected


def test_a_page_of_many_browsers_asks_as_often_as_of_one(django_assert_max_num_queries) -> None:
    user = account()
    client, *_others = [sign_in(user)[0] for _each in range(6)]
    with django_assert_max_num_queries(22):
        client.get(reverse("accounts:safety"))


# Lost -------------------------------------------------------------------------------------------------------------


def test_an_administrator_takes_a_lost_factor_away_and_says_how_they_knew() -> None:
    lost, administrator = account(), account(role=Role.ADMINISTRATOR)
    with_app(lost)
    open_page = Client()
    open_page.force_login(lost)
    desk = Client()
    desk.force_login(administrator)
    address = reverse("wagtailusers_users:second_factor", args=[lost.pk])
    checked = {"checked": "met", "note": "In the call of Tuesday, with Yuki"}
    assert desk.post(address, checked).url.startswith(reverse("account_reauthenticate"))
    prove(desk)
    for wrong in ({}, {"checked": "met"}, {"checked": "because", "note": "I say so, simply"}):
        assert desk.post(address, wrong).status_code == 200
    assert "With Yuki" in desk.post(address, {"checked": "", "note": "With Yuki, on Tuesday"}).text
    assert Authenticator.objects.count() == 2
    assert desk.post(address, checked).status_code == 302
    assert not Authenticator.objects.exists()
    assert open_page.get(reverse("accounts:account")).status_code == 302
    entry = ModelLogEntry.objects.get(action="accounts.take_second_factor")
    assert (entry.user, entry.object_id, entry.data) == (administrator, str(lost.pk), checked)
    assert [(each.to, each.subject) for each in mail.outbox] == [
        ([lost.email], "Your second factor was taken away · The Capacity Exchange")
    ]
    # Twice is once.
    assert desk.post(address, checked).status_code == 302
    assert len(mail.outbox) == 1
    assert sign_in(lost)[1].url == "/"


def test_nobody_else_takes_a_factor_away_and_nobody_their_own() -> None:
    boss, administrator = account(admin=True), account(role=Role.ADMINISTRATOR)
    for user in (boss, administrator):
        with_app(user)
    tries = (
        (administrator, boss),
        (administrator, administrator),
        (account(role=Role.COORDINATOR), administrator),
        (account(), administrator),
    )
    for by, whose in tries:
        client = Client()
        client.force_login(by)
        prove(client)
        address = reverse("wagtailusers_users:second_factor", args=[whose.pk])
        client.post(address, {"checked": "met", "note": "I would like to have it"})
    assert Authenticator.objects.count() == 4
    assert not mail.outbox
