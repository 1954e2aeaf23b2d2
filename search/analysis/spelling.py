"""Slips of the finger: how far two words are apart, and which known word was meant."""

from __future__ import annotations

from collections.abc import Mapping


def distance(one: str, other: str, limit: int) -> int:
    """Edits between two words (a neighbours' swap is one edit); limit + 1 when there are more.

    The optimal string alignment distance (Damerau 1964, with each letter edited once).
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, char in enumerate(one, 1):
        line = [row]
        for column, against in enumerate(other, 1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (char != against))
            if row > 1 and column > 1 and char == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > limit:
            return limit + 1
        before, last = last, line
    return last[-1]


def nearest(word: str, known: Mapping[str, int], limit: int) -> str | None:
    """The known word (with how often it occurs) fewest edits away; the first letter never changes."""
    best: tuple[int, int, str] | None = None
    for candidate, frequency in known.items():
        if candidate[:1] != word[:1] or candidate == word:
            continue
        edits = distance(word, candidate, limit)
        if edits <= limit and (best is None or (edits, -frequency, candidate) < best):
            best = (edits, -frequency, candidate)
    return best[2] if best else None
