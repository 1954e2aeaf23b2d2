"""Copies all uploaded files from another store into the site's own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from django.core.files.storage import Storage, default_storage
from django.core.management.base import BaseCommand, CommandParser
from django.utils.module_loading import import_string

from exchange.home.storage.base import UniqueNames
from exchange.settings import environment

VARIABLE = "COPY_FILES_FROM"


class Command(BaseCommand):
    help = (
        "Copies all uploaded files from another store (the path of a folder, or s3://…) into that of STORAGE_URL, "
        "under the same names, so that their addresses stay. What is there with the same size is left alone: "
        "may be run again, and before and after the change."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", help="written as STORAGE_URL is")

    def handle(self, *args: Any, **options: Any) -> None:
        os.environ[VARIABLE] = options["source"]
        folder, given = environment.storage(VARIABLE, Path())
        source = import_string(str(given["BACKEND"]))(
            **cast(Any, given.get("OPTIONS") or {"location": folder})
        )
        copied = kept = 0
        for name in _names(source, ""):
            if default_storage.exists(name) and default_storage.size(name) == source.size(name):
                kept += 1
                continue
            with source.open(name, "rb") as file:
                cast(UniqueNames, default_storage).put(name, file)
            copied += 1
        self.stdout.write(f"{copied} files copied, {kept} were there already.")


def _names(store: Storage, folder: str) -> Iterator[str]:
    folders, files = store.listdir(folder)
    yield from (f"{folder}{name}" for name in files if name)
    for name in folders:
        yield from _names(store, f"{folder}{name}/")
