"""The search of Wagtail's own admin: Wagtail's database back end, with a faster one on SQLite.

Only editors meet it (pages, pictures, documents, snippets in the admin); readers ask `search.api`.
"""

from __future__ import annotations

from typing import Any

from django.db import connection


def SearchBackend(params: dict[str, Any]) -> Any:  # the name that Wagtail looks for
    """The back end for the site's database. `params` are the settings of WAGTAILSEARCH_BACKENDS."""
    from modelsearch.backends import database

    stock = database.SearchBackend(params)
    if connection.vendor != "sqlite":
        return stock
    from modelsearch.backends.database.sqlite.sqlite import SQLiteSearchBackend

    if not isinstance(stock, SQLiteSearchBackend):
        return stock  # this SQLite was built without full-text search
    from search.wagtail_sqlite import FastSQLiteBackend

    return FastSQLiteBackend(params)
