"""The three forms of captions, cut into pieces: lines of times, and the lines of words below them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from learning.captions.cues import Span, sbv_timing, timing
from learning.captions.validation import Note

_NUMBER = re.compile(r"\s*\d+\s*$")


@dataclass
class Piece:
    """One caption: the line of its times (counted from 1), the times, its lines of words."""

    line: int
    span: Span
    lines: list[str] = field(default_factory=list)


def header_end(lines: list[str]) -> int:
    """How many lines the header of WebVTT has: up to an empty one or to times."""
    place = 1
    while place < len(lines) and lines[place] and "-->" not in lines[place]:
        place += 1
    return place


def webvtt(lines: list[str], notes: list[Note]) -> list[Piece]:
    """The cues of WebVTT as the standard has browsers find them, with times in forms that they do not play."""
    pieces: list[Piece] = []
    place = header_end(lines)
    while place < len(lines):
        place = _block(lines, place, pieces, notes) if lines[place].strip() else place + 1
    return pieces


def _block(lines: list[str], place: int, pieces: list[Piece], notes: list[Note]) -> int:
    """One block from its first line; returns where the next one may begin."""
    first = place
    while place < len(lines) and lines[place] and "-->" not in lines[place]:
        place += 1
    if place >= len(lines) or "-->" not in lines[place] or place - first > 1:
        # Notes, styles, regions, or words that belong to nothing. Times further down begin a block of their own.
        return place if place > first else place + 1
    span = timing(lines[place])
    at = place
    place += 1
    while place < len(lines) and lines[place] and "-->" not in lines[place]:
        place += 1
    if span is not None:
        pieces.append(Piece(at + 1, span, lines[at + 1 : place]))
    elif not lines[first].startswith("NOTE"):
        code = "times" if any(char.isdigit() for char in lines[at].split("-->")[0]) else "arrow"
        notes.append(Note(at + 1, code, " ".join([lines[at].strip(), *lines[at + 1 : place]])[:80]))
    return place


def subrip(lines: list[str], notes: list[Note]) -> list[Piece]:
    """The cues of SubRip. Empty lines inside one, missing ones between two and missing numbers are survived."""
    places = [number for number, line in enumerate(lines) if "-->" in line]
    pieces: list[Piece] = []
    counted = 0
    for place, after in zip(places, [*places[1:], len(lines)], strict=True):
        counted = int(lines[place - 1]) if place and _NUMBER.match(lines[place - 1]) else counted + 1
        words = lines[place + 1 : after]
        if after < len(lines) and words and _is_number(words, counted + 1):
            words = words[:-1]
        span = timing(lines[place])
        if span is None:
            notes.append(Note(place + 1, "times", " ".join([lines[place].strip(), *words])[:80]))
        else:
            pieces.append(Piece(place + 1, span, [line for line in words if line.strip()]))
    return pieces


def _is_number(words: list[str], following: int) -> bool:
    """Whether the last line is the number of the next caption, not what is said: behind a gap, or counting on."""
    if not _NUMBER.match(words[-1]):
        return False
    return (len(words) > 1 and not words[-2].strip()) or int(words[-1]) == following


def sbv(lines: list[str]) -> list[Piece]:
    """The cues of SBV: two times with a comma between, words, an empty line."""
    pieces: list[Piece] = []
    for number, line in enumerate(lines, start=1):
        span = sbv_timing(line)
        if span is not None:
            pieces.append(Piece(number, span))
        elif pieces and line.strip():
            pieces[-1].lines.append(line)
    return pieces
