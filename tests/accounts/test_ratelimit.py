"""Tries are counted for each reader apart, by all processes together, and as long for who is known as for who is not."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache, caches
from django.test import Client
from django.urls import reverse

from foundation.accounts.checks import proxies_are_counted
from tests.factories.accounts import PASSWORD, UserFactory, account

pytestmark = pytest.mark.django_db
DATABASE = {"BACKEND": "foundation.accounts.cache.CounterCache", "LOCATION": "accounts_counter"}


def wrong_password(address: str, number: int, **headers: str) -> int:
    """Somebody tries to sign in; what they are answered."""
    data = {"login": f"nobody{number}@test.example", "password": "a guess"}
    answer = Client(REMOTE_ADDR=address).post(reverse("account_login"), data, headers=headers)
    return 429 if "Too many" in answer.text else answer.status_code


def exhaust(address: str, **headers: str) -> None:
    for number in range(10):
        assert wrong_password(address, number, **headers) == 200


def test_readers_behind_our_proxy_are_counted_apart(settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    exhaust("127.0.0.1", **{"x-forwarded-for": "198.51.100.7"})
    assert wrong_password("127.0.0.1", 11, **{"x-forwarded-for": "198.51.100.7"}) == 429
    assert wrong_password("127.0.0.1", 11, **{"x-forwarded-for": "198.51.100.8"}) == 200
    # What a reader writes into the header themselves stands before what our proxy adds.
    assert wrong_password("127.0.0.1", 12, **{"x-forwarded-for": "203.0.113.1, 198.51.100.7"}) == 429


def test_without_a_proxy_the_header_counts_nothing() -> None:
    for number in range(10):
        assert wrong_password("192.0.2.1", number, **{"x-forwarded-for": f"203.0.113.{number}"}) == 200
    assert wrong_password("192.0.2.1", 11, **{"x-forwarded-for": "203.0.113.99"}) == 429


@pytest.mark.parametrize("header", ["198.51.100.7", "", "what, ever", "::1"])
def test_a_header_that_is_too_short_or_no_address_stops_nobody(settings, header: str) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    assert wrong_password("127.0.0.1", 1, **{"x-forwarded-for": header}) == 200
    # Behind a socket of the machine there is no address at all.
    assert wrong_password("", 1) == 200


@pytest.mark.parametrize(
    ("behind", "count", "found"),
    [
        (True, 1, []),
        (True, 2, []),
        (False, 0, []),
        (True, 0, ["accounts.E002"]),
        (False, 1, ["accounts.E003"]),
    ],
)
def test_a_number_of_proxies_that_cannot_be_right_is_found(
    settings, behind: bool, count: int, found: list[str]
):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if behind else None
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = count
    assert [error.id for error in proxies_are_counted(None)] == found


def test_what_was_counted_stays_when_pages_are_forgotten() -> None:
    exhaust("192.0.2.2")
    cache.clear()
    assert wrong_password("192.0.2.2", 11) == 429
    caches["counters"].clear()
    assert wrong_password("192.0.2.2", 12) == 200


def test_the_table_of_the_settings_counts(settings) -> None:
    """Another process reads what this one has counted: it is in the database, not in memory."""
    settings.CACHES = {**settings.CACHES, "counters": DATABASE}
    exhaust("192.0.2.3")
    from foundation.accounts.models import Counter

    assert Counter.objects.exists()
    del caches["counters"]  # as in a process that begins now
    assert wrong_password("192.0.2.3", 11) == 429


# Who has an account -----------------------------------------------------------------------------------------------


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is hashed: with the hasher of a real site, half a second each."""

    hashed = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.hashed += 1
        return super().encode(password, salt)


@pytest.fixture
def hashed(settings):
    """How often what follows hashes a password."""
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]

    def count(address: str, **data: str) -> int:
        CountingHasher.hashed = 0
        Client().post(address, data)
        return CountingHasher.hashed

    return count


def test_signing_in_hashes_once_whoever_tries(hashed) -> None:
    user, inactive, wikimedian = account(), account(is_active=False), account()
    wikimedian.set_unusable_password()
    wikimedian.save()
    login = reverse("account_login")
    assert hashed(login, login=user.email, password=PASSWORD) == 1
    for address in (user.email, inactive.email, wikimedian.email, "nobody@test.example"):
        assert hashed(login, login=address, password="a guess") == 1


def test_signing_up_and_forgetting_do_the_same_for_who_is_known(
    hashed, django_assert_max_num_queries
) -> None:
    UserFactory(email="known@test.example")

    def sign_up(email: str) -> int:
        typed = {"name": "Salma", "email": email, "password1": PASSWORD, "password2": PASSWORD}
        return hashed(reverse("account_signup"), **typed)

    assert sign_up("known@test.example") == sign_up("new@test.example") == 1
    forgot = reverse("account_reset_password")
    assert hashed(forgot, email="known@test.example") == hashed(forgot, email="nobody@test.example") == 0
