"""From an uploaded file to one that may be shown: read to its end, and silent about places."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image
from PIL.Image import DecompressionBombError

from exchange.home.images import parts
from exchange.home.images.heif import avif

DAMAGED = _(
    "This picture cannot be read to its end: the file is damaged, or was cut off on its way. "
    "Export or download it once more, and try again."
)
# What readers of pictures raise for files that are none, or end too soon.
UNREADABLE = (
    *(OSError, SyntaxError, EOFError, ValueError, IndexError),
    *(struct.error, zlib.error, DecompressionBombError),
)
# How to turn it, how large it is on paper, who made it.
_KEPT = (
    *(ExifTags.Base.Orientation, ExifTags.Base.XResolution, ExifTags.Base.YResolution),
    *(ExifTags.Base.ResolutionUnit, ExifTags.Base.Artist, ExifTags.Base.Copyright),
)
# A JPEG is looked through at an eighth of its size: all of it is read, and 50 million pixels take 3 MB, not 150.
_SMALLER = 8
FACE = "prepared-face"  # in the name of every face of an editor that has been prepared

Writer = Callable[[bytes, bytes], bytes]


class DamagedPicture(ValueError):
    """The file is no picture, or ends too soon."""


def without_place(content: bytes) -> bytes:
    """The same picture without what tells where it was taken. Raises DamagedPicture for one that ends too soon.

    A drawing (SVG) comes back as it is. What is right already does, too: it is safe to repeat.
    """
    write = _writer(content)
    if write is None:
        return content
    try:
        return write(content, _lasting_exif(content))
    except UNREADABLE as error:
        raise DamagedPicture(str(error)) from error


def prepared(content: bytes) -> bytes:
    """The picture without its place, read to its end. Raises DamagedPicture for one that cannot be."""
    clean = without_place(content)
    if _writer(clean) is None:
        return clean
    try:
        with Image.open(io.BytesIO(clean)) as picture:
            if picture.width * picture.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
                raise DamagedPicture("it has too many pixels")
            if picture.format in ("JPEG", "MPO"):
                picture.draft(None, (picture.width // _SMALLER or 1, picture.height // _SMALLER or 1))
            picture.load()
    except UNREADABLE as error:
        raise DamagedPicture(str(error)) from error
    return clean


def prepared_file(file: Any) -> Any:
    """A new file in memory, prepared, of the same name. Raises DamagedPicture."""
    file.seek(0)
    found: Any = ContentFile(prepared(file.read()), name=file.name)
    file.seek(0)
    found.is_prepared = True
    return found


def _writer(content: bytes) -> Writer | None:
    if content.startswith(b"\xff\xd8\xff"):
        return parts.jpeg
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return parts.png
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return parts.webp
    if content.startswith((b"GIF87a", b"GIF89a")):
        return parts.gif
    if content[4:8] == b"ftyp":
        return avif
    return None


def _lasting_exif(content: bytes) -> bytes:
    """What is kept of the fields that a camera or an editor wrote; empty where that is nothing."""
    kept = Image.Exif()
    with Image.open(io.BytesIO(content)) as picture:
        try:
            known = picture.getexif()
            kept.update({tag: known[tag] for tag in _KEPT if known.get(tag) not in (None, "")})
            if kept.get(ExifTags.Base.Orientation) == 1:
                del kept[ExifTags.Base.Orientation]
            return kept.tobytes() if len(kept) else b""
        except UNREADABLE:
            # Fields that cannot be read turn nothing and name nobody: the picture is worth more than they are.
            return b""
