"""Slips of the finger: how far two words are apart, and which known word was meant."""

from __future__ import annotations

from collections.abc import Mapping

MOST_NEAR = 3  # known words tried for one that is not known


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


def allowed_edits(word: str) -> int:
    """How many slips a word of this length may have: none in short ones, which are all near each other.

    Numbers have none, since another number is another thing; nor have pairs of Chinese letters.
    """
    if len(word) < 4 or any(char.isdecimal() for char in word):
        return 0
    return 1 if len(word) < 8 else 2


def nearest(word: str, known: Mapping[str, int], limit: int) -> tuple[str, ...]:
    """The known words (with how often each occurs) that are fewest edits away, the most frequent first.

    At most MOST_NEAR. The first letter never changes: it is hardly ever the one that slips.
    """
    found: list[tuple[int, int, str]] = []
    for candidate, frequency in known.items():
        if candidate[:1] == word[:1] and candidate != word:
            edits = distance(word, candidate, limit)
            if edits <= limit:
                found.append((edits, -frequency, candidate))
    fewest = min(found)[0] if found else 0
    return tuple(candidate for edits, _, candidate in sorted(found)[:MOST_NEAR] if edits == fewest)
