"""Texts as lines of words, the way an index stores them: fast, since the same words come again and again.

A line holds what `words()` and `label_words()` say, in the same order. Between blanks nothing of a text
acts on its neighbours, so what stands between two blanks is analysed once and kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from search.analysis import label_words, prefixes, printable, spelled, words
from search.analysis.scripts import spans
from search.analysis.unspaced import stored_run

SIGNS = ".,:;!?()…"  # at the ends of words, no part of them in any language
FIRST_UNSPACED = "\u0e01"  # below it are no scripts that write without spaces
LONGEST_KEPT = 40  # characters; longer runs (Chinese sentences, addresses) never come again


class Line(NamedTuple):
    """The words of a text joined by spaces: their exact forms, and all forms they are found under."""

    exact: str
    forms: str


NOTHING = Line("", "")


class _Parts(dict[str, Line]):
    """What stands between two blanks of texts in one language, each analysed at its first sight."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def __missing__(self, part: str) -> Line:
        word = part.strip(SIGNS)
        if len(part) > LONGEST_KEPT:
            return _parted(part, self.language)
        if word.isalpha() and max(word) < FIRST_UNSPACED:  # one word, most often
            exact, found = spelled(word, self.language)
            made = Line(exact, " ".join(found)) if exact else NOTHING
        else:
            made = _parted(word, self.language)
        _room(1)
        self[part] = made
        return made


_kept: dict[str, _Parts] = {}
_most, _count = 100_000, 0


def _room(more: int) -> None:
    """Forget everything kept when there is too much of it."""
    global _count
    _count += more
    if _count > _most:
        for parts in _kept.values():
            parts.clear()
        _count = more


def keep_more(parts: int) -> None:
    """Keep so many parts of texts, some 400 bytes each: for a process that only builds, and ends soon."""
    global _most, _begun
    _most = parts
    _begun = lru_cache(maxsize=parts // 2)(_begun.__wrapped__)


def line(text: str, language: str) -> Line:
    """The words of a stored text in order."""
    parts = _kept.get(language)
    if parts is None:
        parts = _kept.setdefault(language, _Parts(language))
    found = list(map(parts.__getitem__, text.split()))
    if len(found) == 1:
        return found[0]
    return Line(
        " ".join([exact for exact, _ in found if exact]), " ".join([forms for _, forms in found if forms])
    )


@lru_cache(maxsize=20_000)
def label_line(label: str) -> Line:
    """The words of a label whose language is not known."""
    found = label_words(printable(label))
    return Line(
        " ".join([word.exact for word in found]), " ".join([form for word in found for form in word.forms])
    )


def _parted(part: str, language: str) -> Line:
    """As `words()` says."""
    exact: list[str] = []
    found: list[str] = []
    for span in spans(part):
        if span.unspaced:
            pairs, letters = stored_run(span)
            exact += pairs
            found += letters
            continue
        word, stems = spelled(span.raw, language)
        if word:
            exact.append(word)
            found += stems
    return Line(" ".join(exact), " ".join(found))


def beginnings(titles: Iterable[tuple[str, str]]) -> str:
    """The beginnings of every word of (text, language) pairs. Those of a word that comes twice come twice."""
    return " ".join([_begun(part, language) for text, language in titles for part in text.split()])


def begun(titles: Iterable[tuple[str, str]]) -> set[str]:
    """As `prefixes()`."""
    return set(beginnings(titles).split())


def openings(titles: Iterable[tuple[str, str]]) -> str:
    """The beginnings of the first word of each text."""
    return " ".join([_opening(text, language) for text, language in titles])


def _opening(text: str, language: str) -> str:
    for part in text.split():
        first = next(words(part, language), None)
        if first:
            return _begun(part[first.start : first.end], language)
    return ""


@lru_cache(maxsize=50_000)
def _begun(part: str, language: str) -> str:
    return " ".join(sorted(prefixes([(part, language)])))
