"""The folder of an index on disk: generations beside each other, a pointer to the one in use, locks.

INDEX_DIR/CURRENT          the name of the generation in use, replaced atomically
INDEX_DIR/v1-000007/       one whole index
INDEX_DIR/writer.lock      held by whoever writes to the generation in use
INDEX_DIR/rebuild.lock     held by the one rebuild
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.errors import EngineBusy, EngineError

CURRENT = "CURRENT"
POLL = 0.02  # seconds between two tries for a lock


class Generations:
    """The generations below `folder`, made by a schema of version `version`."""

    def __init__(self, folder: Path, version: str) -> None:
        self.folder = folder
        self.version = version

    def current(self) -> Path | None:
        """The generation in use; None before the first was made.

        Raises EngineError for one that an older or newer release wrote: it must be rebuilt.
        """
        try:
            name = (self.folder / CURRENT).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise EngineError(f"The index folder {self.folder} cannot be read: {error}") from error
        if not name.startswith(f"{self.version}-"):
            raise EngineError(f"The index {name} is of another release. Run: manage.py search rebuild")
        return self.folder / name

    def new(self) -> Path:
        """An empty folder for the next generation."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        taken = [int(path.name.rpartition("-")[2]) for path in self._all()]
        path = self.folder / f"{self.version}-{max(taken, default=0) + 1:06d}"
        path.mkdir(mode=0o700)
        return path

    def use(self, path: Path) -> None:
        """Point readers at `path`, and drop all but it and the one before."""
        before = None
        try:
            before = self.current()
        except EngineError:
            pass  # of another release: nobody reads it any more
        pointer = self.folder / f"{CURRENT}.{os.getpid()}.new"
        with pointer.open("w", encoding="ascii") as file:
            file.write(path.name)
            file.flush()
            os.fsync(file.fileno())
        pointer.replace(self.folder / CURRENT)
        for old in self._all():
            # A reader that has just read the old pointer may still be opening the one before.
            if old not in (path, before):
                shutil.rmtree(old, ignore_errors=True)

    def use_none(self) -> None:
        """Point readers at nothing, until the next one is used."""
        (self.folder / CURRENT).unlink(missing_ok=True)

    def discard(self, path: Path) -> None:
        """Remove a generation that was never finished."""
        shutil.rmtree(path, ignore_errors=True)

    def _all(self) -> list[Path]:
        found = [path for path in self.folder.iterdir() if path.is_dir()] if self.folder.exists() else []
        return [path for path in found if path.name.rpartition("-")[2].isdigit()]

    @contextmanager
    def lock(self, name: str, wait: float) -> Iterator[None]:
        """Hold the lock file `name`, waiting up to `wait` seconds for it.

        The operating system frees it when a process dies, so no lock is ever left behind. Threads
        exclude each other as well, since each opens the file anew. Raises EngineBusy.
        """
        until = time.monotonic() + wait
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = (self.folder / name).open("a")
        except OSError as error:
            raise EngineError(f"The index folder {self.folder} cannot be written: {error}") from error
        with file:
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() >= until:
                        raise EngineBusy(f"Another process holds {name} in {self.folder}.") from None
                    time.sleep(POLL)
            try:
                yield
            finally:
                fcntl.flock(file, fcntl.LOCK_UN)
