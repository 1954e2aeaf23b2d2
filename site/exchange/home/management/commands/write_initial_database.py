"""Writes the file from which an empty SQLite database is made: migrates one and takes down what is in it.

Run it after a new migration, and after an update of packages that have migrations.
"""

import tempfile
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from foundation.database.initial import FILE, written


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections["default"]
        if connection.vendor != "sqlite":
            raise CommandError("The file is for SQLite: run this without DATABASE_URL.")
        with tempfile.TemporaryDirectory() as folder:
            connection.close()
            connection.settings_dict["NAME"] = Path(folder) / "db.sqlite3"
            call_command("migrate", verbosity=0, interactive=False)
            FILE.write_text(written(connection), encoding="utf-8")
            connection.close()
        self.stdout.write(f"{FILE.name} is written.")
