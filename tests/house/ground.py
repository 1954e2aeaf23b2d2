"""What a new database holds, told without its own numbers, so that two made in different ways can be compared.

    python -m tests.house.ground        prints it as JSON, for the database of the settings

Rows name what they refer to by its own values, not by its id; random keys and times are left out.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from typing import Any


def rows() -> dict[str, list[str]]:
    """By table, all its rows, sorted; tables without rows are left out."""
    from django.apps import apps

    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            told = sorted(_told(model, pk) for pk in model._base_manager.values_list("pk", flat=True))
            if told:
                found[model._meta.db_table] = told
    return found


@cache
def _told(model: Any, pk: Any) -> str:
    from django.db.models import AutoField, DateTimeField, UUIDField

    row, values = model._base_manager.get(pk=pk), []
    for field in model._meta.local_concrete_fields:
        if isinstance(field, AutoField | DateTimeField | UUIDField):
            continue
        value = getattr(row, field.attname)
        if field.is_relation and value is not None:
            value = _told(field.related_model, value)
        values.append(f"{field.attname}={value!r}")
    return f"({', '.join(values)})"


def migrations() -> list[str]:
    """The names of all migrations that count as done."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())


def shape() -> dict[str, Any]:
    """Tables as every engine has them: columns and which may be empty, keys, what is unique, what has an index."""
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            columns = connection.introspection.get_table_description(cursor, table)
            constraints = connection.introspection.get_constraints(cursor, table).values()
            found[table] = {
                "columns": sorted(
                    f"{column.name}{' or nothing' if column.null_ok else ''}" for column in columns
                ),
                "keys": _sets(constraints, "primary_key"),
                "unique": _sets(constraints, "primary_key", "unique"),
                "refers": sorted(
                    f"{each['columns'][0]} to {'.'.join(each['foreign_key'])}"
                    for each in constraints
                    if each["foreign_key"]
                ),
                "indices": _sets(constraints, "primary_key", "unique", "index"),
            }
    return found


def _sets(constraints: Any, *kinds: str) -> list[str]:
    """The columns of each constraint of these kinds, each set once: what is unique has an index on every engine, though
    not every one calls it so. Not those of expressions, of which engines name no columns."""
    columns = [each["columns"] or [] for each in constraints if any(each[kind] for kind in kinds)]
    return sorted({", ".join(names) for names in columns if names and all(names)})


def sql() -> list[list[str]] | None:
    """All that was created, in SQLite's own words; None elsewhere."""
    from django.db import connection

    from foundation.database.initial import schema

    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        return sorted([kind, name, " ".join(text.split())] for kind, name, text in schema(cursor))


def main() -> None:
    import django

    django.setup()
    json.dump({"rows": rows(), "migrations": migrations(), "shape": shape(), "sql": sql()}, sys.stdout)


if __name__ == "__main__":
    main()
