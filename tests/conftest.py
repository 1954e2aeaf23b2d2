"""What all tests share."""

from __future__ import annotations

import gc
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.core.cache import cache, caches
from django.db import connections
from django.utils import timezone, translation

# The browser tests run a live server beside the test; Django would refuse the test's own queries otherwise.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

from foundation.database.initial import fill
from tests import ground_floor, outside
from tests.search_fixtures import index

__all__ = ["index"]

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture
def shared_data() -> Path:
    """Real material for trials; tests that need it are skipped where it is absent."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("The real material (../shared/data) is not beside this checkout.")
    return folder


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test with real transactions empties the database. Put back what the migrations had written (the first
    pages, roles, permissions), or the tests after it would run in a house without a ground floor.

    Tests that open the database at all are marked, so that the others need not run again on another one.
    """
    for item in items:
        marker = item.get_closest_marker("django_db")
        fixtures = set(getattr(item, "fixturenames", ()))
        kept = dict(marker.kwargs) if marker is not None else {}
        if marker is not None or "db" in fixtures:
            item.add_marker("database")
        if {"transactional_db", "live_server"} & fixtures or kept.get("transaction"):
            kept |= {"transaction": True, "serialized_rollback": True}
            item.add_marker(
                pytest.mark.django_db(*(marker.args if marker is not None else ()), **kept), append=False
            )


def pytest_collection_finish() -> None:
    """What is loaded by now stays, some million objects: looking through them for garbage, again and again, takes a tenth
    of the processor's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_keepdb(
    request: pytest.FixtureRequest, django_db_modify_db_settings: None, django_db_keepdb: bool
) -> Iterator[bool]:
    """On SQLite the tests' database begins as the file of the first start has it, which is a minute quicker.

    tests/house/test_initial_database.py holds the file against migrations; `--create-db` runs them for all tests.
    """
    connection, name = connections["default"], connections["default"].settings_dict["TEST"]["NAME"]
    ground_floor.keep_by_rows(connection)
    if connection.vendor != "sqlite" or django_db_keepdb or request.config.getvalue("create_db"):
        yield django_db_keepdb
        return
    Path(name).unlink(missing_ok=True)
    with closing(sqlite3.connect(name)) as database, database:
        database.execute("BEGIN")
        fill(database)
    yield True
    connection.close()
    Path(name).unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def speaks_outside_of_transactions(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A call to another machine inside a transaction fails its test, whichever it is.

    `asks_in_transaction` marks the few tests that do so themselves, to see what others see meanwhile.
    """
    if request.node.get_closest_marker("asks_in_transaction") is None:
        outside.forbid(monkeypatch)


@pytest.fixture(autouse=True)
def remembers_nothing() -> None:
    """Databases are emptied between tests without a word to the cache: the taxonomy, where the site begins, how many
    have signed up in this minute, whether the mail server rests, how the parts of the site are."""
    from exchange.home.operations import status

    status._last = None
    cache.clear()
    caches["counters"].clear()


@pytest.fixture(autouse=True)
def reads_english() -> Iterator[None]:
    """Every test begins in English and UTC, whatever page the one before it asked for."""
    translation.activate("en")
    timezone.deactivate()
    yield
    translation.activate("en")
    timezone.deactivate()
