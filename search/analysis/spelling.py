"""Slips of the finger: how far two words are apart, and which known word was meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

MOST_NEAR = 3  # known words tried for one that is not known


def distance(one: str, other: str, limit: int) -> int:
    """Edits between two words (a neighbours' swap is one edit); limit + 1 when there are more.

    The optimal string alignment distance (Damerau 1964, with each letter edited once).
    """
    return OSA.distance(one, other, score_cutoff=limit)


def within(word: str, known: Iterable[str], limit: int) -> list[str]:
    """Those of the known words, maybe a hundred thousand, that are at most `limit` edits away."""
    found = process.extract(word, list(known), scorer=OSA.distance, score_cutoff=limit, limit=None)
    return [other for other, _, _ in found]


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
