"""AVIF keeps its parts by their place in the file, so what tells of a place is written over, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator

from exchange.home.images.parts import Unreadable, boxes

# Exif without a single field: the offset of its header (ISO 23008-12, annex A), byte order, no entries, no more.
_EMPTY_EXIF = b"\0\0\0\0MM\0\x2a\0\0\0\x08\0\0\0\0\0\0"
_EMPTY_XMP = b"<x/>"


def avif(content: bytes, exif: bytes) -> bytes:
    """The same file with its Exif and XMP emptied. How it is turned stands elsewhere in it, and stays."""
    meta = next((span for kind, *span in boxes(content, 0, len(content)) if kind == b"meta"), None)
    if meta is None:
        raise Unreadable("the file does not say what is in it")
    inside = {kind: (start, end) for kind, start, end in boxes(content, meta[0] + 4, meta[1])}
    if b"iinf" not in inside or b"iloc" not in inside:
        return content
    fillings = dict(_telling(content, *inside[b"iinf"]))
    out = bytearray(content)
    for item, start, size in _places(content, inside[b"iloc"][0], inside.get(b"idat", (0, 0))[0]):
        filling = fillings.get(item)
        if filling is None:
            continue
        if start + size > len(content):
            raise Unreadable("a part ends too soon")
        blank = b" " if filling == _EMPTY_XMP else b"\0"
        out[start : start + size] = (filling if size >= len(filling) else b"").ljust(size, blank)
    return bytes(out)


def _telling(content: bytes, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Items that hold Exif or XMP, with what they are to hold instead."""
    first = start + (6 if content[start] == 0 else 8)
    for kind, at, after in boxes(content, first, end):
        version = content[at]
        if kind != b"infe" or version < 2:
            continue
        wide = 4 if version == 3 else 2
        number, at = int.from_bytes(content[at + 4 : at + 4 + wide]), at + 4 + wide + 2
        what = content[at : at + 4]
        if what == b"Exif":
            yield number, _EMPTY_EXIF
        elif what == b"mime" and b"rdf+xml" in content[at:after]:
            yield number, _EMPTY_XMP


def _places(content: bytes, at: int, idat: int) -> Iterator[tuple[int, int, int]]:
    """Of each item its number and, once for each of its extents, where that lies and how long it is."""
    version, sizes = content[at], content[at + 4 : at + 6]
    wide_offset, wide_length = sizes[0] >> 4, sizes[0] & 15
    wide_base, wide_index = sizes[1] >> 4, sizes[1] & 15 if version else 0
    at += 6

    def number(wide: int) -> int:
        nonlocal at
        at += wide
        if at > len(content):
            raise Unreadable("the table of parts ends too soon")
        return int.from_bytes(content[at - wide : at])

    for _item in range(number(4 if version == 2 else 2)):
        item = number(4 if version == 2 else 2)
        method = number(2) & 15 if version else 0
        number(2)  # the file itself
        base = number(wide_base)
        for _extent in range(number(2)):
            number(wide_index)
            offset, length = number(wide_offset), number(wide_length)
            yield item, base + offset + (idat if method == 1 else 0), length or len(content) - base - offset
