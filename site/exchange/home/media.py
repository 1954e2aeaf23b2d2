"""Uploaded files, in parts where a player asks for parts (RFC 9110, section 14)."""

from __future__ import annotations

import mimetypes
import re
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils._os import safe_join
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from exchange.home.models import CreditedDocument

ACTIVE = {"image/svg+xml", "text/html", "application/xhtml+xml", "text/xml", "application/xml"}
RANGE = re.compile(r"^bytes=(\d*)-(\d*)$")


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
    """A file below MEDIA_ROOT, whole or one part of it. A document of a private collection only to those who may."""
    try:
        file = Path(safe_join(settings.MEDIA_ROOT, path))
    except (ValueError, SuspiciousFileOperation) as error:
        raise Http404 from error
    if not file.is_file() or (path.startswith("documents/") and not _is_open(request, path)):
        raise Http404
    size = file.stat().st_size
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    match = RANGE.match(request.headers.get("Range", ""))
    start, end = _bounds(match, size) if match else (0, size - 1)
    if start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = FileResponse(Part(file.open("rb"), start, end - start + 1), content_type=kind)
    response.headers["Content-Length"] = str(end - start + 1)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Last-Modified"] = http_date(file.stat().st_mtime)
    response.headers["Cache-Control"] = "public, max-age=86400"
    if kind in ACTIVE:
        # An uploaded drawing or page must never run as a page of ours.
        response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    if match:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    return response


def _is_open(request: HttpRequest, path: str) -> bool:
    """Whether a document's collection may be read by this visitor."""
    document = CreditedDocument.objects.filter(file=path).select_related("collection").first()
    return document is not None and all(
        restriction.accept_request(request) for restriction in document.collection.get_view_restrictions()
    )


def _bounds(match: re.Match[str], size: int) -> tuple[int, int]:
    first, last = match.groups()
    if first:
        return int(first), min(int(last), size - 1) if last else size - 1
    # "bytes=-500": the last 500
    return max(0, size - int(last or 0)), size - 1
