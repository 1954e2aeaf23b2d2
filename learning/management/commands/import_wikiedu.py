"""Bring Wiki Education's training content into the site, or bring it up to date."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from learning.importers.wikiedu.history import SOURCE
from learning.importers.wikiedu.loading import NoPlaceForModules, Options, import_training
from learning.importers.wikiedu.reader import NotTrainingContent
from learning.importers.wikiedu.reports import defect_lines, summary_line

SOURCE_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
EVERY = 10  # modules between two lines of progress


class Command(BaseCommand):
    """Reads the YAML files, writes pages, quizzes, translations and libraries, and ends with a table."""

    # The checks look at code, not at content, and take longer than an import that finds nothing new.
    requires_system_checks: list[str] = []
    help = (
        "Import Wiki Education's training modules from a checkout of their repository (or its folder "
        "training_content). Can be run again at any time: only what changed is updated, and pages that were "
        "edited here are left alone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="the folder with the training content")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        parser.add_argument(
            "--images",
            choices=["link", "download"],
            default="link",
            help="leave pictures where they are, with a link to their file page, or copy them (default: link)",
        )
        parser.add_argument(
            "--overwrite-local-edits",
            action="store_true",
            help="take the source's version also of what was edited or deleted here",
        )
        parser.add_argument(
            "--source",
            default=SOURCE,
            help="a short name of the dashboard the content is from (default: wikiedu); two dashboards number their "
            "modules alike, so each needs a name of its own, the same at every import",
        )
        parser.add_argument("--commit", default="", help="the revision of the source, if it cannot be read")

    def handle(self, *_args: Any, **options: Any) -> None:
        started = monotonic()
        if not SOURCE_NAME.fullmatch(options["source"]):
            raise CommandError("--source: small letters, figures and hyphens, at most 40.")
        choices = Options(
            dry_run=options["dry_run"],
            download_images=options["images"] == "download",
            overwrite_local_edits=options["overwrite_local_edits"],
            commit=options["commit"],
            source=options["source"],
        )
        try:
            result = import_training(options["path"], choices, self.progress)
        except NotTrainingContent as error:
            raise CommandError(str(error)) from error
        except NoPlaceForModules as error:
            raise CommandError(
                "There is no learning home to put modules under. Add one below the home page first "
                "(“make start” does)."
            ) from error
        if len(result.defects) and options["verbosity"]:
            self.stdout.write("\n".join(defect_lines(result.defects)) + "\n")
        self.stdout.write(summary_line(result.defects))
        self.stdout.write("\n" + result.tally.table())
        how = "Nothing was changed (dry run)." if choices.dry_run else "Done."
        self.stdout.write(f"\n{how} {monotonic() - started:.1f} s")

    def progress(self, label: str, things: Iterable[Any]) -> Iterable[Any]:
        """Show a bar where somebody watches, and a line now and then where the output is kept."""
        if sys.stderr.isatty():
            return tqdm(things, desc=label, unit="", file=sys.stderr)
        return self.lines(label, list(things))

    def lines(self, label: str, things: list[Any]) -> Iterable[Any]:
        """Yield the things, with a line after every tenth and after the last."""
        for number, thing in enumerate(things, start=1):
            yield thing
            if number % EVERY == 0 or number == len(things):
                self.stdout.write(f"{label}: {number} of {len(things)}")
