"""A copy of a site that runs, and a site from it, equal in content; what must not be restored is refused."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.operations.processes import PublicSite
from tests.run import IN_CI, Missing, postgres_server

# Made anew by every start of the program, or left out: see docs/operate/backup.md.
NOT_COMPARED = (
    "django_q_",
    "django_session",
    "jobs_",
    "search_",
    "sqlite_",
    "wagtailsearch_",
    "notifications_mail",
)
UPLOAD = """
from django.core.files.base import ContentFile
from exchange.home.models import CreditedDocument
CreditedDocument.objects.create(title="Ein Übungsblatt", file=ContentFile(b"words" * 9000, name="Übung.pdf"))
from django.contrib.sessions.backends.db import SessionStore
SessionStore().create()
"""
COUNT_OF_SESSIONS = "from django.contrib.sessions.models import Session as S; print(S.objects.count())"


def content(data: Path) -> dict[str, list[tuple]]:
    """Every row of every table that is to be the same."""
    with closing(sqlite3.connect(data / "db.sqlite3")) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted(database.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)  # noqa: S608
            for name in names
            if not name.startswith(NOT_COMPARED)
        }


def files(data: Path) -> dict[str, bytes]:
    """Uploaded files by name."""
    return {
        str(path.relative_to(data)): path.read_bytes()
        for path in (data / "media").rglob("*")
        if path.is_file()
    }


def test_a_site_from_a_copy_is_equal_and_nothing_is_ever_overwritten(site: PublicSite, tmp_path: Path):
    site.shell(UPLOAD)
    copies = tmp_path / "copies"
    copies.mkdir()
    old = [copies / f"exchange-2026010{day}T000000Z.tar.gz" for day in (1, 2)]
    for file in old:
        file.write_bytes(b"")
    told = site.done("backup", str(copies), "--keep", "2")
    assert "Not in it: who is signed in" in told
    assert "It holds keys" in told
    assert not old[0].exists()
    (copy,) = set(copies.iterdir()) - set(old)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert "is there already" in site.refused("backup", str(copy))

    other = PublicSite(
        tmp_path / "elsewhere", BASE_URL="https://moved.example", ALLOWED_HOSTS="moved.example"
    )
    # One that was interrupted is begun again.
    (other.data / "restoring").mkdir(parents=True)
    (other.data / "media" / "half").mkdir(parents=True)
    told = other.done("restore", str(copy))
    assert "SECRET_KEY is another one" in told
    assert files(other.data) == files(site.data) != {}
    here, there = content(site.data), content(other.data)
    moved = {"wagtailcore_site"}  # stands at its new address
    assert {name for name in here if here[name] != there[name]} == moved
    assert "moved.example" in str(there["wagtailcore_site"])
    assert other.shell(COUNT_OF_SESSIONS) == "0"
    assert "holds data already" in other.refused("restore", str(copy))


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"DJANGO_SETTINGS_MODULE": "exchange.settings.dev"}, "It is of a site for the public"),
        ({}, "is no whole backup"),
    ],
)
def test_what_cannot_be_restored_leaves_nothing(site: PublicSite, tmp_path: Path, environment, sentence):
    site.done("backup", str(tmp_path / "copy.tar.gz"))
    if not environment:
        os.truncate(tmp_path / "copy.tar.gz", 100_000)
    other = PublicSite(tmp_path / "elsewhere", **environment)
    assert sentence in other.refused("restore", str(tmp_path / "copy.tar.gz"))
    left = {path.name for path in other.data.iterdir()}
    assert not left & {"db.sqlite3", "media", "restoring", "site.json"}


# PostgreSQL --------------------------------------------------------------------------------------------------


@pytest.fixture
def postgresql() -> Iterator[str]:
    """Address of a server of our own."""
    with ExitStack() as stack:
        try:
            address = stack.enter_context(postgres_server(port="54381"))
        except Missing as reason:
            if IN_CI:
                raise
            pytest.skip(str(reason))
        yield address


WRONG = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("UPDATE home_crediteddocument SET title = 'Leila' || char(0) || 'Haddad', credit = %s", ["x" * 301])
"""
RIGHT = """
from exchange.home.models import CreditedDocument
CreditedDocument.objects.update(title="Leila Haddad", credit="")
from taggit.models import Tag
names = ["leila", "Leila", "An\\u00e9", "Ane\\u0301"]
Tag.objects.bulk_create([Tag(name=name, slug=f"n{place}") for place, name in enumerate(names)])
"""
INTERRUPTED = """
from django.conf import settings
from exchange.home.operations import moving
copied, own = [], moving._copy
def copy(table):
    copied.append(table)
    if len(copied) > 40:
        raise KeyboardInterrupt
    own(table)
moving._copy = copy
try:
    moving.move("URL", print)
except KeyboardInterrupt:
    print("stopped")
"""
SHOWN = """
from taggit.models import Tag
from wagtail.models import Page
print(sorted(Page.objects.values_list("pk", "title", "path")), sorted(Tag.objects.values_list("pk", "name")))
"""
NEXT = """
from django.db import connection
from taggit.models import Tag
highest = max(Tag.objects.values_list("pk", flat=True))
print(Tag.objects.create(name="next", slug="next").pk - highest)
connection.cursor().execute("CREATE DATABASE other")
"""


@pytest.mark.postgresql
def test_a_site_moves_to_postgresql_and_comes_back_from_a_copy_there(
    site: PublicSite, postgresql: str, tmp_path: Path
):
    """One story, since tables on PostgreSQL take a minute to make: refused, interrupted, moved, copied, restored."""
    site.shell(UPLOAD + WRONG)
    told = site.refused("move_database", postgresql)
    assert "holds a sign of the number 0" in told
    assert "is 301 signs long, and may be 300" in told
    assert site.shell(RIGHT + INTERRUPTED.replace("URL", postgresql)).endswith("stopped")
    assert "all the same" in site.done("move_database", postgresql)
    moved = PublicSite(site.data, **{**site.environment, "DATABASE_URL": postgresql})
    assert moved.shell(SHOWN) == site.shell(SHOWN)
    assert "is not empty" in site.refused("move_database", postgresql)
    assert moved.shell(NEXT) == "1"  # sequences stand behind the last rows
    moved.done("backup", str(tmp_path / "copy.tar.gz"))
    other = PublicSite(tmp_path / "elsewhere", DATABASE_URL=postgresql.replace("/postgres", "/other"))
    other.done("restore", str(tmp_path / "copy.tar.gz"))
    assert other.shell(SHOWN) == moved.shell(SHOWN)
    assert files(other.data) == files(site.data)
    again = PublicSite(tmp_path / "again", DATABASE_URL=postgresql.replace("/postgres", "/other"))
    assert "has tables already" in again.refused("restore", str(tmp_path / "copy.tar.gz"))
