"""Texts as lines of words, the way an index stores them: fast, since the same words come again and again.

A line holds what `words()` and `label_words()` say, in the same order. Between blanks nothing of a text
acts on its neighbours, so what stands between two blanks is analysed once and kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from search.analysis import Word, label_words, prefixes, printable, spelled, words

SIGNS = ".,:;!?()…"  # at the ends of words, no part of them in any language
FIRST_UNSPACED = "\u0e01"  # below it are no scripts that write without spaces
LONGEST_KEPT = 40  # characters; longer runs (Chinese sentences, addresses) never come again


class Line(NamedTuple):
    """The words of a text joined by spaces: their exact forms, and all forms they are found under."""

    exact: str
    forms: str


def line(text: str, language: str) -> Line:
    """The words of a stored text in order."""
    found = [
        _kept(part.strip(SIGNS), language) if len(part) <= LONGEST_KEPT else _joined(words(part, language))
        for part in text.split()
    ]
    if len(found) == 1:
        return found[0]
    return Line(
        " ".join([part[0] for part in found if part[0]]), " ".join([part[1] for part in found if part[1]])
    )


@lru_cache(maxsize=20_000)
def label_line(label: str) -> Line:
    """The words of a label whose language is not known."""
    return _joined(label_words(printable(label)))


@lru_cache(maxsize=100_000)
def _kept(part: str, language: str) -> Line:
    if part.isalpha() and max(part) < FIRST_UNSPACED:  # one word, most often
        exact, found = spelled(part, language)
        return Line(exact, " ".join(found)) if exact else Line("", "")
    return _joined(words(part, language))


def keep_more(parts: int) -> None:
    """Keep so many parts of texts, some 400 bytes each: for a process that only builds, and ends soon."""
    global _kept
    _kept = lru_cache(maxsize=parts)(_kept.__wrapped__)


def _joined(found: Iterable[Word]) -> Line:
    found = list(found)
    return Line(
        " ".join([word.exact for word in found]), " ".join([form for word in found for form in word.forms])
    )


def beginnings(titles: Iterable[tuple[str, str]]) -> str:
    """The beginnings of every word of (text, language) pairs, each once, in order."""
    return " ".join(sorted(begun(titles)))


def begun(titles: Iterable[tuple[str, str]]) -> set[str]:
    """As `prefixes()`."""
    found: set[str] = set()
    for text, language in titles:
        for part in text.split():
            found.update(_beginnings(part, language))
    return found


@lru_cache(maxsize=20_000)
def _beginnings(part: str, language: str) -> frozenset[str]:
    return frozenset(prefixes([(part, language)]))
