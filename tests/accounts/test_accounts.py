"""Signing up, in and out, one's own account, and taking or ending it."""

import json
import re

import pytest
from django.core import mail
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from directory.models import Exchange, Listing
from foundation.accounts.checks import no_demo_accounts
from foundation.accounts.constants import Role
from foundation.accounts.models import User
from foundation.notifications.models import Notification
from foundation.workflow.models import LogEntry
from foundation.workflow.services import transition
from tests.factories.accounts import PASSWORD, UserFactory, prove
from tests.factories.directory import ExchangeFactory, PersonFactory

pytestmark = pytest.mark.django_db


def sign_up(client, **changes):
    values = {
        "name": "Salma Benali",
        "email": "salma@test.example",
        "password1": PASSWORD,
        "password2": PASSWORD,
        **changes,
    }
    return client.post(reverse("account_signup"), values)


def test_signing_up_makes_a_member_who_confirms_by_mail(client):
    sign_up(client)
    user = User.objects.get(email="salma@test.example")
    assert user.name == "Salma Benali"
    assert [group.name for group in user.groups.all()] == [Role.MEMBER.value]
    link = re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[0].body).group(1)
    client.post(link)
    client.post(reverse("account_login"), {"login": "SALMA@test.example", "password": PASSWORD})
    assert client.get(reverse("accounts:account")).status_code == 200


def confirming_link():
    """The way of the mail that was just sent."""
    return re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[-1].body).group(1)


@pytest.mark.parametrize(
    ("following", "arrives"),
    [("/ar/learn/a/step/6/?x=1", "/ar/learn/a/step/6/?x=1"), ("https://elsewhere.example/", "/"), ("", "/")],
)
def test_who_confirms_in_the_same_browser_goes_on_where_they_were(client, following, arrives):
    sign_up(client, next=following)
    confirmed = client.post(confirming_link())
    assert confirmed.url == arrives
    assert client.get(reverse("accounts:account")).status_code == 200


def test_who_confirms_in_another_browser_signs_in_there(client):
    sign_up(client, next="/ar/learn/a/step/6/")
    other = Client()
    confirmed = other.post(confirming_link())
    assert confirmed.url == reverse("account_login")
    assert other.get(reverse("accounts:account")).status_code == 302
    signed_in = other.post(confirmed.url, {"login": "salma@test.example", "password": PASSWORD})
    assert signed_in.url == "/"
    # The first browser is not signed in by it.
    assert client.get(reverse("accounts:account")).status_code == 302


def test_what_was_typed_before_the_account_was_made_waits_for_it(client):
    form = reverse("directory:profile_section", args=["about"])
    login = client.post(form, {"bio": "I map villages"}).url
    sign_up(client, next=re.search("next=(.*)", login).group(1))
    back = client.post(confirming_link(), follow=True)
    assert back.redirect_chain[-1][0] == form
    assert "I map villages</textarea>" in back.text


def test_a_bad_form_keeps_what_was_typed_and_says_why(client):
    page = sign_up(client, password2="something else").content.decode()
    assert 'value="Salma Benali"' in page
    assert 'value="salma@test.example"' in page
    assert 'aria-invalid="true"' in page
    assert not User.objects.exists()


def test_signing_up_with_a_known_address_tells_a_stranger_nothing(client):
    UserFactory(email="salma@test.example")
    known = sign_up(client)
    unknown = sign_up(client, email="new@test.example")
    assert known.status_code == unknown.status_code == 302
    assert known.headers["Location"] == unknown.headers["Location"]


def test_a_password_is_reset_by_mail(client):
    user = UserFactory(email="salma@test.example")
    client.post(reverse("account_reset_password"), {"email": "salma@test.example"})
    link = re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[0].body).group(1)
    page = client.get(link, follow=True)
    form = page.request["PATH_INFO"]
    refused = client.post(form, {"password1": "another quiet phrase", "password2": "another loud phrase"})
    assert "aria-invalid" in refused.content.decode()
    new = {"password1": "another quiet phrase", "password2": "another quiet phrase"}
    done = client.post(form, new, follow=True).content.decode()
    user.refresh_from_db()
    assert user.check_password("another quiet phrase")
    assert "From now on you sign in with your new password." in done
    assert f'href="{reverse("account_login")}"' in done

    # Pressed once more, by its reader or by what looks at the links of their mail.
    again = client.get(link, follow=True).content.decode()
    assert "This link no longer works." in again
    assert f'href="{reverse("account_reset_password")}"' in again


def test_signing_out_takes_a_press_of_a_button(client):
    client.force_login(UserFactory())
    assert client.get(reverse("account_logout")).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get(reverse("accounts:account")).status_code == 302


def test_one_address_has_one_account_whatever_its_case():
    UserFactory(email="salma@test.example")
    with pytest.raises(IntegrityError):
        UserFactory(email="Salma@test.example")


def test_an_account_never_shows_its_address_as_a_name():
    user = UserFactory(name="", email="hidden@test.example")
    assert "hidden" not in str(user)
    assert "hidden" not in user.get_short_name()


def test_the_account_page_saves_language_and_zone(client):
    user = UserFactory()
    client.force_login(user)
    client.post(
        reverse("accounts:account"), {"name": "Noor", "language": "ar", "timezone": "Africa/Casablanca"}
    )
    user.refresh_from_db()
    assert (user.name, user.language, user.timezone) == ("Noor", "ar", "Africa/Casablanca")


def test_a_wrong_zone_is_refused_in_place(client):
    user = UserFactory()
    client.force_login(user)
    page = client.post(
        reverse("accounts:account"), {"name": "Noor", "language": "ar", "timezone": "Mars/Base"}
    )
    assert 'value="Noor"' in page.content.decode()
    user.refresh_from_db()
    assert user.timezone == "UTC"


def test_the_download_holds_ones_own_things_and_no_keys(client):
    exchange = ExchangeFactory(message="May I borrow the scanner?")
    user = exchange.starter.user
    stranger = PersonFactory(bio="a secret of somebody else")
    client.force_login(user)
    prove(client)
    answer = client.post(reverse("accounts:download"))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    text = answer.content.decode()
    entries = json.loads(text)
    assert "May I borrow the scanner?" in text
    assert user.email in text
    assert "secret of somebody" not in text
    assert stranger.user.email not in text
    assert all("password" not in entry["fields"] and "token" not in entry["fields"] for entry in entries)


def test_the_download_never_tells_why_somebody_declined(client):
    exchange = ExchangeFactory()
    transition(
        exchange, "decline", by=exchange.owner.user, reason_code="not_my_topic", reason="I dislike the topic"
    )
    client.force_login(exchange.starter.user)
    prove(client)
    text = client.post(reverse("accounts:download")).content.decode()
    assert "not_my_topic" not in text
    assert "dislike" not in text


def test_leaving_deletes_what_belongs_to_the_account(client):
    exchange = ExchangeFactory()
    owner = exchange.owner.user
    transition(exchange, "accept", by=owner, reason="gladly")
    client.force_login(owner)
    prove(client)
    client.post(reverse("accounts:leave"), {"sure": "on"})
    assert not User.objects.filter(pk=owner.pk).exists()
    assert not Listing.objects.exists()
    assert Exchange.objects.get().owner is None
    entry = LogEntry.objects.filter(name="accept").get()
    assert entry.by is None
    assert entry.reason == ""


def test_leaving_with_a_wrong_password_deletes_nothing(client):
    user = UserFactory()
    client.force_login(user)
    asked = client.post(reverse("accounts:leave"), {"sure": "on"})
    client.post(asked.url, {"password": "wrong"})
    assert User.objects.filter(pk=user.pk).exists()


def test_leaving_without_the_tick_deletes_nothing(client):
    user = UserFactory()
    client.force_login(user)
    prove(client)
    assert client.post(reverse("accounts:leave")).status_code == 400
    assert User.objects.filter(pk=user.pk).exists()


def test_own_pages_send_strangers_to_sign_in(client):
    for name in ("accounts:account", "accounts:privacy", "notifications:feed", "notifications:preferences"):
        answer = client.get(reverse(name))
        assert answer.status_code == 302
        assert "/account/login/" in answer.headers["Location"]


def test_demo_accounts_are_refused_where_settings_do_not_allow_them(settings):
    settings.DEMO_CONTENT = False
    assert no_demo_accounts(None) == []
    UserFactory(email="administrator@demo.example")
    assert [error.id for error in no_demo_accounts(None)] == ["accounts.E001"]
    settings.DEMO_CONTENT = True
    assert no_demo_accounts(None) == []


def test_notifications_leave_with_the_account():
    user = UserFactory()
    Notification.objects.create(user=user, kind="x", key="x")
    user.delete()
    assert not Notification.objects.exists()
