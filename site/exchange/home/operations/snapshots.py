"""The database at one moment as a file, and a database from such a file, on both engines."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from exchange.home.operations.archives import Unusable

# Rows that a backup does not take along: who is signed in, and mails with the links in them.
SESSIONS, MAILS = "django_session", "notifications_mail"
# As pg_dump writes a foreign key that leads to mails.
POINTER = re.compile(
    rf"ALTER TABLE ONLY (\S+)\n    ADD CONSTRAINT \S+ FOREIGN KEY \((\S+)\) REFERENCES \S+\.{MAILS}\("
)


def file_name() -> str:
    """What the file is called inside an archive."""
    return "database.sqlite3" if connection.vendor == "sqlite" else "database.pgdump"


def take(target: Path) -> None:
    """The database as it is now; whoever writes meanwhile goes on. Raises Unusable."""
    target.touch(mode=0o600)
    if connection.vendor == "sqlite":
        _copy_sqlite(Path(connection.settings_dict["NAME"]), target)
        return
    leave = [f"--exclude-table-data={table}" for table in (SESSIONS, MAILS)]
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", *leave, f"--file={target}")


def _copy_sqlite(source: Path, target: Path) -> None:
    if not source.is_file():
        raise Unusable(f"There is no database at {source}. Is DATA_DIR right?")
    with (
        contextlib.closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True, timeout=20)) as live,
        contextlib.closing(sqlite3.connect(target, isolation_level=None)) as copy,
    ):
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        copy.execute("BEGIN")
        if MAILS in tables:
            for table, column in _pointers_to_mails(copy, tables):
                copy.execute(f'UPDATE "{table}" SET "{column}" = NULL')  # noqa: S608  (names of the schema)
        for table in tables & {SESSIONS, MAILS}:
            copy.execute(f'DELETE FROM "{table}"')  # noqa: S608
        copy.execute("COMMIT")
        # Deleted rows stay in the file until this.
        copy.execute("VACUUM")
        problem = copy.execute("PRAGMA quick_check").fetchone()[0]
        if problem != "ok":
            raise Unusable(f"The database is damaged: {problem}.")


def _pointers_to_mails(copy: sqlite3.Connection, tables: set[str]) -> Iterator[tuple[str, str]]:
    for table in sorted(tables):
        for row in copy.execute(f'PRAGMA foreign_key_list("{table}")').fetchall():
            if row[2] == MAILS:
                yield table, row[3]


def holds_something() -> bool:
    """Whether the database that the settings name has tables."""
    if connection.vendor == "sqlite":
        file = Path(connection.settings_dict["NAME"])
        if not file.is_file():
            return False
        # A file that has been opened once has its first page, and still holds nothing.
        with contextlib.closing(sqlite3.connect(file, timeout=20)) as raw:
            return bool(raw.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone())
    return bool(connection.introspection.table_names())


def database_files() -> list[Path]:
    """SQLite's file and those beside it; none on a server."""
    if connection.vendor != "sqlite":
        return []
    file = Path(connection.settings_dict["NAME"])
    return [file, *(file.with_name(file.name + ending) for ending in ("-wal", "-shm"))]


def forget_empty() -> None:
    """SQLite makes an empty file as soon as somebody asks it anything."""
    if connection.vendor == "sqlite" and not holds_something():
        connection.close()
        for path in database_files():
            path.unlink(missing_ok=True)


def put(source: Path) -> None:
    """Makes the database of the settings from the file, all or nothing. Raises Unusable."""
    if connection.vendor == "sqlite":
        target = Path(connection.settings_dict["NAME"])
        connection.close()
        for path in database_files():
            path.unlink(missing_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, part := target.with_name(f"{target.name}.part"))
        part.chmod(0o600)
        part.replace(target)
        return
    # In one transaction: where it fails, the database is as empty as before. The rows that were left out are still
    # pointed at, so the pointers go before foreign keys come.
    scripts = [source.with_name(f"{part}.sql") for part in ("pre-data", "data", "pointers", "post-data")]
    for script in scripts:
        if script.stem != "pointers":
            _run(
                *("pg_restore", "--no-owner", "--no-privileges", f"--section={script.stem}"),
                *(f"--file={script}", str(source)),
                database=False,
            )
    scripts[2].write_text("".join(_forget_pointers(scripts[3].read_text(encoding="utf-8"))), encoding="utf-8")
    files = [word for script in scripts for word in ("--file", str(script))]
    _run("psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", *files)


def _forget_pointers(constraints: str) -> Iterator[str]:
    for table, column in POINTER.findall(constraints):
        yield f"UPDATE {table} SET {column} = NULL;\n"  # noqa: S608  (names of the schema)


def _run(program: str, *arguments: str, database: bool = True) -> None:
    """Runs one of PostgreSQL's own programs on the database of the settings; the password is in no argument."""
    if not shutil.which(program):
        raise Unusable(
            f"{program} is not here. It comes with PostgreSQL’s client: apt-get install postgresql-client"
        )
    told = connection.settings_dict
    options = {f"PG{key.upper()}": str(value) for key, value in told["OPTIONS"].items()}
    named = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    access = {variable: str(told[key]) for variable, key in named.items() if told[key]}
    done = subprocess.run(  # noqa: S603
        [program, *arguments],
        env={**os.environ, **({**options, **access} if database else {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no reason given"]
        raise Unusable(f"{program} did not work: {lines[0]}")
