"""The steps that make code, database, static files and index fit each other. Each may be repeated at any time."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import trans_real

from exchange.settings import site_file
from foundation.database import initial
from search import api as search

Say = Callable[[str], None]


def bring_up_to_date(say: Say) -> None:
    """All steps, in their order. Roles, schedules and the site's own address follow each migrate."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    (settings.DATA_DIR / "logs").mkdir(exist_ok=True)
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
    call_command("compile_translations", verbosity=0, stdout=_Silent())
    trans_real._translations = {}  # type: ignore[attr-defined]
    trans_real._default = None  # type: ignore[attr-defined]
    say("Translations: compiled")


def database(say: Say) -> None:
    """Tables and first rows; on a database that has all, roles and schedules are put right."""
    if not initial.create():
        call_command("migrate", verbosity=0, interactive=False)
    say("Database, roles and schedules: up to date")


def static_files(say: Say) -> None:
    """Styles and scripts, with names that change with what is in them."""
    call_command("collectstatic", verbosity=0, interactive=False, stdout=_Silent())
    say("Static files: collected")


def index(say: Say) -> None:
    """The search index: made where there is none of today's form, else brought up to date."""
    if search.status().built:
        say(f"Search index: up to date, {search.drain()} changes")
    else:
        say(f"Search index: built, {search.rebuild()} documents")


class _Silent:
    def write(self, text: str) -> None:
        """Swallows what a called command prints."""

    def flush(self) -> None:
        """Nothing is kept."""
