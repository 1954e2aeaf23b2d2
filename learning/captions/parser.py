"""Read captions in any of the three forms."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from learning.captions import cues as said
from learning.captions import forms, rolling
from learning.captions.cues import sbv_timing, stamp, timing
from learning.captions.validation import Note, sentence

# start in milliseconds, end in milliseconds, voice, words
Cue = tuple[int, int, str, str]
_HEADER_LANGUAGE = re.compile(
    r"^Language:[ \t]*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)[ \t]*$", re.MULTILINE
)


class CaptionError(ValidationError):
    """Nothing in the text can be played. Its messages name the lines."""


@dataclass
class Reading:
    """Captions as they are kept: WebVTT for the player, cues for transcript and index, what the editor is told.

    `language` is the tag that the file names as its own, if it does.
    """

    text: str
    cues: list[Cue]
    notes: list[Note] = field(default_factory=list)
    language: str = ""


def parse_captions(text: str) -> list[Cue]:
    """The cues of captions, in order of time. Raises CaptionError where there is none."""
    return read_captions(text).cues


def read_captions(text: str) -> Reading:
    """Read WebVTT, SubRip or SBV. WebVTT that browsers play stays as it is; the rest is mended or rewritten.

    Raises CaptionError, with all that is wrong, where nothing can be played.
    """
    text = text.lstrip("\ufeff").replace("\0", "\ufffd")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0][:6] == "WEBVTT" and lines[0][6:7] in ("", " ", "\t"):
        return _webvtt(text, lines)
    if any(timing(line) for line in lines if "-->" in line):
        if any(line.strip().startswith("WEBVTT") for line in lines[:5]):
            return _without_header(lines)
        notes: list[Note] = []
        pieces = forms.subrip(lines, notes)
        return _rewritten(pieces, notes, said.from_subrip, "SubRip (SRT)")
    if any(sbv_timing(line) for line in lines):
        return _rewritten(forms.sbv(lines), [], said.from_sbv, "SBV")
    raise CaptionError(
        [
            _(
                "Line 1: these are no captions. WebVTT (it begins with the word WEBVTT), SRT and SBV can be read."
            )
        ]
    )


def _without_header(lines: list[str]) -> Reading:
    """WebVTT whose first line is not the first."""
    while not lines[0].strip().startswith("WEBVTT"):
        lines = lines[1:]
    return _webvtt("\n".join([lines[0].strip(), *lines[1:]]), [lines[0].strip(), *lines[1:]])


def _webvtt(text: str, lines: list[str]) -> Reading:
    notes: list[Note] = []
    pieces = forms.webvtt(lines, notes)
    mended = [piece for piece in pieces if not piece.span.played]
    for piece in mended:
        written = lines[piece.line - 1].strip()
        notes.append(Note(piece.line, "mended", written, piece.span.written))
        lines[piece.line - 1] = piece.span.written
    if mended:
        text = "\n".join(lines)
    kept = _worded(pieces, notes)
    found = _HEADER_LANGUAGE.search("\n".join(lines[1 : forms.header_end(lines)]))
    return _reading(text, kept, notes, found[1] if found else "")


def _rewritten(
    pieces: list[forms.Piece], notes: list[Note], convert: Callable[[str], str], name: str
) -> Reading:
    """Captions of another form as WebVTT, in order of time."""
    for piece in pieces:
        piece.lines = [line for line in convert("\n".join(piece.lines)).split("\n") if line.strip()]
    kept = sorted(_worded(pieces, notes), key=lambda piece: piece.span[:2])
    blocks = [
        f"{stamp(piece.span.start)} --> {stamp(piece.span.end)}\n" + "\n".join(piece.lines) for piece in kept
    ]
    notes.append(Note(0, "converted", name))
    return _reading("\n\n".join(["WEBVTT", *blocks]) + "\n", kept, notes, "")


def _worded(pieces: list[forms.Piece], notes: list[Note]) -> list[forms.Piece]:
    """The captions that have words and do not end before they begin; the others are named."""
    kept = []
    for piece in pieces:
        text = "\n".join(piece.lines)
        if piece.span.end < piece.span.start:
            notes.append(Note(piece.line, "backwards", said.words(text)[:80]))
            continue
        hidden = said.unclosed(text)
        if hidden:
            notes.append(Note(piece.line + 1, "unclosed", hidden))
        if not said.words(text):
            if not hidden:
                notes.append(Note(piece.line, "empty"))
            continue
        if piece.span.end == piece.span.start:
            notes.append(Note(piece.line, "no length"))
        kept.append(piece)
    return kept


def _reading(text: str, pieces: list[forms.Piece], notes: list[Note], language: str) -> Reading:
    notes.sort(key=lambda note: note.line or 1_000_000)
    if not pieces:
        raise CaptionError(
            [sentence(note) for note in notes if note.line]
            or [_("There is not a single caption in this text.")]
        )
    pieces = sorted(pieces, key=lambda piece: piece.span[:2])
    shown = [(p.span.start, p.span.end, list(filter(None, map(said.words, p.lines)))) for p in pieces]
    if rolling.is_rolling(shown, text):
        notes.append(Note(0, "rolling"))
        cues = [(start, end, "", " ".join(lines)) for start, end, lines in rolling.once(shown)]
    else:
        cues = [
            (piece.span.start, piece.span.end, voice, said.words(part))
            for piece in pieces
            for voice, part in said.voices("\n".join(piece.lines))
        ]
    if not any(voice for _start, _end, voice, _words in cues):
        spoken = said.named(words for _start, _end, _voice, words in cues)
        cues = [(start, end, *who) for (start, end, _voice, _words), who in zip(cues, spoken, strict=True)]
    return Reading(text, cues, notes, language)
