"""Whoever sits down at an open session takes nothing: not the account, not its data, not another one's account."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client
from django.urls import reverse

from foundation.accounts.constants import Role
from foundation.accounts.models import User
from tests.factories.accounts import PASSWORD, UserFactory, account, prove

pytestmark = pytest.mark.django_db
AGAIN = "/en/account/reauthenticate/"
ATTACKER = "attacker@test.example"
NEW = "a phrase of the attacker"


@pytest.fixture
def owner() -> User:
    return account(email="owner@test.example")


@pytest.fixture
def left_open(owner: User) -> Client:
    """A browser in which the owner signed in this morning."""
    client = Client()
    client.force_login(owner)
    return client


def state(user: User) -> object:
    """All that says how somebody comes into an account."""
    addresses = EmailAddress.objects.filter(user=user).order_by("pk")
    return (
        User.objects.filter(pk=user.pk).values_list("email", "password", "is_active").first(),
        list(addresses.values_list("email", "verified", "primary")),
    )


def told(address: str) -> list[str]:
    return [
        message.subject.removesuffix(" · The Capacity Exchange")
        for message in mail.outbox
        if message.to == [address]
    ]


OWN = {
    "add": ("account_email", {"email": ATTACKER, "action_add": "1"}),
    "primary": ("account_email", {"email": "second@test.example", "action_primary": "1"}),
    "remove": ("account_email", {"email": "second@test.example", "action_remove": "1"}),
    "download": ("accounts:download", {}),
    "leave": ("accounts:leave", {"sure": "on"}),
    "disconnect": ("socialaccount_connections", {"account": "1"}),
}


@pytest.mark.parametrize("what", OWN)
def test_an_open_session_is_asked_who_it_is(owner: User, left_open: Client, what: str) -> None:
    EmailAddress.objects.create(user=owner, email="second@test.example", verified=True)
    SocialAccount.objects.create(pk=1, user=owner, provider="mediawiki", uid="4711")
    before = state(owner)
    name, data = OWN[what]
    answer = left_open.post(reverse(name), data)
    assert answer.status_code == 302
    assert answer.url.startswith(AGAIN)
    assert state(owner) == before
    assert SocialAccount.objects.exists()
    assert not mail.outbox
    wrong = left_open.post(answer.url, {"password": "not theirs"})
    assert 'aria-invalid="true"' in wrong.text
    assert state(owner) == before


def test_who_proves_it_goes_on_where_they_were_and_the_address_before_is_told(
    owner: User, left_open: Client
) -> None:
    add = left_open.post(reverse("account_email"), {"email": "new@test.example", "action_add": "1"})
    left_open.post(add.url, {"password": PASSWORD})
    assert EmailAddress.objects.filter(user=owner, email="new@test.example").exists()
    assert told(owner.email) == ["An e-mail address was added to your account"]
    link = re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[0].body + mail.outbox[1].body).group(1)  # type: ignore[union-attr]
    left_open.post(link)
    mail.outbox.clear()
    left_open.post(reverse("account_email"), {"email": "new@test.example", "action_primary": "1"})
    assert len(told("owner@test.example")) == 1
    left_open.post(reverse("account_email"), {"email": "owner@test.example", "action_remove": "1"})
    assert len(told("owner@test.example")) == 2
    assert len(told("new@test.example")) == 1


def test_a_new_password_needs_the_old_one_and_is_told(owner: User, left_open: Client) -> None:
    change = reverse("account_change_password")
    typed = {"oldpassword": "a guess", "password1": NEW, "password2": NEW}
    assert left_open.post(change, typed).status_code == 200
    assert User.objects.get(pk=owner.pk).check_password(PASSWORD)
    left_open.post(change, typed | {"oldpassword": PASSWORD})
    assert User.objects.get(pk=owner.pk).check_password(NEW)
    assert len(told(owner.email)) == 1


def test_an_account_without_password_signs_in_again_where_it_comes_from(owner: User) -> None:
    EmailAddress.objects.create(user=owner, email="second@test.example", verified=True)
    owner.set_unusable_password()
    owner.save()
    client = Client()
    client.force_login(owner)
    before = state(owner)
    # Without a password the one way in is not given up at all.
    own = [what for name, what in OWN.items() if name != "disconnect"]
    for name, data in (*own, ("account_set_password", {"password1": NEW, "password2": NEW})):
        answer = client.post(reverse(name), data)
        assert answer.status_code == 302, name
        assert answer.url.startswith(reverse("accounts:sign_in_again")), name
    assert state(owner) == before
    assert NEW not in str(client.session.items())
    assert "Send me the mail" in client.get(answer.url).text
    prove(client)
    client.post(reverse("account_set_password"), {"password1": NEW, "password2": NEW})
    assert User.objects.get(pk=owner.pk).check_password(NEW)
    assert len(told(owner.email)) == 1


def test_taking_ones_data_and_leaving_are_told(owner: User, left_open: Client) -> None:
    answer = left_open.post(reverse("accounts:download"))
    file = left_open.post(answer.url, {"password": PASSWORD})
    assert file.headers["Content-Disposition"].startswith("attachment")
    left_open.post(reverse("accounts:leave"), {"sure": "on"})
    assert not User.objects.filter(pk=owner.pk).exists()
    assert told(owner.email) == ["Your data was downloaded", "Your account is deleted"]


# The editors' admin -------------------------------------------------------------------------------------------


@pytest.fixture
def desk() -> Client:
    """A desk at which an administrator has signed in this morning."""
    client = Client()
    client.force_login(account(role=Role.ADMINISTRATOR))
    return client


def typed(user: User, **changes: str) -> dict[str, str]:
    return {"email": user.email, "name": user.name, "is_active": "on", **changes}


def test_an_open_desk_takes_nobodys_account(owner: User, desk: Client) -> None:
    edit = reverse("wagtailusers_users:edit", args=[owner.pk])
    many = f"{reverse('wagtail_bulk_action', args=['accounts', 'user', 'delete'])}?id={owner.pk}"
    before, accounts = state(owner), User.objects.count()
    assert desk.get(edit).url.startswith(AGAIN)
    for address, data in (
        (edit, typed(owner, email=ATTACKER)),
        (edit, typed(owner, password1=NEW, password2=NEW)),
        (reverse("wagtailusers_users:delete", args=[owner.pk]), {}),
        (
            reverse("wagtailusers_users:add"),
            {"email": ATTACKER, "name": "A", "password1": NEW, "password2": NEW},
        ),
        (many, {}),
    ):
        answer = desk.post(address, data)
        assert answer.status_code == 302
        assert answer.url.startswith(AGAIN)
    assert state(owner) == before
    assert User.objects.count() == accounts
    assert NEW not in str(desk.session.items())


def test_an_address_that_an_administrator_gives_is_told_at_the_one_before(owner: User, desk: Client) -> None:
    prove(desk)
    edit = reverse("wagtailusers_users:edit", args=[owner.pk])
    desk.post(edit, typed(owner, email="given@test.example"))
    owner.refresh_from_db()
    assert owner.email == "given@test.example"
    assert told("owner@test.example") == ["An administrator changed how you sign in"]
    # The address from before no longer leads in, and the new one is confirmed before it does.
    addresses = EmailAddress.objects.filter(user=owner).values_list("email", "verified", "primary")
    assert list(addresses) == [("given@test.example", False, True)]
    mail.outbox.clear()
    desk.post(edit, typed(owner, name="Wanjiru M."))
    assert not mail.outbox


def test_ones_own_address_and_password_are_not_changed_in_the_admin(desk: Client) -> None:
    prove(desk)
    own = User.objects.get(pk=desk.session["_auth_user_id"])
    before = state(own)
    edit = reverse("wagtailusers_users:edit", args=[own.pk])
    page = desk.get(edit).text
    assert 'name="email"' not in page
    assert 'type="password"' not in page
    desk.post(edit, typed(own, email=ATTACKER, password1=NEW, password2=NEW))
    assert state(own) == before
    assert 'type="password"' not in desk.get(reverse("wagtailadmin_account")).text


def test_who_may_not_change_accounts_is_not_asked_who_they_are(owner: User) -> None:
    coordinator = Client()
    coordinator.force_login(UserFactory(role=Role.COORDINATOR))
    answer = coordinator.get(reverse("wagtailusers_users:edit", args=[owner.pk]))
    assert answer.url == reverse("wagtailadmin_home")
