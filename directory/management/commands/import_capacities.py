"""Brings a taxonomy of capacities (CSV, or SKOS as Turtle, RDF/XML, N-Triples or JSON-LD) into the database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.errors import Unreadable
from directory.taxonomy.graphs import ANY
from directory.taxonomy.importer import SHIPPED, import_capacities

OUTCOMES = ("found", "created", "moved", "updated", "reordered", "unchanged", "skipped")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, default=SHIPPED, help="default: the taxonomy that is shipped"
        )
        parser.add_argument(
            "--flatten",
            action="store_true",
            help="put what lies deeper than our tree goes on its lowest level, instead of leaving it out",
        )
        parser.add_argument(
            "--context",
            action="append",
            default=[],
            metavar="[ADDRESS=]FILE",
            help="a file to take for a context that JSON-LD only names by its address; nothing is fetched",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="change nothing, only say what would change"
        )

    def handle(
        self, *args: Any, file: Path, dry_run: bool, flatten: bool, context: list[str], **options: Any
    ) -> None:
        # An address may have "=" in it, a file's name hardly.
        named = (each.rpartition("=") for each in context)
        contexts = {address or ANY: Path(name) for address, _sign, name in named}
        try:
            report = import_capacities(file, dry_run=dry_run, flatten=flatten, contexts=contexts)
        except Unreadable as error:
            raise CommandError(str(error)) from error
        for problem in report.problems:
            self.stderr.write(problem)
        for note in report.notes:
            self.stdout.write(note)
        if report.unknown:
            self.stdout.write(f"Not in the file, left as they are: {', '.join(report.unknown)}")
        self.stdout.write("".join(f"{outcome:>11}" for outcome in OUTCOMES))
        self.stdout.write("".join(f"{report.counts[outcome]:>11}" for outcome in OUTCOMES))
        if dry_run:
            self.stdout.write("Dry run: nothing was changed.")
