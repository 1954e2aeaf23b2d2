"""Takes a copy of the whole site while it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.home.operations import archives
from exchange.home.operations.archives import Unusable
from exchange.home.operations.backup import LEFT_OUT, back_up


class Command(BaseCommand):
    """One file, readable by its owner alone."""

    help = (
        "Writes database, uploaded files and keys into one file, while the site runs. The file holds keys: whoever "
        "has it can read and become anybody. manage.py restore makes a site of it."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, how many, for whom."""
        parser.add_argument("file", type=Path, nargs="?", help="a new file, or a folder that is there")
        parser.add_argument("--keep", type=int, default=0, help="in a folder: how many copies stay there")
        parser.add_argument(
            "--encrypt-to",
            default="",
            metavar="KEY",
            help="a public key (age1…): only its owner can open the copy",
        )
        parser.add_argument(
            "--new-key", action="store_true", help="make a pair of keys for --encrypt-to, and end"
        )

    def handle(
        self, *args: Any, file: Path | None, keep: int, encrypt_to: str, new_key: bool, **options: Any
    ) -> None:
        """Says what is in the copy, and what is not."""
        if new_key:
            secret, public = archives.new_key()
            self.stdout.write(
                f"Keep this in a file on another machine; without it no copy can be opened:\n{secret}\n"
                f"Give this to --encrypt-to:\n{public}"
            )
            return
        if file is None:
            raise CommandError("Say where to: a new file, or a folder.")
        if keep < 0:
            raise CommandError("--keep: a number from 1.")
        try:
            made, removed = back_up(file, recipient=encrypt_to, keep=keep)
        except Unusable as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(
            f"{made} ({made.stat().st_size / 1_000_000:.1f} MB): database, uploaded files, keys."
        )
        self.stdout.write(f"Not in it: {LEFT_OUT}.")
        if not encrypt_to:
            self.stdout.write("It holds keys and private words, and is not encrypted: keep it safe.")
        for path in removed:
            self.stdout.write(f"Removed: {path.name}")
