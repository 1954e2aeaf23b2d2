"""Where words begin and end: by Unicode category and script, with offsets into the original text.

A word is a run of letters, marks and numbers (Python's `\\w` leaves out marks, which breaks Hindi
at every vowel sign). Scripts that write without spaces come back as runs, to be cut into pairs.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

# Han, Kana, Bopomofo, Thai, Lao, Burmese, Khmer: letters and their marks, without digits and signs.
UNSPACED = (
    "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff\u3041-\u3096\u3099-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\uff66-\uff9f\u3105-\u312f\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ebd\u0ec0-\u0ece\u0edc-\u0edf"
    "\u1000-\u103f\u1050-\u108f\uaa60-\uaa7f\u1780-\u17d3\u17d7\u17dc\u17dd"
)
APOSTROPHES = "'\u2019\u02bc\u02bb\u2018\u00b4`"
# Zero-width joiners, soft hyphen and direction marks: inside a word they are not part of it.
IGNORABLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"


def _mark_ranges() -> str:
    """Every combining mark as ranges of a regular expression's character class."""
    unspaced = re.compile(f"[{UNSPACED}]")
    marks = [
        code
        # Above the second plane there are no marks but the variation selectors.
        for code in (*range(0x300, 0x20000), *range(0xE0100, 0xE01F0))
        if unicodedata.category(chr(code))[0] == "M" and not unspaced.match(chr(code))
    ]
    ranges: list[list[int]] = []
    for code in marks:
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


MARKS = _mark_ranges()
_LETTER = rf"[^\W_{UNSPACED}]"
_TOKEN = re.compile(
    rf"(?P<run>[{UNSPACED}][{UNSPACED}{MARKS}\ufe00-\ufe0f]*)"
    rf"|(?:{_LETTER}|[{MARKS}])"
    rf"(?:{_LETTER}|[{MARKS}{IGNORABLE}]"
    # An apostrophe belongs to the word in Cyrillic (Ukrainian), gershayim in Hebrew (abbreviations).
    rf"|(?<=[\u0400-\u052f])[{APOSTROPHES}](?=[\u0400-\u052f])"
    # A raised dot between two l is part of a Catalan word.
    r"|(?<=[lL])\u00b7(?=[lL])"
    rf"|(?<=[\u05d0-\u05ea])[\"\u05f3\u05f4'](?=[\u05d0-\u05ea]))*"
)
_ELIDED = frozenset({"l", "d", "j", "m", "t", "s", "c", "n", "qu"})

_BLOCKS: tuple[tuple[int, str], ...] = (
    (0x0000, "Latin"),
    (0x0370, "Greek"),
    (0x0400, "Cyrillic"),
    (0x0530, "Armenian"),
    (0x0590, "Hebrew"),
    (0x0600, "Arabic"),
    (0x0700, "Other"),
    (0x0750, "Arabic"),
    (0x0780, "Other"),
    (0x08A0, "Arabic"),
    (0x0900, "Devanagari"),
    (0x0980, "Bengali"),
    (0x0A00, "Other"),
    (0x0B80, "Tamil"),
    (0x0C00, "Other"),
    (0x0E00, "Thai"),
    (0x0E80, "Lao"),
    (0x0F00, "Other"),
    (0x1000, "Burmese"),
    (0x10A0, "Other"),
    (0x1100, "Hangul"),
    (0x1200, "Other"),
    (0x1780, "Khmer"),
    (0x1800, "Other"),
    (0x1C80, "Cyrillic"),
    (0x1C90, "Other"),
    (0x1E00, "Latin"),
    (0x1F00, "Greek"),
    (0x2000, "Other"),
    (0x2C60, "Latin"),
    (0x2C80, "Other"),
    (0x2DE0, "Cyrillic"),
    (0x2E00, "Other"),
    (0x2E80, "Han"),
    (0x3040, "Kana"),
    (0x3100, "Han"),
    (0x3130, "Hangul"),
    (0x3190, "Han"),
    (0x31F0, "Kana"),
    (0x3200, "Other"),
    (0x3400, "Han"),
    (0xA000, "Other"),
    (0xA640, "Cyrillic"),
    (0xA6A0, "Other"),
    (0xA720, "Latin"),
    (0xA800, "Other"),
    (0xAA60, "Burmese"),
    (0xAA80, "Other"),
    (0xAC00, "Hangul"),
    (0xD7B0, "Other"),
    (0xF900, "Han"),
    (0xFB00, "Latin"),
    (0xFB1D, "Hebrew"),
    (0xFB50, "Arabic"),
    (0xFE00, "Other"),
    (0xFE70, "Arabic"),
    (0xFF00, "Latin"),
    (0xFF66, "Kana"),
    (0xFFA0, "Other"),
    (0x20000, "Han"),
)
_STARTS = [start for start, _ in _BLOCKS]


class Span(NamedTuple):
    """A word or an unspaced run, as it stands between `start` and `end` of the original."""

    start: int
    end: int
    raw: str
    unspaced: bool


def script_of(text: str) -> str:
    """The script of the first letter ("Latin", "Arabic", …); "Other" where it does not matter."""
    for char in text:
        if char.isalpha():
            return _BLOCKS[bisect_right(_STARTS, ord(char)) - 1][1]
    return "Latin" if text.isascii() else "Other"


def spans(text: str) -> Iterator[Span]:
    """The words and unspaced runs of a text in order; any text is taken, also lone surrogates."""
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        raw = found.group()
        unspaced = found.group("run") is not None
        if not unspaced and end - start <= 2 and _is_remnant(text, start, end, raw):
            continue
        yield Span(start, end, raw if unspaced or raw.isascii() else unmixed(raw), unspaced)


# Letters of two alphabets that look alike; a keyboard in the wrong alphabet puts them into a word of the other.
_ALIKE = "aceiopxyjsABCEHIJKMOPSTXY", "асеіорхујѕАВСЕНІЈКМОРЅТХУ"
_TO_CYRILLIC = str.maketrans(*_ALIKE)
_TO_LATIN = str.maketrans(*reversed(_ALIKE))
_MIXED = re.compile("[A-Za-z][^A-Za-z]*[\u0400-\u04ff]|[\u0400-\u04ff][^\u0400-\u04ff]*[A-Za-z]")
_LATIN_LETTER, _CYRILLIC_LETTER = re.compile("[A-Za-z]"), re.compile("[\u0400-\u04ff]")


def unmixed(raw: str) -> str:
    """A word of Latin and Cyrillic letters in one alphabet, where all letters of the other look like its own."""
    if raw.isascii() or not _MIXED.search(raw):
        return raw
    cyrillic = raw.translate(_TO_CYRILLIC)
    if not _LATIN_LETTER.search(cyrillic):
        return cyrillic
    latin = raw.translate(_TO_LATIN)
    return raw if _CYRILLIC_LETTER.search(latin) else latin


def _is_remnant(text: str, start: int, end: int, raw: str) -> bool:
    """Whether this is what an apostrophe cut off: the l of "l'équipe", the s of "people's"."""
    after = text[end : end + 2]
    if len(after) == 2 and after[0] in APOSTROPHES and after[1].isalpha() and raw.casefold() in _ELIDED:
        return True
    before = text[max(start - 2, 0) : start]
    return len(raw) == 1 and len(before) == 2 and before[1] in APOSTROPHES and before[0].isalpha()


def clusters(span: Span) -> Iterator[tuple[int, int, str]]:
    """The letters of an unspaced run, each with the marks that sit on it, as (start, end, letter)."""
    raw, begin = span.raw, 0
    for index in range(1, len(raw) + 1):
        if index < len(raw) and (unicodedata.category(raw[index])[0] == "M" or raw[index] in "\uff9e\uff9f"):
            continue
        yield span.start + begin, span.start + index, raw[begin:index]
        begin = index


def printable(text: str) -> str:
    """The text without what no index can store: lone surrogates and NUL."""
    if "\0" in text:
        text = text.replace("\0", " ")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    return text
