"""Captions: WebVTT in, cues out, and errors that name the line."""

from __future__ import annotations

import io
import re

import webvtt
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

TIMING = re.compile(r"^\s*((?:\d+:)?\d{1,2}:\d{2}\.\d{3})\s+-->\s+((?:\d+:)?\d{1,2}:\d{2}\.\d{3})")

# start in milliseconds, end in milliseconds, voice, words
Cue = tuple[int, int, str, str]


class CaptionError(ValidationError):
    """The text is not WebVTT. Its messages name the line."""


def milliseconds(timestamp: str) -> int:
    """Milliseconds of "00:01:02.500" or "01:02.500". (webvtt's own start_in_seconds drops the fraction.)"""
    *hours, minutes, seconds = timestamp.split(":")
    whole = int(hours[0]) if hours else 0
    return round((whole * 3600 + int(minutes) * 60) * 1000 + float(seconds) * 1000)


def parse_captions(text: str) -> list[Cue]:
    """The cues of a WebVTT text, in order of time. Raises CaptionError with all that is wrong in it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    problems = _problems(text)
    if problems:
        raise CaptionError(problems)
    try:
        parsed = webvtt.from_buffer(io.StringIO(text), format="vtt")
    except webvtt.errors.MalformedFileError as error:
        raise CaptionError([_("This is not WebVTT: %(error)s") % {"error": error}]) from error
    cues: list[Cue] = []
    for caption in parsed.captions:
        words = " ".join(caption.text.split())
        if words:
            cues.append((milliseconds(caption.start), milliseconds(caption.end), caption.voice or "", words))
    if not cues:
        raise CaptionError([_("There is not a single caption in this text.")])
    return sorted(cues, key=lambda cue: cue[:2])


def _problems(text: str) -> list[str]:
    """Everything wrong with the timings, with line numbers as an editor counts them."""
    lines = text.split("\n")
    if not lines[0].startswith("WEBVTT"):
        return [_("Line 1: the text must begin with the word WEBVTT.")]
    problems: list[str] = []
    for number, line in enumerate(lines, start=1):
        if "-->" not in line:
            continue
        found = TIMING.match(line)
        if not found:
            problems.append(
                _("Line %(line)s: write the times as 00:01:02.500 --> 00:01:05.000.") % {"line": number}
            )
            continue
        begin, end = (milliseconds(part) for part in found.groups())
        if end <= begin:
            problems.append(_("Line %(line)s: this caption ends before it begins.") % {"line": number})
        elif number == len(lines) or not lines[number].strip():
            problems.append(_("Line %(line)s: there are no words below these times.") % {"line": number})
    return problems
