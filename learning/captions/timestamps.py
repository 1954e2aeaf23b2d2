"""Times of captions: as the standard has them, and as tools write them."""

from __future__ import annotations

import re
from typing import NamedTuple

# What a browser plays (WebVTT, "collect a WebVTT timestamp"): three digits behind a dot, nothing over 59.
_PLAYED = re.compile(r"(?:\d+:)?[0-5]\d:[0-5]\d\.\d{3}")
# What can be understood: short parts, a comma, minutes and seconds counted beyond 59.
_TIME = r"(?:(\d+):)?(\d+):(\d+)(?:[.,](\d{1,3}))?"
_TIMING = re.compile(rf"\s*({_TIME})\s*-->\s*({_TIME})(?P<settings>(?:[ \t].*)?)$")
_SBV = re.compile(rf"\s*({_TIME})\s*,\s*({_TIME})\s*$")


class Span(NamedTuple):
    """From when to when in milliseconds; whether a browser plays it as it is written, and how it is written right."""

    start: int
    end: int
    played: bool
    written: str


def timing(line: str) -> Span | None:
    """The times of a line with an arrow; None where they cannot be understood."""
    found = _TIMING.match(line)
    return _span(found, found["settings"].rstrip()) if found else None


def sbv_timing(line: str) -> Span | None:
    """The times of a line of SBV: two of them with a comma between."""
    found = _SBV.match(line)
    return _span(found, "") if found and "." in line else None


def _span(found: re.Match[str], settings: str) -> Span:
    start, end = _milliseconds(*found.group(2, 3, 4, 5)), _milliseconds(*found.group(7, 8, 9, 10))
    played = bool(_PLAYED.fullmatch(found[1]) and _PLAYED.fullmatch(found[6]))
    return Span(start, end, played, f"{stamp(start)} --> {stamp(end)}{settings}")


def _milliseconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> int:
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))


def stamp(milliseconds: int) -> str:
    """A time as WebVTT writes it: 01:02:03.500."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{rest:03d}"
