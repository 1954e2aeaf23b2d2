"""Files in a folder of this machine, or one that the machines of a site share."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

from exchange.home.storage.base import UniqueNames


class FolderStorage(UniqueNames, FileSystemStorage):
    """The folder MEDIA_ROOT."""

    def put(self, name: str, content: File[Any]) -> None:
        """Beside its place first: who reads meanwhile has the old file or the new one, each of them whole."""
        file = Path(self.path(name))
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".", delete=False) as part:
            for chunk in content.chunks():
                part.write(chunk)
        part_path = Path(part.name)
        part_path.chmod(self.file_permissions_mode or 0o644)
        part_path.replace(file)

    def place_of(self, address: str) -> str | None:
        """Found on the disk: what counts is where a file really lies, whatever links and spellings lead there."""
        root = Path(self.location).resolve()
        try:
            file = (root / address).resolve(strict=True)
            name = file.relative_to(root).as_posix()
        except (OSError, ValueError, RuntimeError):  # not there, outside, a NUL, links in a circle
            return None
        return name if name == address and file.is_file() else None
