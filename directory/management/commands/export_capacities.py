"""Writes the taxonomy of capacities as CSV, or as SKOS in Turtle or JSON-LD."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.errors import Unreadable
from directory.taxonomy.concepts import stored
from directory.taxonomy.formats import FORMATS, format_of, write


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="default: print")
        parser.add_argument("--format", choices=FORMATS, help="default: by the file's ending, else csv")

    def handle(self, *args: Any, file: Path | None, format: str | None, **options: Any) -> None:
        try:
            kind = format or (format_of(file) if file else "csv")
        except Unreadable as error:
            raise CommandError(str(error)) from error
        text = write(stored(), kind)
        if file is None:
            self.stdout.write(text, ending="")
        else:
            file.write_text(text, encoding="utf-8")
            self.stderr.write(f"{file}: written.")
