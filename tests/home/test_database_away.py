"""The database is held by another for too long, or restarted: 503, when to come back, and what was typed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.factories.directory import PersonFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="One writer at a time is SQLite's way."),
]


@contextmanager
def held() -> Iterator[None]:
    """Another process writes, for longer than we wait."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=20")
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_what_was_typed_while_another_held_the_lock_is_given_back() -> None:
    person = PersonFactory(name="Wanda", bio="Before")
    client = Client(raise_request_exception=False)
    client.force_login(person.user)
    url = reverse("directory:profile_section", args=["about"])
    form = client.get(url)
    typed = {"name": "Wanda", "bio": "Three lines\nthat took an hour", "password": "not-this-one"}
    with held():
        answer = client.post(url, typed, headers={"referer": f"http://testserver{url}"})
    page = answer.content.decode()
    assert (form.status_code, answer.status_code, answer.headers["Retry-After"]) == (200, 503, "20")
    assert "that took an hour" in page
    assert "not-this-one" not in page
    assert f'href="{url}"' in page
    assert '<html lang="en"' in page
    assert "no-store" in answer.headers["Cache-Control"]
    person.refresh_from_db()
    assert person.bio == "Before"
