"""Compiles the interface's catalogues (.po) for use (.mo). Needs no gettext on the machine."""

import os
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                target = source.with_suffix(".mo")
                if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
                    continue
                with source.open("rb") as reading:
                    catalogue = read_po(reading)
                # Several processes may do this at once: each finds the old file or the whole new one.
                part = target.with_suffix(f".mo.{os.getpid()}")
                with part.open("wb") as writing:
                    write_mo(writing, catalogue)
                part.replace(target)
                done += 1
        self.stdout.write(f"{done} catalogues compiled.")
