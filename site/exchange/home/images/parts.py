"""The parts of which picture files are made, and which of them are kept. Each function raises Unreadable, or
IndexError, where the file is none of its kind or ends too soon."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

EXIF = b"Exif\0\0"
# JPEG (ITU-T T.81): what begins with FF and anything but a stuffed zero or a restart ends the coded picture.
_NEXT_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
_END, _SCAN, _COMMENT = 0xD9, 0xDA, 0xFE
# PNG (third edition): chunks that say how the picture looks. Critical ones begin with a capital letter.
_PNG_LOOKS = frozenset(
    b"tRNS gAMA cHRM sRGB iCCP sBIT bKGD hIST pHYs sPLT acTL fcTL fdAT cICP mDCV cLLI".split()
)
_WEBP_LOOKS = frozenset((b"VP8X", b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L"))
_WEBP_EXIF, _WEBP_XMP = 0x08, 0x04
_GIF_LOOKS = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")


class Unreadable(ValueError):
    """The file is not what it says it is, or ends too soon."""


def jpeg(content: bytes, exif: bytes) -> bytes:
    """A JPEG file with nothing beside the picture but its colours, and `exif` (may be empty).

    What follows the picture goes too: phones keep a film or a second picture there, with places of their own. A
    file without its end gets none, so that whoever decodes it sees that it was cut off.
    """
    kept: list[bytes] = []
    at = 2
    while at < len(content):
        if content[at] != 0xFF:
            raise Unreadable("a marker is missing")
        while content[at] == 0xFF:
            at += 1
        marker, at = content[at], at + 1
        if marker == _END:
            kept.append(b"\xff\xd9")
            break
        if 0xD0 <= marker <= 0xD7 or marker == 0x01:
            kept.append(bytes((0xFF, marker)))
            continue
        end = at + int.from_bytes(content[at : at + 2])
        if end < at + 2 or end > len(content):
            raise Unreadable("a segment ends too soon")
        if _jpeg_shows(marker, content[at + 2 : end]):
            kept.append(bytes((0xFF, marker)) + content[at:end])
        at = end
        if marker == _SCAN:
            found = _NEXT_MARKER.search(content, at)
            end = found.start() if found else len(content)
            kept.append(content[at:end])
            at = end
    if exif:
        segment = b"\xff\xe1" + (len(exif) + 2).to_bytes(2) + exif
        kept.insert(1 if kept and kept[0][1] == 0xE0 else 0, segment)
    return b"".join((content[:2], *kept))


def _jpeg_shows(marker: int, segment: bytes) -> bool:
    if marker == _COMMENT:
        return False
    if 0xE0 <= marker <= 0xEF:
        return segment.startswith(
            {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}.get(marker, b"\0none")
        )
    return True


def png(content: bytes, exif: bytes) -> bytes:
    """A PNG file without texts, times and private chunks."""
    out, at, written = [content[:8]], 8, not exif
    while True:
        size, kind = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        end = at + 12 + size
        if end > len(content) or len(kind) < 4:
            raise Unreadable("a chunk ends too soon")
        if kind == b"IDAT" and not written:
            out.append(_png_chunk(b"eXIf", exif.removeprefix(EXIF)))
            written = True
        if kind[:1].isupper() or kind in _PNG_LOOKS:
            out.append(content[at:end])
        if kind == b"IEND":
            return b"".join(out)
        at = end


def _png_chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


def webp(content: bytes, exif: bytes) -> bytes:
    """A WebP file without Exif and XMP but the given."""
    end = 8 + int.from_bytes(content[4:8], "little")
    if end > len(content):
        raise Unreadable("the file ends too soon")
    out = []
    at, extended = 12, False
    while at + 8 <= end:
        kind, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        body = content[at + 8 : at + 8 + size]
        if len(body) < size:
            raise Unreadable("a chunk ends too soon")
        if kind == b"VP8X":
            flags = body[0] & ~(_WEBP_EXIF | _WEBP_XMP) | (_WEBP_EXIF if exif else 0)
            body, extended = bytes((flags,)) + body[1:], True
        if kind in _WEBP_LOOKS:
            out.append(_riff_chunk(kind, body))
        at += 8 + size + size % 2
    if exif and extended:
        out.append(_riff_chunk(b"EXIF", exif.removeprefix(EXIF)))
    whole = b"WEBP" + b"".join(out)
    return b"RIFF" + len(whole).to_bytes(4, "little") + whole


def _riff_chunk(kind: bytes, body: bytes) -> bytes:
    return kind + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)


def gif(content: bytes, exif: bytes) -> bytes:
    """A GIF file without comments and without XMP. It has no place for Exif."""
    at = 13 + _colours(content[10])
    out = [content[:at]]
    while content[at] != 0x3B:
        if content[at] == 0x21:
            label, end = content[at + 1], _after_blocks(content, at + 2)
            wanted = label in (0x01, 0xF9) or (label == 0xFF and content[at + 3 : at + 14] in _GIF_LOOKS)
            if wanted:
                out.append(content[at:end])
        elif content[at] == 0x2C:
            end = _after_blocks(content, at + 11 + _colours(content[at + 9]))
            out.append(content[at:end])
        else:
            raise Unreadable("a block is of no known kind")
        at = end
    return b"".join((*out, b"\x3b"))


def _colours(flags: int) -> int:
    """Bytes of the table of colours that these flags announce."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(content: bytes, at: int) -> int:
    while content[at]:
        at += 1 + content[at]
    return at + 1


def boxes(content: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, beginning and end of what each box holds, in a file of the ISO base media format (ISO 14496-12)."""
    while start + 8 <= end:
        size, body = int.from_bytes(content[start : start + 4]), start + 8
        if size == 1:
            size, body = int.from_bytes(content[start + 8 : start + 16]), start + 16
        after = start + size if size else end
        if after < body or after > end:
            raise Unreadable("a box ends too soon")
        yield content[start + 4 : start + 8], body, after
        start = after
