"""A database made from the file is the one that migrations make, and nothing else is ever made from it."""

from __future__ import annotations

import json
import os
import re
import secrets
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader

from exchange.settings.environment import SQLITE_OPTIONS
from foundation.database import initial

ROOT = Path(__file__).resolve().parents[2]
AGAIN = "Run: manage.py write_initial_database"
# Words for Wagtail's search are kept by each engine in its own way: in SQLite by a table with a model, and so with
# permissions of its own.
OF_ONE_ENGINE = ("wagtailsearch_indexentry", "wagtailsearch_sqliteftsindexentry")
MODEL_OF_ONE_ENGINE = "sqliteftsindexentry"
SQLITE = {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": SQLITE_OPTIONS}


def development(folder: Path, database: str = "") -> dict[str, str]:
    """The environment of a command on a database in a folder of its own, or on the one whose address is given."""
    return {
        "DJANGO_SETTINGS_MODULE": "exchange.settings.dev",
        "DATA_DIR": str(folder),
        "DATABASE_URL": database,
        "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}",
    }


def run(folder: Path, *command: str, database: str = "") -> str:
    """What a command prints."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *command],
        cwd=ROOT,
        env={**os.environ, **development(folder, database)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def ground(folder: Path, database: str = "") -> dict[str, Any]:
    """What tests.house.ground tells of a database."""
    return json.loads(run(folder, "-m", "tests.house.ground", database=database))


@pytest.fixture
def new_database(django_db_blocker: Any) -> Iterator[str]:
    """The address of a database on the server of this run in which nothing has happened but perhaps its migrations; empty
    with SQLite, where a folder is enough."""
    if connection.vendor == "sqlite":
        yield ""
        return
    import psycopg

    given, name = connection.settings_dict, f"ground_{secrets.token_hex(4)}"
    server = f"postgresql://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/"
    with psycopg.connect(server + "postgres", autocommit=True) as client:
        template = os.environ.get("TEST_DATABASE_TEMPLATE", "template0")  # migrated by tests/run.py
        client.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        yield server + name
        client.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


# The file ---------------------------------------------------------------------------------------------


@pytest.mark.django_db  # a migration of wagtail-localize asks the database when it is imported
def test_the_file_knows_the_migrations_that_there_are() -> None:
    names = set(MigrationLoader(None).graph.nodes)
    text = initial.FILE.read_text(encoding="utf-8")
    missing = [f"{app}.{name}" for app, name in sorted(names) if f"'{app}','{name}'," not in text]
    assert not missing, AGAIN


@pytest.mark.database
def test_both_ways_end_in_the_same(tmp_path: Path, new_database: str) -> None:
    """`prepare database` beside `migrate`. On PostgreSQL, where only migrations make one, the same rows and tables."""
    for way in ("file", "migrations"):
        (tmp_path / way).mkdir()
    run(tmp_path / "file", "manage.py", "prepare", "database")
    run(tmp_path / "migrations", "manage.py", "migrate", "--verbosity", "0", database=new_database)
    made, migrated = ground(tmp_path / "file"), ground(tmp_path / "migrations", new_database)
    assert made["migrations"] == migrated["migrations"], AGAIN
    if not new_database:
        assert made["sql"] == migrated["sql"], AGAIN
    for each in (made, migrated):
        # With a server, the numbers of kept pages are among the counters (PAGE_GENERATIONS): no part of the ground.
        each["rows"].pop("accounts_counter", None)
    for what in ("rows", "shape"):
        one, other = (_on_any_engine(each[what]) if new_database else each[what] for each in (made, migrated))
        assert one.keys() == other.keys()
        for table in other:
            assert one[table] == other[table], f"{what} of {table}. {AGAIN}"


def _on_any_engine(told: dict[str, Any]) -> dict[str, Any]:
    """Without what only one engine has."""
    return {
        table: [row for row in found if MODEL_OF_ONE_ENGINE not in row] if isinstance(found, list) else found
        for table, found in told.items()
        if not table.startswith(OF_ONE_ENGINE)
    }


# When it is used --------------------------------------------------------------------------------------


def names_in(folder: Path) -> list[str]:
    """What was created in a folder's database."""
    with closing(sqlite3.connect(folder / "db.sqlite3")) as database:
        return [name for (name,) in database.execute("SELECT name FROM sqlite_master")]


def prepared(folder: Path, file: Path) -> str:
    """`prepare database` with another file than the house's own."""
    script = (
        "import sys, pathlib, django; django.setup();"
        "from foundation.database import initial; initial.FILE = pathlib.Path(sys.argv[1]);"
        "from django.core.management import call_command; call_command('prepare', 'database')"
    )
    return run(folder, "-c", script, str(file))


def another(folder: Path, *changes: tuple[str, str]) -> Path:
    """A copy of the file in which something stands otherwise."""
    text = initial.FILE.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file = folder / "other.sql"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def empty(tmp_path: Path, django_db_blocker: Any) -> Iterator[str]:
    """The alias of a SQLite database without a table."""
    alias = "empty"
    connections.databases[alias] = {
        **connections.databases["default"],
        **SQLITE,
        "NAME": tmp_path / "db.sqlite3",
    }
    with django_db_blocker.unblock():
        yield alias
        connections[alias].close()
    del connections[alias], connections.databases[alias]


def test_where_there_is_a_table_already_nothing_is_touched(empty: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as database:
        database.execute("CREATE TABLE of_somebody (id INTEGER)")
    assert not initial.create(empty)
    assert names_in(tmp_path) == ["of_somebody"]


def test_a_file_of_newer_packages_is_not_used(
    empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = another(tmp_path, ("'0001_initial',", "'9999_of_tomorrow',"))
    monkeypatch.setattr(initial, "FILE", newer)
    assert not initial.create(empty)
    assert names_in(tmp_path) == []


def test_what_this_sqlite_cannot_do_leaves_no_half(
    empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(initial, "FILE", another(tmp_path, ("USING fts5(", "USING fts_of_tomorrow(")))
    assert not initial.create(empty)
    assert names_in(tmp_path) == []


def test_each_new_database_has_keys_of_its_own(tmp_path: Path) -> None:
    keys = set()
    for name in ("one", "two"):
        with closing(sqlite3.connect(tmp_path / name)) as database:
            database.execute("BEGIN")
            initial.fill(database)
            keys |= {key for (key,) in database.execute("SELECT translation_key FROM wagtailcore_page")}
    assert len(keys) == 4
    assert all(len(key) == 32 for key in keys)


def test_what_is_newer_than_the_file_is_migrated(tmp_path: Path) -> None:
    """A release whose file was not written again; `check` finds it, but nobody's first start fails by it."""
    file = initial.FILE.read_text(encoding="utf-8")
    (last,) = re.findall(r"^\(\d+,'wagtailredirects','0008_add_verbose_name_plural',.*\n", file, re.MULTILINE)
    older = another(tmp_path, (last, ""))
    assert "migrations" in prepared(tmp_path, older)
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as database:
        found = database.execute(
            "SELECT count(*) FROM django_migrations WHERE name = '0008_add_verbose_name_plural'"
        )
        assert found.fetchone() == (1,)
        # What is done after a migrate was done after this one too.
        assert database.execute("SELECT count(*) FROM django_q_schedule").fetchone() > (10,)


def test_a_start_that_was_killed_in_the_middle_begins_anew(tmp_path: Path) -> None:
    for_ever = "WITH RECURSIVE far(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM far) SELECT max(n) FROM far;"
    slow = tmp_path / "slow.sql"
    slow.write_text(initial.FILE.read_text(encoding="utf-8") + initial.BETWEEN + for_ever, encoding="utf-8")
    script = (
        "import sys, pathlib, django; django.setup(); from django.db import connection; connection.ensure_connection();"
        "from foundation.database import initial; initial.FILE = pathlib.Path(sys.argv[1]);"
        "print('begun', flush=True); initial.create()"
    )
    environment = {**os.environ, **development(tmp_path)}
    child = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", script, str(slow)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout
    assert child.stdout.readline() == "begun\n"
    time.sleep(2)  # well into the statement that never ends
    child.kill()
    child.communicate()
    assert names_in(tmp_path) == []
    assert "migrations" in run(tmp_path, "manage.py", "prepare", "database")
    assert "up to date" in run(tmp_path, "manage.py", "prepare", "database")
