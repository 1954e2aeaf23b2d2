"""The transcript of a recording: cues joined to paragraphs that people can read, search and jump to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foundation.l10n.times import clock
from learning.captions import Cue
from search.analysis import words
from search.analysis.tokens import line
from search.highlight import Sought, ranges

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


@dataclass(frozen=True)
class Place:
    """A paragraph that holds what was asked: its number, and the characters from … to that say it."""

    number: int
    ranges: tuple[tuple[int, int], ...]


def places(found: Sequence[Paragraph], asked: str, language: str) -> list[Place]:
    """The paragraphs that hold most of the words of a question, by the analysis of the site's search.

    While somebody types, the last word may be half a word: where nothing has it whole, what begins so counts.
    """
    sought = Sought.of(asked, language)
    if sought is None:
        return []
    lines = [line(paragraph.text, language) for paragraph in found]
    held = [_held(forms, sought) for _exact, forms in lines]
    typed: tuple[str, ...] = ()
    if max(held, default=0) < len(sought.words):
        beginnings = tuple(form for form in sought.words[-1].exact if len(form) > 1)
        begun = [_held(forms, sought, beginnings, exact) for exact, forms in lines]
        if beginnings and max(begun, default=0) > max(held, default=0):
            held, typed = begun, beginnings
    most = max(held, default=0)
    return [
        Place(number, _ranges(found[number].text, language, sought, typed))
        for number, count in enumerate(held)
        if count and count == most
    ]


def _held(forms: str, sought: Sought, beginnings: tuple[str, ...] = (), exact: str = "") -> int:
    """How many of the words a line has, the last one also by its beginning."""
    present = set(forms.split())
    count = sum(not wanted.isdisjoint(present) for wanted in sought.of_each)
    if beginnings and sought.of_each[-1].isdisjoint(present):
        count += any(word.startswith(beginnings) for word in exact.split())
    return count


def _ranges(text: str, language: str, sought: Sought, typed: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    # A word that only begins as typed gets a form that is sought.
    given = next(iter(sought.forms))
    heard = (
        word._replace(forms=(*word.forms, given)) if typed and word.exact.startswith(typed) else word
        for word in words(text, language)
    )
    return tuple(ranges(sought.forms, heard))
