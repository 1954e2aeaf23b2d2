"""From SQLite to PostgreSQL: every table copied as it is, compared row by row, and only then declared moved.

Rows are read as SQLite keeps them and written as the column of the other side wants them; no model is asked, so
nothing is changed on the way. What PostgreSQL would refuse is listed before anything is written.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from exchange.home.operations.preparation import Say
from exchange.settings.environment import database_from

SOURCE, TARGET = "default", "moving_to"
# How far a move has come; its last step removes it.
PROGRESS = "exchange_moving"
# Differs between the engines, and is made anew from the pages.
MADE_ANEW = {"wagtailsearch_indexentry", "wagtailsearch_indexentry_fts"}
BATCH = 500
MOST_NAMED = 20
INTEGERS = {"smallint": 15, "integer": 31, "bigint": 63}


class Refused(Exception):
    """The move cannot begin or go on; the text says why and what to do."""


@dataclass(frozen=True)
class Column:
    """A column of the target: `kind` is PostgreSQL's name of its type, `longest` of a varchar its signs."""

    name: str
    kind: str
    longest: int | None


@dataclass(frozen=True)
class Table:
    """A table of both sides, with the columns in one order."""

    name: str
    key: str
    columns: tuple[Column, ...]


def move(url: str, say: Say) -> None:
    """All steps; those that an interrupted move has done are not done again. Raises Refused."""
    _connect(url)
    tables = _source_tables()
    begun = _is_begun()
    if not begun:
        _refuse_what_is_there()
    problems = list(_problems(tables))
    if problems:
        more = f"\nand {len(problems) - MOST_NAMED} more" if len(problems) > MOST_NAMED else ""
        raise Refused(
            "PostgreSQL would not take these values. Change them on the site, then begin again:\n"
            + "\n".join(problems[:MOST_NAMED])
            + more
        )
    if not begun:
        say("Making the tables…")
        _make_tables(url)
        _begin()
    known = _target_tables(tables)
    with _unchanged_source():
        done = _done()
        for table in known:
            if table.name not in done:
                _copy(table)
        say(f"Copied: {len(known)} tables")
        wrong = [table.name for table in known if not _is_equal(table)]
        for table in known:
            if table.name in wrong:  # somebody wrote between two runs
                _copy(table)
        if wrong := [table.name for table in known if table.name in wrong and not _is_equal(table)]:
            raise Refused(
                f"These tables are not the same on both sides: {', '.join(wrong)}. Nothing was lost here."
            )
        rows = sum(_count(SOURCE, table.name) for table in known)
        say(f"Compared: {rows} rows, all the same")
    _finish(known)
    say("Keys, foreign keys and sequences: set and held")


# Both sides ------------------------------------------------------------------------------------------------


def _connect(url: str) -> None:
    if connections[SOURCE].vendor != "sqlite":
        raise Refused("The settings name PostgreSQL already; this moves a site from SQLite to it.")
    wanted = {**connections[SOURCE].settings_dict, **database_from("The address", url)}
    if not str(wanted["ENGINE"]).endswith("postgresql"):
        raise Refused("The address of the new database begins with postgresql://")
    connections.databases[TARGET] = {**wanted, "CONN_MAX_AGE": 0, "TIME_ZONE": None}
    try:
        connections[TARGET].ensure_connection()
    except Exception as problem:
        line = str(problem).strip().splitlines()[0]
        raise Refused(f"The new database cannot be reached: {line}") from problem


def _source_tables() -> list[str]:
    """Those of models, in a fixed order, that are in this database."""
    there = set(connections[SOURCE].introspection.table_names())
    every: Iterable[Any] = apps.get_models(include_auto_created=True)
    named = {model._meta.db_table for model in every if model._meta.managed}
    return sorted((named & there) - MADE_ANEW)


def _target_tables(names: list[str]) -> list[Table]:
    found = []
    with _old() as old, connections[TARGET].cursor() as cursor:
        for name in names:
            cursor.execute(
                "SELECT column_name, data_type, character_maximum_length FROM information_schema.columns"
                " WHERE table_schema = current_schema() AND table_name = %s ORDER BY ordinal_position",
                [name],
            )
            columns = tuple(Column(*row) for row in cursor.fetchall())
            key = connections[TARGET].introspection.get_primary_key_column(cursor, name)
            # SQLite would take a name that is no column for a word.
            there = {row[1] for row in old.execute(f'PRAGMA table_info("{name}")')}
            if key is None or there != {column.name for column in columns}:
                raise Refused(f"{name} has other columns here than there: run manage.py upgrade first.")
            found.append(Table(name, key, columns))
    return found


def _is_begun() -> bool:
    return PROGRESS in connections[TARGET].introspection.table_names()


def _refuse_what_is_there() -> None:
    there = connections[TARGET].introspection.table_names()
    if there:
        raise Refused(
            f"The new database is not empty ({', '.join(sorted(there)[:3])} …). Make an empty one: createdb NAME"
        )


# What PostgreSQL would refuse ------------------------------------------------------------------------------


def _problems(names: list[str]) -> Iterator[str]:
    """Row and column of each value that SQLite keeps without a word and PostgreSQL refuses."""
    every: Iterable[Any] = apps.get_models(include_auto_created=True)
    by_table = {model._meta.db_table: model for model in every}
    with _old() as old:
        for table, row, other, _number in old.execute("PRAGMA foreign_key_check").fetchall():
            if table in names:
                yield f"{table} {row}: points at a row of {other} that is gone"
        for name in names:
            fields = by_table[name]._meta.local_concrete_fields
            named = [by_table[name]._meta.pk.column, *(field.column for field in fields)]
            columns = ", ".join(f'"{column}"' for column in named)
            checks = [(place, _check_of(field)) for place, field in enumerate(fields, start=1)]
            for found in _batches(old, f'SELECT {columns} FROM "{name}"'):  # noqa: S608
                for row in found:
                    for place, check in checks:
                        if row[place] is not None and (wrong := check(row[place])):
                            yield f"{name} {row[0]}, {fields[place - 1].column}: {wrong}"


def _check_of(field: Any) -> Callable[[Any], str]:
    kind = (field.db_type(connections[TARGET]) or "").split(" ")[0].partition("(")[0]
    longest = field.max_length if kind == "varchar" else None

    def text(value: Any) -> str:
        if not isinstance(value, str):
            return "is no text"
        if "\0" in value:
            return "holds a sign of the number 0"
        if longest and len(value) > longest:
            return f"is {len(value)} signs long, and may be {longest}"
        return _surrogates(value)

    def document(value: Any) -> str:
        try:
            read = json.loads(value, parse_constant=_no_constant)
        except (ValueError, TypeError):
            return "is no JSON"
        return "holds a sign of the number 0" if _has_nul(read) else ""

    def number(value: Any) -> str:
        if not isinstance(value, int):
            return f"is no whole number: {str(value)[:20]!r}"
        return "" if abs(value) <= 2 ** INTEGERS[whole] - 1 else "is too large a number"

    def other(value: Any) -> str:
        try:
            field.to_python(_of(_PLAIN.get(kind, ""), value))
        except Exception:
            return f"is no {kind}: {str(value)[:20]!r}"
        return ""

    if kind == "jsonb":
        return document
    whole = {"serial": "integer", "bigserial": "bigint", "smallserial": "smallint"}.get(kind, kind)
    if whole in INTEGERS:
        return number
    return text if kind in ("varchar", "text", "char") else other


# Of Django's column types, how their values are read here.
_PLAIN = {
    "timestamp": "timestamp with time zone",
    "uuid": "uuid",
    "date": "date",
    "time": "time without time zone",
}


def _surrogates(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        return "holds half of a sign"
    return ""


def _has_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(_has_nul(key) or _has_nul(item) for key, item in value.items())
    return isinstance(value, list) and any(_has_nul(item) for item in value)


def _no_constant(text: str) -> None:
    raise ValueError(text)


# Copying ---------------------------------------------------------------------------------------------------


def _make_tables(url: str) -> None:
    """By the migrations, in a process whose only database is the new one: some write first rows wherever they are."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-W", "ignore", str(settings.ROOT / "manage.py"), "migrate", "--verbosity", "0"],
        env={
            **os.environ,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Refused(
            f"The tables could not be made: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}"
        )


def _begin() -> None:
    """Foreign keys are put aside, first rows taken out; from now on the move can be taken up again."""
    with transaction.atomic(using=TARGET), connections[TARGET].cursor() as cursor:
        tables = [
            name
            for name in connections[TARGET].introspection.table_names(cursor)
            if name != MigrationRecorder.Migration._meta.db_table
        ]
        quoted = ", ".join(f'"{name}"' for name in tables)
        cursor.execute(f"TRUNCATE {quoted} RESTART IDENTITY CASCADE")
        cursor.execute(f"CREATE TABLE {PROGRESS} (kind text, name text, detail text)")
        cursor.execute(
            f"INSERT INTO {PROGRESS} SELECT 'constraint', conrelid::regclass::text || ' ' || quote_ident(conname),"  # noqa: S608
            " pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f'"
            " AND connamespace = current_schema()::regnamespace"
        )
        cursor.execute(f"SELECT name FROM {PROGRESS}")  # noqa: S608
        for (name,) in cursor.fetchall():
            table, constraint = name.split(" ")
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")


def _done() -> set[str]:
    with connections[TARGET].cursor() as cursor:
        cursor.execute(f"SELECT name FROM {PROGRESS} WHERE kind = 'table'")  # noqa: S608
        return {name for (name,) in cursor.fetchall()}


@contextmanager
def _unchanged_source() -> Iterator[None]:
    """Nobody writes into the old database meanwhile: whoever tries waits, and then gets an error."""
    # BEGIN IMMEDIATE: settings.environment.SQLITE_OPTIONS.
    with transaction.atomic(using=SOURCE):
        yield


@contextmanager
def _old() -> Iterator[sqlite3.Connection]:
    """The old database, only read, with values as they lie there: Django's connection would turn some into None."""
    file = Path(connections[SOURCE].settings_dict["NAME"])
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=20)) as raw:
        yield raw


def _batches(raw: Any, statement: str) -> Iterator[list[tuple[Any, ...]]]:
    reading = raw.execute(statement)
    while found := reading.fetchmany(BATCH):
        yield found


def _copy(table: Table) -> None:
    """All rows of one table, all or nothing."""
    names = [column.name for column in table.columns]
    quoted = ", ".join(f'"{name}"' for name in names)
    places = ", ".join(["%s"] * len(names))
    statement = f'INSERT INTO "{table.name}" ({quoted}) VALUES ({places})'  # noqa: S608
    every = f'SELECT {quoted} FROM "{table.name}" ORDER BY "{table.key}"'  # noqa: S608
    with _old() as old, transaction.atomic(using=TARGET), connections[TARGET].cursor() as writing:
        writing.execute(f'DELETE FROM "{table.name}"')  # noqa: S608
        for found in _batches(old, every):
            writing.executemany(statement, [_written(table, row) for row in found])
        writing.execute(f"DELETE FROM {PROGRESS} WHERE kind = 'table' AND name = %s", [table.name])  # noqa: S608
        writing.execute(f"INSERT INTO {PROGRESS} VALUES ('table', %s, '')", [table.name])  # noqa: S608


def _written(table: Table, row: tuple[Any, ...]) -> list[Any]:
    """A row of SQLite as parameters. Text becomes what the column is: PostgreSQL reads it so by itself."""
    return [
        value
        if value is None or column.kind in ("jsonb", "text", "character varying")
        else _of(column.kind, value)
        for column, value in zip(table.columns, row, strict=True)
    ]


def _of(kind: str, value: Any) -> Any:
    """A value of either side as one kind of Python's, so that the two can be compared."""
    if value is None:
        return None
    if kind == "boolean":
        return bool(value)
    if kind == "jsonb":
        return json.loads(value) if isinstance(value, str) else value
    if kind == "interval":
        return value if isinstance(value, timedelta) else timedelta(microseconds=value)
    if kind == "uuid":
        return value if isinstance(value, uuid.UUID) else uuid.UUID(value)
    if kind == "timestamp with time zone":
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if kind == "date":
        return value if isinstance(value, date) else date.fromisoformat(value)
    if kind == "time without time zone":
        return value if isinstance(value, time) else time.fromisoformat(value)
    if kind == "numeric":
        return Decimal(str(value)).normalize()
    if kind == "bytea":
        return bytes(value)
    return value


def _is_equal(table: Table) -> bool:
    """Whether both sides have the same rows: the same keys, and in each the same values."""
    if _count(SOURCE, table.name) != _count(TARGET, table.name):
        return False
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    key = next(place for place, column in enumerate(table.columns) if column.name == table.key)
    every = f'SELECT {names} FROM "{table.name}" ORDER BY "{table.key}"'  # noqa: S608
    with _old() as old, connections[TARGET].cursor() as new:
        for found in _batches(old, every):
            rows = [_compared(table, row) for row in found]
            new.execute(
                f'SELECT {names} FROM "{table.name}" WHERE "{table.key}" = ANY(%s)',  # noqa: S608
                [[row[key] for row in rows]],
            )
            there = {row[key]: row for row in (_compared(table, row) for row in new.fetchall())}
            if any(there.get(row[key]) != row for row in rows):
                return False
    return True


def _compared(table: Table, row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(_of(column.kind, value) for column, value in zip(table.columns, row, strict=True))


def _count(side: str, table: str) -> int:
    statement = f'SELECT count(*) FROM "{table}"'  # noqa: S608
    if side == SOURCE:
        with _old() as old:
            return int(old.execute(statement).fetchone()[0])
    with connections[side].cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])


def _finish(tables: list[Table]) -> None:
    """Foreign keys again, which holds every pointer; sequences behind the last rows; the mark of a move goes."""
    every: Iterable[type[models.Model]] = apps.get_models(include_auto_created=True)
    with transaction.atomic(using=TARGET), connections[TARGET].cursor() as cursor:
        cursor.execute(f"SELECT name, detail FROM {PROGRESS} WHERE kind = 'constraint'")  # noqa: S608
        for name, definition in cursor.fetchall():
            table, constraint = name.split(" ")
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} {definition}")
        managed = [model for model in every if model._meta.managed and not model._meta.proxy]
        for statement in connections[TARGET].ops.sequence_reset_sql(no_style(), managed):
            cursor.execute(statement)
        cursor.execute(f"DROP TABLE {PROGRESS}")


# What is not in the database -------------------------------------------------------------------------------


def missing_files() -> list[str]:
    """Names that the database has of files which are not there."""
    found = []
    every: Iterable[Any] = apps.get_models()
    for model in every:
        fields = [field for field in model._meta.local_concrete_fields if isinstance(field, models.FileField)]
        for field in fields:
            names = model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
            found += [name for name in names.iterator() if name and not field.storage.exists(name)]
    return found
