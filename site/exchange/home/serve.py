"""Uploaded files, in parts where a player asks for parts (RFC 9110, section 14)."""

from __future__ import annotations

import mimetypes
import re
from pathlib import Path
from typing import BinaryIO, NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from exchange.home.models import CreditedDocument

ACTIVE = {"image/svg+xml", "text/html", "application/xhtml+xml", "text/xml", "application/xml"}
RANGE = re.compile(r"^bytes=(\d*)-(\d*)$")
# Folders for everybody: pictures and their sizes, and the faces of editors. Anything else is sent only where a
# document of ours is that very file, and its collection may be read.
OPEN_FOLDERS = frozenset({"images", "original_images", "avatar_images"})
SHARED, PERSONAL = "public, max-age=86400", "private, no-store"


class Found(NamedTuple):
    """A file below MEDIA_ROOT: where it lies, its name there, and whether only some people may read it."""

    file: Path
    name: str
    restricted: bool


class Part:
    """A file from `start` for `length` bytes, read in blocks."""

    def __init__(self, file: BinaryIO, start: int, length: int) -> None:
        file.seek(start)
        self.file, self.left = file, length

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size`, none after the part's end."""
        wanted = self.left if size < 0 else min(size, self.left)
        block = self.file.read(wanted)
        self.left -= len(block)
        return block

    def close(self) -> None:
        """Lets go of the file."""
        self.file.close()


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file below MEDIA_ROOT, whole or one part of it. A document of a private collection only to those who may.

    With SEND_FILES_BY the file itself is sent by the web server before us (docs/operate/README.md); whether it may
    be read is decided here all the same.
    """
    found = _find(request, path)
    kind = mimetypes.guess_type(found.file.name)[0] or "application/octet-stream"
    response = _handed_over(found) if settings.SEND_FILES_BY else _sent_from_here(request, found.file)
    if response.status_code == 416:
        return response
    response.headers["Content-Type"] = kind
    response.headers["Cache-Control"] = PERSONAL if found.restricted else SHARED
    if kind in ACTIVE:
        # An uploaded drawing or page must never run as a page of ours.
        response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _find(request: HttpRequest, path: str) -> Found:
    """The file that an address means, if this visitor may read it. Raises Http404.

    Decided is on the file itself, never on how it was asked for: what is looked up in the database is the place
    at which the file really lies. An address that is another spelling of that place means nothing here, so
    that nobody in between (a cache, a rule of a web server) can be talked into a second opinion.
    """
    root = Path(settings.MEDIA_ROOT).resolve()
    try:
        file = (root / path).resolve(strict=True)
        name = file.relative_to(root).as_posix()
    except (OSError, ValueError, RuntimeError) as error:  # not there, outside, a NUL, links in a circle
        raise Http404 from error
    if name != path or not file.is_file():
        raise Http404
    documents = list(CreditedDocument.objects.filter(file=name).select_related("collection"))
    if not documents and name.split("/")[0] not in OPEN_FOLDERS:
        raise Http404
    restrictions = [
        restriction for document in documents for restriction in document.collection.get_view_restrictions()
    ]
    if not all(restriction.accept_request(request) for restriction in restrictions):
        raise Http404
    return Found(file, name, bool(restrictions))


def _handed_over(found: Found) -> HttpResponseBase:
    """Only headers: the web server before us sends the file, in parts too."""
    if settings.SEND_FILES_BY == "x-sendfile":
        return HttpResponse(headers={"X-Sendfile": str(found.file)})
    return HttpResponse(headers={"X-Accel-Redirect": settings.SEND_FILES_FROM + quote(found.name)})


def _sent_from_here(request: HttpRequest, file: Path) -> HttpResponseBase:
    """The file, or the part of it that was asked for."""
    size = file.stat().st_size
    match = RANGE.match(request.headers.get("Range", ""))
    start, end = _bounds(match, size) if match else (0, size - 1)
    if start > end and match:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = FileResponse(Part(file.open("rb"), start, end - start + 1))
    response.headers["Content-Length"] = str(end - start + 1)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Last-Modified"] = http_date(file.stat().st_mtime)
    if match:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    return response


def _bounds(match: re.Match[str], size: int) -> tuple[int, int]:
    first, last = match.groups()
    if first:
        return int(first), min(int(last), size - 1) if last else size - 1
    # "bytes=-500": the last 500
    return max(0, size - int(last or 0)), size - 1
