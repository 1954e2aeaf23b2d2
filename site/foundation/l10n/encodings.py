"""Bytes of a file of text as its letters, whatever program of an office has written them."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_LETTERS = re.compile(r"[A-Za-z]")
_MARKED = re.compile(r"[^\x00-\x7f]")
# What Western European texts have beyond ASCII: letters of Latin 1 (without ÿ, which is mostly a stray byte),
# quotation marks, dashes, the sign of the euro.
_EXPECTED = re.compile(r"[\u00a0-\u00feŒœŠšŽžŸ€‚„…‘’“”–—•™]")


class Undecodable(ValueError):
    """These bytes are no text that can be told for sure."""


def decoded(content: bytes) -> tuple[str, str]:
    """The text without a byte order mark, and the name of its encoding: "UTF-8", "UTF-16" or "Windows-1252".

    Windows-1252 is taken only where the text reads like a Western European one: any bytes are some text in it.
    Raises Undecodable.
    """
    for mark, codec, name in _MARKS:
        if content.startswith(mark):
            return _decode(content[len(mark) :], codec), name
    half = content[: len(content) // 2 * 2]
    if content.count(b"\0") > len(content) // 3:
        return _decode(
            half, "utf-16-le" if half[1::2].count(0) > half[::2].count(0) else "utf-16-be"
        ), "UTF-16"
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        text = _decode(content, "cp1252")
    foreign = len(_MARKED.findall(text))
    if foreign * 4 > len(_LETTERS.findall(text)) or len(_EXPECTED.findall(text)) < foreign:
        raise Undecodable("neither UTF-8, UTF-16 nor Windows-1252")
    return text, "Windows-1252"


def _decode(content: bytes, codec: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        raise Undecodable(str(error)) from error
