"""A cue: its times, as the standard has them and as tools write them; its words, without tags; whose voice it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape
from typing import NamedTuple

# What a browser plays (WebVTT, "collect a WebVTT timestamp"): three digits behind a dot, nothing over 59.
_PLAYED = re.compile(r"(?:\d+:)?[0-5]\d:[0-5]\d\.\d{3}")
# What can be understood: short parts, a comma, minutes and seconds counted beyond 59.
_TIME = r"(?:(\d{1,9}):)?(\d{1,9}):(\d{1,9})(?:[.,](\d{1,3}))?"
_TIMING = re.compile(rf"\s*({_TIME})\s*-->\s*({_TIME})(?P<settings>(?:[ \t].*)?)$")
_SBV = re.compile(rf"\s*({_TIME})\s*,\s*({_TIME})\s*$")
# Looked for up to the last ">" only: behind it, every "<" would be followed to the end of the text in vain.
_TAG = re.compile(r"<[^>]*>")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t\n]+([^>]*)>")
# Tags that SubRip knows; everything else with a "<" is text there.
_SUBRIP_TAG = re.compile(r"</?(?:i|b|u)>", re.IGNORECASE)
_SUBRIP_FORM = re.compile(r"</?font\b[^<>]*>|\{\\[^{}]*\}", re.IGNORECASE)
_NAME = r"[^\W\d_][\w.'’·-]*"
_NAMED = re.compile(rf"(?:>>\s*|-\s*)?({_NAME}(?: {_NAME}){{0,3}})\s?[:：]\s+(?=\S)")
LONGEST_NAME = 60


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


def words(text: str) -> str:
    """The words of a piece of WebVTT on one line."""
    end = text.rfind(">") + 1
    return " ".join(unescape(_TAG.sub("", text[:end]) + text[end:]).split())


def voices(text: str) -> list[tuple[str, str]]:
    """(voice, WebVTT) for each voice of a cue; what nobody is named for has an empty voice."""
    found: list[tuple[str, str]] = []
    voice, done = "", 0
    for tag in _VOICE.finditer(text, 0, text.rfind(">") + 1):
        found.append((voice, text[done : tag.start()]))
        voice, done = words(tag[1].replace("<", " ")), tag.end()
    found.append((voice, text[done:]))
    return [(name, part) for name, part in found if words(part)]


def unclosed(text: str) -> str:
    """What is hidden by a "<" that no ">" closes; empty where none is."""
    at = text.rfind("<")
    return text[at : at + 40] if at > text.rfind(">") else ""


def from_subrip(text: str) -> str:
    """Words of SubRip as WebVTT: its three tags stay, everything else is text."""
    text = unescape(_SUBRIP_FORM.sub("", text))
    out, done = [], 0
    for tag in _SUBRIP_TAG.finditer(text):
        out += [escape(text[done : tag.start()], quote=False), tag.group().lower()]
        done = tag.end()
    return "".join([*out, escape(text[done:], quote=False)])


def from_sbv(text: str) -> str:
    """Words of SBV as WebVTT."""
    return escape(unescape(text.replace("[br]", "\n")), quote=False)


def named(lines: Iterable[str]) -> list[tuple[str, str]]:
    """(voice, words) where cues begin as "Amina Diallo: …".

    Only names that begin two cues, or where half of all cues begin with some name: "Note: …" is said once.
    """
    said = list(lines)
    found = [_NAMED.match(line) for line in said]
    names = [_as_name(match) for match in found]
    counted = [name for name in names if name]
    mostly = len(counted) * 2 >= len(said)
    return [
        (name, line[match.end() :]) if match and name and (mostly or counted.count(name) > 1) else ("", line)
        for line, match, name in zip(said, found, names, strict=True)
    ]


def _as_name(match: re.Match[str] | None) -> str:
    """The name that a match may be: every part with a capital, or in letters that have none."""
    if match is None or len(match[1]) > LONGEST_NAME:
        return ""
    return match[1] if not any(part[0].islower() for part in match[1].split()) else ""
