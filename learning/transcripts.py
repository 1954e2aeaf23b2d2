"""The transcript of a recording: cues joined to paragraphs that people can read, search and jump to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from learning.captions import Cue
from learning.wording import clock

# A paragraph ends with a sentence once it is this long, and in any case at twice the length.
COMFORTABLE = 140
PAUSE_MS = 2500
SENTENCE_END = re.compile(r"[.!?…。！？؟।]['”\")»]*$")


@dataclass(frozen=True)
class Paragraph:
    """What one voice says from `start` (seconds) on."""

    start: float
    end: float
    voice: str
    text: str

    @property
    def clock(self) -> str:
        """Its beginning as a player shows it."""
        return clock(self.start)

    @property
    def second(self) -> int:
        """Its beginning in whole seconds, for addresses."""
        return int(self.start)


def paragraphs(cues: Iterable[Cue | Sequence]) -> list[Paragraph]:
    """Joins cues of the same voice until a sentence ends, the speaker pauses or the paragraph is long."""
    found: list[Paragraph] = []
    for start, end, voice, text in cues:
        last = found[-1] if found else None
        if last is not None and last.voice == voice and not _is_over(last, start):
            found[-1] = Paragraph(last.start, end / 1000, voice, f"{last.text} {text}")
        else:
            found.append(Paragraph(start / 1000, end / 1000, voice, text))
    return found


def _is_over(paragraph: Paragraph, next_start_ms: int) -> bool:
    if next_start_ms - paragraph.end * 1000 > PAUSE_MS:
        return True
    ended = bool(SENTENCE_END.search(paragraph.text))
    return (ended and len(paragraph.text) >= COMFORTABLE) or len(paragraph.text) >= 2 * COMFORTABLE


def marked(text: str, words: str) -> SafeString:
    """The text with every occurrence of the words in <mark>, escaped."""
    words = words.strip()
    if not words:
        return SafeString(escape(text))
    pieces = re.split(f"({re.escape(words)})", text, flags=re.IGNORECASE)
    return mark_safe(
        "".join(f"<mark>{escape(p)}</mark>" if n % 2 else str(escape(p)) for n, p in enumerate(pieces))
    )


def hits(found: Iterable[Paragraph], words: str) -> list[Paragraph]:
    """The paragraphs that hold the words."""
    wanted = words.strip().casefold()
    return [paragraph for paragraph in found if wanted in paragraph.text.casefold()] if wanted else []
