"""Captions as people's tools write them: WebVTT, SubRip and SBV in, WebVTT and cues out, notes by line.

As lenient as browsers are: a text is refused only when nothing in it can be played. What was mended or
left out is named in notes. Here is no model and no page.
"""

from __future__ import annotations

from learning.captions.parser import CaptionError, Cue, Reading, parse_captions, read_captions
from learning.captions.validation import Note, sentence, shortened

__all__ = [
    "CaptionError",
    "Cue",
    "Note",
    "Reading",
    "parse_captions",
    "read_captions",
    "sentence",
    "shortened",
]
