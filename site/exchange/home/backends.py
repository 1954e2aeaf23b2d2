"""The cache in files, for a site without Redis: a folder for each version, and few looks at how full it is.

Django's own lists its whole folder at every write to see whether there is room. With thousands of pages that costs
more than making one.
"""

from __future__ import annotations

import glob
import itertools
import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache

LOOK_EVERY = 500  # writes of a process between two looks
# Shared by all threads; from a chance number on, so that processes which live shortly look too.
_writes = itertools.count(random.randrange(LOOK_EVERY))  # noqa: S311


class FileCache(FileBasedCache):
    """Entries of version 17 lie in the folder 17, and are forgotten with it."""

    _dir: str

    def _key_to_file(self, key: str, version: int | None = None) -> str:
        version = self.version if version is None else version
        file = Path(super()._key_to_file(key, version))  # type: ignore[misc]
        return str(file.with_name(str(version)) / file.name)

    def _list_cache_files(self) -> list[str]:
        # The second stars are for what an older release left beside the folders.
        return glob.glob(os.path.join(glob.escape(self._dir), "**", f"*{self.cache_suffix}"), recursive=True)

    def _cull(self) -> None:
        if next(_writes) % LOOK_EVERY == 0:
            super()._cull()  # type: ignore[misc]

    def set(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,  # type: ignore[assignment]
        version: int | None = None,
    ) -> None:
        """Stores a value; nothing where its version is forgotten in the same moment."""
        Path(self._key_to_file(key, version)).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            super().set(key, value, timeout, version)  # type: ignore[arg-type]
        except FileNotFoundError:
            return

    def versions(self) -> Iterator[str]:
        """The versions of which anything is kept."""
        if os.path.isdir(self._dir):
            yield from (entry.name for entry in os.scandir(self._dir) if entry.is_dir())

    def forget_version(self, version: str) -> None:
        """Removes everything of one version."""
        shutil.rmtree(os.path.join(self._dir, version), ignore_errors=True)
