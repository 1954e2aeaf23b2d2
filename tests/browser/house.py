"""The demonstration site, prepared once and put back before each test.

Loading it takes much longer than any test, so the loaded database and index are kept as files and copied. Set
BROWSER_HOUSE to a folder to keep them between runs too, while writing tests; delete it when anything that is loaded
has changed.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from pytest_django.live_server_helper import LiveServer

from exchange.demo.users import demo_address
from foundation.accounts.models import User


class House:
    """The prepared site in `kept`, and the one that tests use, with a web server before it, in `used`."""

    def __init__(self, kept: Path, used: Path, server: LiveServer) -> None:
        self.kept, self.used, self.server = kept, used, server
        self._restored = 0

    def put_back(self) -> None:
        """Everything as it was loaded, and nothing remembered of the test before."""
        loaded, tested = self.kept / "db.sqlite3", self.used / "db.sqlite3"
        with (
            closing(sqlite3.connect(loaded)) as source,
            closing(sqlite3.connect(tested, timeout=20)) as target,
        ):
            source.backup(target)
        # Engines keep an index open, so each test gets its own folder.
        shutil.rmtree(self.used / f"index-{self._restored}", ignore_errors=True)
        self._restored += 1
        shutil.copytree(self.kept / "index", self.used / f"index-{self._restored}")
        settings.INDEX_DIR = self.used / f"index-{self._restored}"
        cache.clear()
        ContentType.objects.clear_cache()
        mail.outbox = []

    def address(self, path: str) -> str:
        """The full address of a path of the site."""
        return f"{self.server.url}{path}"

    def user(self, key: str) -> User:
        """An invented person's account by key (`noor-mansour`) or by role of the demo's sign-ins (`editor`)."""
        return User.objects.get(email=demo_address(key))

    def session_of(self, user: User) -> str:
        """A session in which this person is signed in, as its cookie's value."""
        client = Client()
        client.force_login(user)
        return client.cookies[settings.SESSION_COOKIE_NAME].value


@contextmanager
def open_house() -> Iterator[House]:
    """The site, running until the block ends. Expects that database access is allowed."""
    with ExitStack() as stack:
        used = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="exchange-browser-")))
        kept = Path(os.environ.get("BROWSER_HOUSE") or used / "kept")
        with _alone(kept.with_name(f"{kept.name}.lock")):
            if not (kept / "index").is_dir():
                prepare(kept)
        stack.enter_context(_database(used / "db.sqlite3"))
        stack.enter_context(
            override_settings(
                MEDIA_ROOT=kept / "media", INDEX_DIR=used, SEARCH_DRAIN="on_commit", DEMO_CONTENT=True
            )
        )
        shutil.copy(kept / "db.sqlite3", used / "db.sqlite3")
        server = LiveServer("localhost")
        stack.callback(server.stop)
        stack.enter_context(server._live_server_modified_settings)
        yield House(kept, used, server)


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """One process at a time: of two workers of a run, one prepares what both copy."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare(folder: Path) -> None:
    """Loads the demonstration site into a folder: database, index, media."""
    from exchange.demo.loading import load
    from search.api import rebuild
    from search.models import OutboxEntry

    folder.mkdir(parents=True, exist_ok=True)
    with (
        _database(folder / "db.sqlite3"),
        override_settings(MEDIA_ROOT=folder / "media", INDEX_DIR=folder / "index-made", SEARCH_DRAIN="off"),
    ):
        call_command("prepare", "database", stdout=StringIO())
        load()
        rebuild()
        OutboxEntry.objects.all().delete()
    # The last step, so that a folder with an index is a whole one.
    (folder / "index-made").rename(folder / "index")


@contextmanager
def _database(file: Path) -> Iterator[None]:
    """All connections, in all threads, go to this file."""
    connection.close()
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = str(file)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
