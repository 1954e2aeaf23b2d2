"""Uploaded files, in parts where a player asks for parts (RFC 9110, section 14)."""

from __future__ import annotations

import mimetypes
import re
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage as _default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.http import require_safe

from exchange.home.models import CreditedDocument
from exchange.home.storage.base import UniqueNames, called

default_storage = cast(UniqueNames, _default_storage)
ACTIVE = {"image/svg+xml", "text/html", "application/xhtml+xml", "text/xml", "application/xml"}
RANGE = re.compile(r"^bytes=(\d*)-(\d*)$")
# Folders for everybody: pictures and their sizes, and the faces of editors. Anything else is sent only where a
# document of ours is that very file, and its collection may be read.
OPEN_FOLDERS = frozenset({"images", "original_images", "avatar_images"})
SHARED, PERSONAL = "public, max-age=86400", "private, no-store"
# How long a link to an object store is good for, in seconds. A private one opens the file to whoever holds it, so
# it is for going there at once; a player that goes on to another place in a recording uses it again.
PRIVATE_SECONDS, PLAYING_SECONDS, OPEN_SECONDS = 60, 3 * 60 * 60, 24 * 60 * 60


class Found(NamedTuple):
    """A stored file: its name in the store, and whether only some people may read it."""

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
    """An uploaded file, whole or one part of it. A document of a private collection only to those who may.

    With SEND_FILES_BY the file itself is sent by the web server before us, and from an object store by that
    (docs/operate/storage.md); whether it may be read is decided here all the same.
    """
    found = _find(request, path)
    kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
    response = _led_on(found, kind) or _handed_over(found) or _sent_from_here(request, found.name)
    if response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        return response
    if response.status_code != HTTPStatus.FOUND:
        response.headers["Content-Type"] = kind
        response.headers["Content-Disposition"] = _disposition(found.name)
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
    name = default_storage.place_of(path)
    if name is None:
        raise Http404
    documents = list(CreditedDocument.objects.filter(file=name).select_related("collection"))
    if not documents and name.split("/")[0] not in OPEN_FOLDERS:
        raise Http404
    restrictions = [
        restriction for document in documents for restriction in document.collection.get_view_restrictions()
    ]
    if not all(restriction.accept_request(request) for restriction in restrictions):
        raise Http404
    return Found(name, bool(restrictions))


def _led_on(found: Found, kind: str) -> HttpResponseBase | None:
    """To where an object store sends the file, for a short while; None where it lies in a folder."""
    if found.restricted:
        playing = kind.split("/")[0] in ("audio", "video")
        seconds, headers = PLAYING_SECONDS if playing else PRIVATE_SECONDS, PERSONAL
    else:
        seconds, headers = OPEN_SECONDS, f"public, max-age={OPEN_SECONDS // 2}"
    link = default_storage.signed_link(
        found.name,
        seconds,
        ResponseContentType=kind,
        # The store knows no policy of ours: what could run there is saved instead. A picture is shown all the same.
        ResponseContentDisposition=_disposition(found.name, saved=kind in ACTIVE),
        ResponseCacheControl=PERSONAL if found.restricted else SHARED,
    )
    return HttpResponseRedirect(link, headers={"Cache-Control": headers}) if link else None


def _disposition(name: str, *, saved: bool = False) -> str:
    """Under which name a browser keeps the file: the one that its person knows."""
    return content_disposition_header(saved, called(name)) or "inline"


def _handed_over(found: Found) -> HttpResponseBase | None:
    """Only headers: the web server before us sends the file, in parts too. None where there is none that does."""
    if not settings.SEND_FILES_BY:
        return None
    if settings.SEND_FILES_BY == "x-sendfile":
        return HttpResponse(headers={"X-Sendfile": default_storage.path(found.name)})
    return HttpResponse(headers={"X-Accel-Redirect": settings.SEND_FILES_FROM + quote(found.name)})


def _sent_from_here(request: HttpRequest, name: str) -> HttpResponseBase:
    """The file, or the part of it that was asked for."""
    file = Path(default_storage.path(name))
    size = file.stat().st_size
    match = RANGE.match(request.headers.get("Range", ""))
    start, end = _bounds(match, size) if match else (0, size - 1)
    if start > end and match:
        return HttpResponse(
            status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers={"Content-Range": f"bytes */{size}"}
        )
    response = FileResponse(Part(file.open("rb"), start, end - start + 1))
    response.headers["Content-Length"] = str(end - start + 1)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Last-Modified"] = http_date(file.stat().st_mtime)
    if match:
        response.status_code = HTTPStatus.PARTIAL_CONTENT
        response.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    return response


def _bounds(match: re.Match[str], size: int) -> tuple[int, int]:
    first, last = match.groups()
    if first:
        return int(first), min(int(last), size - 1) if last else size - 1
    # "bytes=-500": the last 500
    return max(0, size - int(last or 0)), size - 1
