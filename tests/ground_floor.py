"""The database as migrations leave it, put back in one stroke for each test that empties it.

Django keeps it as JSON and saves object by object, more than a second each time; on PostgreSQL it empties two hundred tables
of which most are empty.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

# On PostgreSQL a table's rows are the text of COPY, on SQLite its columns and rows.
Rows = dict[str, Any]


def keep_by_rows(connection: BaseDatabaseWrapper) -> None:
    """Lets a connection keep and put back its rows without going through models; to be called before it is set up."""
    creation: Any = connection.creation
    creation.serialize_db_to_string = lambda: rows_of(connection)
    creation.deserialize_db_from_string = lambda rows: put_back(connection, rows)
    if connection.vendor == "postgresql":
        ops: Any = connection.ops
        ops.sql_flush = lambda style, tables, **options: _emptying(connection, tables)


def rows_of(connection: BaseDatabaseWrapper) -> Rows:
    """All rows of all models' tables, by table."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    kept: Rows = {}
    with connection.cursor() as cursor:
        for table in _filled(connection, tables):
            if connection.vendor == "postgresql":
                with cursor.copy(f'COPY "{table}" TO STDOUT') as copying:
                    kept[table] = b"".join(bytes(part) for part in copying)
            else:
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
                kept[table] = ([column[0] for column in cursor.description], cursor.fetchall())
    return kept


def put_back(connection: BaseDatabaseWrapper, rows: Rows) -> None:
    """Empties the database and writes the rows; what points to what is checked at the end."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in _emptying(connection, tables):
            cursor.execute(statement)
        for table, kept in rows.items():
            if connection.vendor == "postgresql":
                with cursor.copy(f'COPY "{table}" FROM STDIN') as copying:
                    copying.write(kept)
            else:
                columns, values = kept
                names, places = ", ".join(f'"{name}"' for name in columns), ", ".join(["%s"] * len(columns))
                cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', values)  # noqa: S608


def _filled(connection: BaseDatabaseWrapper, tables: list[str]) -> list[str]:
    """Those that have rows."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # by one question
            each = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in sorted(tables))  # noqa: S608
            cursor.execute(" UNION ALL ".join(each))
            return [name for (name,) in cursor.fetchall()]
        filled = []
        for table in sorted(tables):
            cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')  # noqa: S608
            if cursor.fetchone():
                filled.append(table)
        return filled


def _emptying(connection: BaseDatabaseWrapper, tables: list[str]) -> list[str]:
    """Statements that empty the tables, in whatever order these point to each other."""
    deletes = [f'DELETE FROM "{table}"' for table in _filled(connection, tables)]  # noqa: S608
    # Without it PostgreSQL would look for what points to each row.
    alone = ["SET LOCAL session_replication_role = replica"] if connection.vendor == "postgresql" else []
    return [*alone, *deletes] if deletes else []
