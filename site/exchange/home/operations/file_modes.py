"""What of the site's folder is for the site alone: database, keys, index, logs, kept pages, mails written to files.

Uploaded files are not among them, since a web server in front of the site may send them (docs/operate/storage.md);
which of those somebody may have is asked before they are named to it.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings

FOLDERS = ("cache", "index", "keys", "logs", "mail")
OTHERS = 0o077


def close(path: Path) -> None:
    """Takes from everybody else what they may do with a file or folder; what is not ours to change stays as it is."""
    with suppress(OSError):
        mode = path.stat().st_mode & 0o777
        if mode & OTHERS:
            path.chmod(mode & ~OTHERS)


def close_folders() -> None:
    """The folders that are there, also those that an earlier version has made."""
    for name in FOLDERS:
        close(settings.DATA_DIR / name)


def close_database(connection: Any, **_signal: Any) -> None:
    """A receiver: SQLite makes its file for everybody to read, and the files beside it as that one is."""
    if connection.vendor != "sqlite":
        return
    name = str(connection.settings_dict["NAME"])
    if name.startswith("file:") or name == ":memory:":
        return
    for ending in ("", "-wal", "-shm", "-journal"):
        close(Path(name + ending))
