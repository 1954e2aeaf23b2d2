"""Moves a site from SQLite to PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.home.operations.moving import MOST_NAMED, Refused, missing_files, move


class Command(BaseCommand):
    """Copies, compares, and says what to set."""

    help = (
        "Copies every table into an empty PostgreSQL database, compares row by row, and sets keys and sequences. Stop "
        "the site first. The old database is only read. Can be begun again where it was interrupted."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("url", help="postgresql://name:secret@host/base, an empty database")

    def handle(self, *args: Any, url: str, **options: Any) -> None:
        """The move, then what else a site needs on the new side."""
        try:
            move(url, self.stdout.write)
        except (Refused, ImproperlyConfigured) as problem:
            raise CommandError(str(problem)) from None
        for command in (["update_index", "--verbosity", "0"], ["search", "verify", "--quick", "--mend"]):
            self.there(url, *command)
        if missing := missing_files():
            self.stdout.write(
                f"Files that the database names and that were missing before, too: {', '.join(missing[:MOST_NAMED])}"
            )
        self.stdout.write(
            "Moved. Set DATABASE_URL to the new address and start the site; keep db.sqlite3 for a while."
        )

    def there(self, url: str, *arguments: str) -> None:
        """A command on the new database."""
        done = subprocess.run(
            [sys.executable, "-W", "ignore", str(settings.ROOT / "manage.py"), *arguments],
            env={**os.environ, "DATABASE_URL": url},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            self.stderr.write(
                f"{' '.join(arguments)} did not work: {last}. The rows are moved; run it again there."
            )
