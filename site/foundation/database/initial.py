"""A new SQLite database, made from a file instead of by hundreds of migrations, most of them other packages'.

`initial.sql` is what `migrate` makes of nothing: tables, indexes, triggers, first rows and the names of the migrations
that are done by it. `manage.py write_initial_database` writes it; tests hold it against a database that was migrated.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db import DatabaseError, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

FILE = Path(__file__).with_name("initial.sql")
HEAD = "-- Written by manage.py write_initial_database. Do not edit; write it again after a new migration.\n"
BETWEEN = "\n\n"  # statements
# What the file says in place of values that each new database has of its own.
NEW_KEY, THIS_MOMENT = "new_key()", "this_moment()"
# Made after each migrate, with times of their own (foundation.jobs.registry).
LEFT_OUT = {"django_q_schedule"}


class _DoesNotFit(Exception):
    """The file is of packages newer than those that are installed."""


def create(alias: str = "default") -> bool:
    """Fills a database that holds nothing, all or nothing, and answers whether that leaves nothing to migrate.

    False where `migrate` has to go on: on another engine than SQLite, where there are tables already, where something
    is newer than the file; and where the file cannot be used, because this SQLite lacks a part or the installed
    packages do not have a migration that the file says is done. Then the database is as it was.
    """
    connection = connections[alias]
    if connection.vendor != "sqlite":
        return False
    try:
        # Two first starts at once: the second waits here for the first, and finds its tables.
        with transaction.atomic(using=alias):
            if connection.introspection.table_names():
                return False
            with connection.wrap_database_errors:
                fill(connection.connection)
            loader = MigrationLoader(connection)
            if set(loader.applied_migrations) - set(loader.disk_migrations):
                raise _DoesNotFit
            if set(loader.graph.nodes) - set(loader.applied_migrations):
                return False
            # What rooms do after each migrate: roles, schedules, the site's own address. Within, for nobody would do
            # it later if this process were ended here.
            emit_post_migrate_signal(verbosity=0, interactive=False, db=alias, plan=[])
    except (DatabaseError, _DoesNotFit):
        return False
    return True


def fill(raw: sqlite3.Connection) -> None:
    """Runs the file's statements on a SQLite connection; whoever calls decides on the transaction."""
    raw.create_function(NEW_KEY.removesuffix("()"), 0, lambda: uuid.uuid4().hex)
    raw.create_function(
        THIS_MOMENT.removesuffix("()"), 0, lambda: str(datetime.now(UTC).replace(tzinfo=None))
    )
    for statement in FILE.read_text(encoding="utf-8").removeprefix(HEAD).split(BETWEEN):
        raw.execute(statement)


# Writing it -------------------------------------------------------------------------------------------


def written(connection: BaseDatabaseWrapper) -> str:
    """The text of the file, from a SQLite database that has just been migrated."""
    with connection.cursor() as cursor:
        return HEAD + BETWEEN.join(_statements(cursor)) + "\n"


def schema(cursor: Any) -> list[tuple[str, str, str]]:
    """(kind, name, SQL) of all that was created in a SQLite database, tables first, otherwise in its order."""
    cursor.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type != 'table', rowid"
    )
    found = [row for row in cursor.fetchall() if not row[1].startswith("sqlite_")]
    virtual = [name for _kind, name, sql in found if sql.startswith("CREATE VIRTUAL TABLE")]
    # Tables that a virtual one makes for itself.
    within = tuple(f"{name}_" for name in virtual)
    return [
        (kind, name, sql) for kind, name, sql in found if not (kind == "table" and name.startswith(within))
    ]


def _statements(cursor: Any) -> Iterator[str]:
    made = schema(cursor)
    yield from (f"{sql};" for _kind, _name, sql in made)
    own = _own_values()
    for kind, name, sql in made:
        if kind == "table" and not sql.startswith("CREATE VIRTUAL") and name not in LEFT_OUT:
            yield from _rows(cursor, name, own.get(name, {}))


def _rows(cursor: Any, table: str, own: dict[str, str]) -> Iterator[str]:
    """One INSERT with a table's rows, a row a line; nothing where there are none."""
    cursor.execute(f'SELECT name FROM pragma_table_info("{table}")')  # noqa: S608
    columns = [name for (name,) in cursor.fetchall()]
    # The database writes its values as it reads them; NULL stays NULL.
    values = [
        f"iif(\"{name}\" IS NULL, 'NULL', '{own[name]}')" if name in own else f'quote("{name}")'
        for name in columns
    ]
    cursor.execute(f'SELECT {", ".join(values)} FROM "{table}" ORDER BY rowid')  # noqa: S608  (names of tables)
    rows = [f"({','.join(row)})" for row in cursor.fetchall()]
    if rows:
        names = ", ".join(f'"{name}"' for name in columns)
        yield f'INSERT INTO "{table}" ({names}) VALUES\n' + ",\n".join(rows) + ";"


def _own_values() -> dict[str, dict[str, str]]:
    """By table, its columns of random keys and of times, and what the file says in place of their values."""
    found: dict[str, Any] = {}
    tables: list[Any] = [*apps.get_models(include_auto_created=True), MigrationRecorder.Migration]
    for model in tables:
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.UUIDField | models.DateTimeField):
                own = NEW_KEY if isinstance(field, models.UUIDField) else THIS_MOMENT
                found.setdefault(model._meta.db_table, {})[field.column] = own
    return found
