"""Writes the pages of docs/ that are made from the code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from exchange.home.drawings import drawn


class Command(BaseCommand):
    """Flows and data model, as Mermaid text that is shown as pictures."""

    help = "Draws flows, data model and roles into docs/. Run it after changing one of them, and commit the pages."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("--into", type=Path, default=Path(settings.ROOT) / "docs")

    def handle(self, *args: Any, into: Path, **options: Any) -> None:
        """Writes what is not as it should be, and names it."""
        for name, text in drawn().items():
            path = into / name
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8")
                self.stdout.write(f"Written: {path.name}")
