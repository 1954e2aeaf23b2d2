"""Brings organisations (CSV with the columns acronym, name, type) into the database. Can be run again."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from directory.errors import Unreadable
from directory.importers.organisations import OUTCOMES, SOURCE, Row, import_organisations


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--source", default=SOURCE, help="where the list comes from; with the acronym it names a record"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="change nothing, only say what would change"
        )

    def handle(self, *args: Any, file: Path, source: str, dry_run: bool, **options: Any) -> None:
        try:
            report = import_organisations(file, source=source, dry_run=dry_run, progress=self._progress)
        except Unreadable as error:
            raise CommandError(str(error)) from error
        for problem in report.problems:
            self.stderr.write(f"{file.name}, {problem}")
        for note in report.notes:
            self.stdout.write(f"{file.name}, {note}")
        self.stdout.write(" " * 14 + "".join(f"{outcome:>11}" for outcome in OUTCOMES))
        self.stdout.write(
            "organisations ".ljust(14) + "".join(f"{report.counts[outcome]:>11}" for outcome in OUTCOMES)
        )
        if dry_run:
            self.stdout.write("Dry run: nothing was changed.")

    def _progress(self, rows: list[Row]) -> Any:
        return tqdm(rows, desc="organisations", unit="", file=sys.stderr, disable=not sys.stderr.isatty())
