"""The steps that make code, database, static files and index fit each other. Each may be repeated at any time."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import trans_real

from exchange.settings import site_file
from foundation.database import initial
from search import api as search

Say = Callable[[str], None]
READ_ONLY = (errno.EACCES, errno.EPERM, errno.EROFS)
MANIFEST = "staticfiles.json"


def bring_up_to_date(say: Say) -> None:
    """All steps, in their order. Roles, schedules and the site's own address follow each migrate."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    (settings.DATA_DIR / "logs").mkdir(mode=0o700, exist_ok=True)
    translations(say)
    database(say)
    static_files(say)
    mark()


def mark() -> None:
    """From now on commands without settings of their own take the production settings for this folder."""
    if not settings.DEMO_CONTENT:
        site_file.write(settings.DATA_DIR, settings="production")


def translations(say: Say) -> None:
    """The interface's catalogues, and what this process has read of older ones is forgotten."""
    compile_translations()
    trans_real._translations = {}  # type: ignore[attr-defined]
    trans_real._default = None  # type: ignore[attr-defined]
    say("Translations: compiled")


def compile_translations() -> None:
    """The interface's catalogues, without a word."""
    call_command("compile_translations", verbosity=0, stdout=_Silent())


def database(say: Say) -> None:
    """Tables and first rows; on a database that has all, roles and schedules are put right."""
    make_or_migrate()
    say("Database, roles and schedules: up to date")


def make_or_migrate() -> None:
    """An empty SQLite database from the file, any other by its migrations."""
    if not initial.create():
        call_command("migrate", verbosity=0, interactive=False)


def static_files(say: Say) -> None:
    """Styles and scripts, with names that change with what is in them."""
    try:
        collect_static_files()
    except OSError as problem:
        # An image brings them, made of the same code, in a folder that nobody may write.
        if problem.errno not in READ_ONLY or not (Path(settings.STATIC_ROOT) / MANIFEST).is_file():
            raise
        say("Static files: those that are there, as STATIC_ROOT can only be read")
        return
    say("Static files: collected")


def collect_static_files() -> None:
    """As static_files, without a word."""
    call_command("collectstatic", verbosity=0, interactive=False, stdout=_Silent())


def index(say: Say) -> None:
    """The search index: made where there is none of today's form, else brought up to date."""
    built, number = build_or_drain()
    say(
        f"Search index: built, {number} documents" if built else f"Search index: up to date, {number} changes"
    )


def build_or_drain() -> tuple[bool, int]:
    """Whether the index was built, and how many documents then, or changes otherwise, were written."""
    if search.status().built:
        return False, search.drain()
    return True, search.rebuild()


class _Silent:
    def write(self, text: str) -> None:
        """Swallows what a called command prints."""

    def flush(self) -> None:
        """Nothing is kept."""
