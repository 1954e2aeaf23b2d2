"""Texts as lines of words, the way an index stores them: fast, since the same words come again and again.

A line holds what `words()` and `label_words()` say, in the same order. Between blanks nothing of a text
acts on its neighbours, so what stands between two blanks is analysed once and kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from search.analysis import (
    LONGEST_PREFIX,
    SHORTEST_PREFIX,
    label_words,
    prefixes,
    primary,
    printable,
    spelled,
    words,
)
from search.analysis.scripts import spans
from search.analysis.unspaced import stored_run

SIGNS = ".,:;!?()…"  # at the ends of words, no part of them in any language
FIRST_UNSPACED = "\u0e01"  # below it are no scripts that write without spaces
DOTLESS = ("tr", "az")  # their I is not the capital of i
LONGEST_KEPT = 40  # characters; longer runs (Chinese sentences, addresses) never come again


class Line(NamedTuple):
    """The words of a text joined by spaces: their exact forms, and all forms they are found under."""

    exact: str
    forms: str


class _Parts(dict[str, str]):
    """What stands between two blanks of texts in one language, each analysed at its first sight.

    Holds one of the two strings of a line, with a blank after each word, so that those of many parts only need
    to be put together.
    """

    def __init__(self, language: str, which: int) -> None:
        super().__init__()
        self.language = language
        self.which = which

    def __missing__(self, part: str) -> str:
        if len(part) > LONGEST_KEPT:
            return _spaced(part, self.language)[self.which]
        plainer = _plainer(part, self.language)
        found = _spaced(part, self.language)[self.which] if plainer == part else self[plainer]
        if _kept.room():
            self[part] = found
        return found


def _plainer(part: str, language: str) -> str:
    """The part as it stands inside a sentence: with the same words, and met more often."""
    part = part.strip(SIGNS)
    return part.lower() if part.isascii() and primary(language) not in DOTLESS else part


def _is_plain(part: str, language: str) -> bool:
    """Whether it is one word without marks or signs, of which case alone is folded."""
    return part.isascii() and part.isalpha() and primary(language) not in DOTLESS


class _Kept(dict[str, tuple[_Parts, _Parts]]):
    """The exact forms and all forms of parts of texts, by language."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._left = 2 * most  # each part is kept twice

    def __missing__(self, language: str) -> tuple[_Parts, _Parts]:
        return self.setdefault(language, (_Parts(language, 0), _Parts(language, 1)))

    def room(self) -> bool:
        """Whether one more may be kept. Once there is no room the commonest, met first, are kept already."""
        self._left -= 1
        return self._left >= 0


_kept = _Kept(100_000)


def keep_more(parts: int) -> None:
    """Keep so many parts of texts, some 500 bytes each: for a process that only builds, and ends soon."""
    global _kept, _begun, _opened
    _kept = _Kept(parts)
    _begun = lru_cache(maxsize=parts // 2)(_begun.__wrapped__)
    _opened = lru_cache(maxsize=parts // 4)(_opened.__wrapped__)


def line(text: str, language: str) -> Line:
    """The words of a stored text in order."""
    exact, found = _kept[language]
    parts = text.split()
    return Line(
        "".join(map(exact.__getitem__, parts)).rstrip(" "), "".join(map(found.__getitem__, parts)).rstrip(" ")
    )


@lru_cache(maxsize=500)  # asked for twice in a row
def _spaced(part: str, language: str) -> tuple[str, str]:
    """The two strings of a part, with a blank after each word; as `words()` says."""
    if part.isalpha() and max(part) < FIRST_UNSPACED:  # one word, most often
        word, stems = spelled(part, language)
        if not word:
            return "", ""
        spaced = f"{word} "
        return spaced, spaced if stems == (word,) else f"{' '.join(stems)} "
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
    return " ".join([*exact, ""]), " ".join([*found, ""])


@lru_cache(maxsize=20_000)
def label_line(label: str) -> Line:
    """The words of a label whose language is not known."""
    found = label_words(printable(label))
    return Line(
        " ".join([word.exact for word in found]), " ".join([form for word in found for form in word.forms])
    )


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
    return next((found for part in text.split() if (found := _opened(part, language))), "")


@lru_cache(maxsize=20_000)
def _opened(part: str, language: str) -> str:
    if _is_plain(part, language):
        return _begun(part, language)
    first = next(words(part, language), None)
    return _begun(part[first.start : first.end], language) if first else ""


@lru_cache(maxsize=50_000)
def _begun(part: str, language: str) -> str:
    plainer = _plainer(part, language)
    if plainer != part:
        return _begun(plainer, language)
    if _is_plain(part, language):
        return " ".join([part[:size] for size in range(SHORTEST_PREFIX, min(len(part), LONGEST_PREFIX) + 1)])
    return " ".join(sorted(prefixes([(part, language)])))
