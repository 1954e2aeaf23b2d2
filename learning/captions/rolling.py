"""Rolling captions: automatic ones, in which each line is shown two or three times while the next one is spoken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

NEAR_MS = 100  # between a cue and the one that says it again
_WORD_TIME = re.compile(r"<\d+:\d+[\d:.]*>")

# start, end, the lines of words of a cue
Shown = tuple[int, int, list[str]]


def is_rolling(cues: Sequence[Shown], text: str) -> bool:
    """Whether at least every second cue goes on with what the one before it shows.

    Two of them, since somebody may simply say "Yes" twice; one is enough where words have times of their own.
    """
    again = sum(_added(one, other) != other[2] for one, other in pairwise(cues))
    least = 1 if _WORD_TIME.search(text) else 2
    return again >= least and again * 2 >= len(cues) - 1


def once(cues: Sequence[Shown]) -> list[Shown]:
    """The cues with what each one adds; one that adds nothing only makes the one before it longer."""
    kept: list[Shown] = []
    before: Shown | None = None
    for shown in cues:
        start, end, lines = shown
        added = _added(before, shown) if before else lines
        if added:
            kept.append((start, end, added))
        elif kept:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]), kept[-1][2])
        before = shown
    return kept


def _added(one: Shown, other: Shown) -> list[str]:
    """What a cue adds to the one before it: behind lines that it shows again, or behind all of its words."""
    if other[0] - one[1] > NEAR_MS:
        return other[2]
    for size in range(min(len(one[2]), len(other[2])), 0, -1):
        if one[2][-size:] == other[2][:size]:
            return other[2][size:]
    said, grown = " ".join(one[2]), " ".join(other[2])
    return [grown[len(said) + 1 :]] if said and grown.startswith(f"{said} ") else other[2]
