"""The words of a cue: tags away, entities as letters, and whose voice it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape

_TAG = re.compile(r"<[^>]*>")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t\n]+([^>]*)>")
# Tags that SubRip knows; everything else with a "<" is text there.
_SUBRIP_TAG = re.compile(r"</?(?:i|b|u)>", re.IGNORECASE)
_SUBRIP_FORM = re.compile(r"</?font\b[^>]*>|\{\\[^}]*\}", re.IGNORECASE)
_NAME = r"[^\W\d_][\w.'’·-]*"
_NAMED = re.compile(rf"(?:>>\s*|-\s*)?({_NAME}(?: {_NAME}){{0,3}})\s?[:：]\s+(?=\S)")
LONGEST_NAME = 60


def words(text: str) -> str:
    """The words of a piece of WebVTT on one line."""
    return " ".join(unescape(_TAG.sub("", text)).split())


def voices(text: str) -> list[tuple[str, str]]:
    """(voice, WebVTT) for each voice of a cue; what nobody is named for has an empty voice."""
    found: list[tuple[str, str]] = []
    voice, done = "", 0
    for tag in _VOICE.finditer(text):
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
