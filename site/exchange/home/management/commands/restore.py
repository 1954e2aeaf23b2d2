"""Makes a site from a copy that manage.py backup took."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.home.operations.archives import Unusable
from exchange.home.operations.backup import restore


class Command(BaseCommand):
    """Into an empty DATA_DIR, never over anything."""

    help = (
        "Makes DATA_DIR and the database from a copy, brings them up to this version and builds the search index. "
        "Refuses a folder or a database that holds data. Can be begun again where it was interrupted."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Which copy, and what opens it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, help="file with the secret key of an encrypted copy")

    def handle(self, *args: Any, file: Path, key: Path | None, **options: Any) -> None:
        """A sentence for each step."""
        try:
            restore(file, self.stdout.write, key=key)
        except Unusable as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write("The site is restored. Start it now.")
