"""Words that some write together and others apart: email and e-mail, 10,000 and 10 000, U.S.A., AutoWikiBrowser.

A text keeps both readings. What is asked is looked up in both, and two neighbours also as one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from search.analysis.scripts import Span

HYPHENS = "-\u2010\u2011"
GROUPING = ".,'\u2019\u066c \u00a0\u202f\u2009"  # between the thousands of a number
_BLANKS = " \u00a0\u202f\u2009"
LONGEST_CHAIN = 8  # parts; what has more is an address or a table
SHORTEST_JOINED = 5  # letters of two neighbours that are also looked for as one word

# A blank between groups of digits or initials: a text is cut at blanks before its parts are looked at.
_BLANK_INSIDE = re.compile(rf"(?<=\d)[{_BLANKS}](?=\d\d\d(?!\d))|(?<=\b[^\W\d_]\.)[{_BLANKS}](?=[^\W\d_]\.)")
# Small before capital (AutoWiki), and the last capital of several before small ones (HTMLEditor, but not PDFs).
_CHANGE = re.compile(r"(?<=[a-zß-öø-ÿа-яё])(?=[A-ZÀ-ÖØ-ÞА-ЯЁ])|(?<=[A-Z][A-Z])(?=[A-Z][a-z][a-z])")
_SHAPE = bytes(
    48
    if 48 <= code <= 57
    else 65
    if 65 <= code <= 90
    else 97
    if 97 <= code <= 122
    else code
    if code in b" .?"
    else 44
    for code in range(256)
)
_BLANKS_IN_SHAPES = (b"0 000", b"0?000", b". A.", b". a.", b". ?.", b".?A.", b".?a.", b".??.")


def shape(text: str) -> bytes:
    """What stands at each place of a text: 0, A, a, a blank, a dot, ? for all that is not ASCII.

    Reading a text by regular expressions takes as long as all else that is done to it; a look at this does not.
    """
    return text.encode("ascii", "replace").translate(_SHAPE)


def closed(text: str, seen: bytes | None = None) -> str:
    """The text without blanks inside numbers and initials, so that no blank stands in a chain."""
    seen = shape(text) if seen is None else seen
    if not any(blank in seen for blank in _BLANKS_IN_SHAPES):
        return text
    return _BLANK_INSIDE.sub(lambda found: "'" if text[found.start() - 1] != "." else "", text)


def changes_case(seen: bytes) -> bool:
    """Whether some word in plain letters of a text of this shape has a capital inside."""
    return b"aA" in seen or b"AAAaa" in seen


@lru_cache(maxsize=20_000)
def pieces(raw: str) -> tuple[str, ...]:
    """The parts of a word whose case changes inside; none where it does not."""
    if raw.islower() or not raw.isalpha():
        return ()
    found = tuple(part for part in _CHANGE.split(raw) if len(part) > 1)
    return found if found != (raw,) else ()


def chains(text: str, spans: Sequence[Span]) -> Iterator[tuple[int, int, str]]:
    """(first, behind the last, all in one) of spans that others write as one word."""
    begin = 0
    while begin < len(spans) - 1:
        end = begin + 1
        kind = ""
        while end < len(spans) and (found := _bound(text, spans[end - 1], spans[end], kind)):
            kind = found
            end += 1
        if 1 < end - begin <= LONGEST_CHAIN:
            yield begin, end, "".join(span.raw for span in spans[begin:end])
        begin = end


def _bound(text: str, one: Span, other: Span, kind: str) -> str:
    """What makes one word of two neighbours: a hyphen, the grouping of a number, initials; empty for nothing."""
    between = text[one.end : other.start]
    if len(between) > 2 or one.unspaced or other.unspaced:
        return ""
    if between and between in HYPHENS and kind in ("", "hyphen"):
        return "hyphen"
    if kind in ("", "number") and len(between) == 1 and between in GROUPING and _grouped(one, other, kind):
        return "number"
    if kind in ("", "initials") and _initials(text, one, other, between):
        return "initials"
    return ""


def _grouped(one: Span, other: Span, kind: str) -> bool:
    digits = one.raw.isdecimal() and other.raw.isdecimal() and len(other.raw) == 3
    return digits and (len(one.raw) <= 3 if not kind else True)


def _initials(text: str, one: Span, other: Span, between: str) -> bool:
    if not (_is_letter(one) and _is_letter(other)):
        return False
    if between == ".":
        return True
    return between[:1] == "." and between[1:] in _BLANKS and text[other.end : other.end + 1] == "."


def _is_letter(span: Span) -> bool:
    return len(span.raw) == 1 and span.raw.isalpha() and not span.unspaced


def neighbours(text: str, spans: Sequence[Span], small: Sequence[bool]) -> Iterator[tuple[int, int, str]]:
    """The same of what is asked, where only a blank stands between: "photo walk", "J R R"."""
    for place in range(len(spans) - 1):
        one, other = spans[place], spans[place + 1]
        apart = small[place] or small[place + 1] or one.unspaced or other.unspaced
        if apart or text[one.end : other.start].strip(_BLANKS):
            continue
        letters = one.raw.isalpha() and other.raw.isalpha() and min(len(one.raw), len(other.raw)) > 1
        if letters and len(one.raw) + len(other.raw) >= SHORTEST_JOINED:
            yield place, place + 2, one.raw + other.raw
    begin = 0
    while begin < len(spans):
        end = begin
        while end < len(spans) and _is_letter(spans[end]):
            end += 1
        if end - begin > 1:
            yield begin, end, "".join(span.raw for span in spans[begin:end])
        begin = end + 1
