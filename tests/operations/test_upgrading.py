"""A site of every earlier release, with its demonstration and rows made by hand, is brought up to this one in one command.

`releases/` has the database of each as its own code made it: `manage.py prepare database demo` in a checkout of the tag, a
person, an offer and a question by its shell, sessions taken out, VACUUM, xz. A new release adds its own.
"""

from __future__ import annotations

import lzma
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from tests.operations.processes import PublicSite

RELEASES = sorted((Path(__file__).parent / "releases").glob("*.sqlite3.xz"))
# What is no content: made anew, or of the program itself.
MADE_ANEW = (
    "auth_permission",
    "django_",
    "search_",
    "wagtailsearch_",
    "sqlite_",
    "accounts_counter",
    "auth_group",
)


def words_of(database: Path) -> Counter[str]:
    """Every text of two words or more that is stored in any table, and how often."""
    found: Counter[str] = Counter()
    with closing(sqlite3.connect(database)) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        for table in [name for name in tables if not name.startswith(MADE_ANEW)]:
            for row in connection.execute(f'SELECT * FROM "{table}"'):  # noqa: S608  names from the database itself
                found.update(
                    cell for cell in row if isinstance(cell, str) and " " in cell and cell[0] not in "[{"
                )
    return found


@pytest.mark.parametrize(
    "release",
    # The first goes through what all the later ones go through; those are for `python -m tests.run releases`.
    [pytest.param(file, marks=[pytest.mark.releases] if file != RELEASES[0] else []) for file in RELEASES],
    ids=lambda file: file.name.removesuffix(".sqlite3.xz"),
)
def test_a_site_of_an_earlier_release_is_upgraded_in_one_command(release: Path, tmp_path: Path) -> None:
    # The demonstration's accounts have published passwords, so the settings for the public refuse them.
    site = PublicSite(tmp_path / "data", DJANGO_SETTINGS_MODULE="exchange.settings.dev")
    site.data.mkdir()
    database = site.data / "db.sqlite3"
    database.write_bytes(lzma.decompress(release.read_bytes()))
    before = words_of(database)
    assert len(before) > 500
    told = site.done("upgrade")
    assert "The site is up to date" in told
    after = words_of(database)
    assert sorted(words for words, number in before.items() if after[words] < number) == []
    # Nothing more is left to do, and what was made by hand answers as it did.
    code = (
        "from django.core.management import call_command; call_command('migrate', check_unapplied=True, verbosity=0); "
        "from directory.models import *; me = Person.objects.get(user__email='hand@people.example'); "
        "print(me.user.check_password('a quiet test phrase'), me.name, me.bio, me.listings.get().title, "
        "Exchange.objects.get(starter=me).state, sep='|')"
    )
    assert site.shell(code).split("|") == [
        "True",
        "Hanae By Hand",
        "I count chairs by hand, in Arabic too: أعد الكراسي.",
        "Chairs, made by hand",
        "asked",
    ]


def test_every_release_has_its_database() -> None:
    changes = (Path(__file__).resolve().parents[2] / "CHANGELOG.md").read_text()
    released = [line.split()[1].strip("[],") for line in changes.splitlines() if line.startswith("## ")]
    wanted = [name for name in released if name[0].isdigit()]
    assert sorted(file.name.removesuffix(".sqlite3.xz").removeprefix("v") for file in RELEASES) == sorted(
        wanted
    )
