"""Names of stored files: what a person called one, and beside that a mark which no other file has."""

from __future__ import annotations

import re
import secrets
import unicodedata
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import File
from django.core.files.storage import Storage
from django.core.files.utils import validate_file_name

MARK = re.compile(r"-[0-9a-f]{12}$")
LONGEST = (
    200  # bytes of a name in its folder; file systems take 255, and what makes smaller pictures adds to it
)
NO_NAME = "file"


class UniqueNames(Storage):
    """Part of each storage: a name is never given twice, so that no file takes another's place.

    Asking first whether a name is free helps nobody who asks in the same moment, and an object store then keeps
    the later file without a word. Smaller sizes of pictures need it most: their names are cut to one length, and
    two long names that differ at their end become one.
    """

    def get_valid_name(self, name: str) -> str:
        """What a person called the file, as far as addresses can say it: with letters of any script."""
        # A Mac writes ü as u and two dots; the dots alone would be taken out.
        name = unicodedata.normalize("NFC", name).lstrip(". ")
        path = PurePosixPath(name)
        ending = path.suffix if path.suffix.strip(". ") else ""
        stem = re.sub(r"[^\w.-]+", "_", name.removesuffix(ending)).strip("._-")
        return (stem or NO_NAME) + re.sub(r"[^\w.]", "", ending)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name with a mark of its own, in place of the one that it may have. Raises SuspiciousFileOperation."""
        path = PurePosixPath(str(name).replace("\\", "/"))
        validate_file_name(str(path), allow_relative_path=True)
        folder = "" if str(path.parent) == "." else f"{path.parent}/"
        ending = f"-{secrets.token_hex(6)}{path.suffix}"
        room = LONGEST - len(ending.encode())
        stem = MARK.sub("", path.stem).encode()[: max(room, 1)].decode(errors="ignore")
        if max_length is not None:
            stem = stem[: max(max_length - len(folder) - len(ending), 0)]
        if not stem or room < 1:
            raise SuspiciousFileOperation(f"The name of {path.name[:50]!r} leaves no room for its own.")
        return f"{folder}{stem}{ending}"

    def put(self, name: str, content: File[Any]) -> None:
        """Writes a file under exactly this name, in one step, also over the one that is there."""
        raise NotImplementedError

    def place_of(self, address: str) -> str | None:
        """The name under which a file lies that this part of an address means; None for another spelling of it."""
        raise NotImplementedError

    def signed_link(self, name: str, seconds: int, **answers: Any) -> str | None:
        """An address at which the store itself sends the file for so long; None where only the site can."""
        return None


def called(name: str) -> str:
    """What a person calls a stored file: its own name, without folder and mark."""
    path = PurePosixPath(name)
    return f"{MARK.sub('', path.stem)}{path.suffix}"
