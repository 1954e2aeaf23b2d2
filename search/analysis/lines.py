"""Texts as lines of words, the way an index stores them: fast, since the same words come again and again.

A line holds what `words()` and `name_words()` say, in the same order. Between blanks nothing of a text
acts on its neighbours, so what stands between two blanks is analysed once and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple, TypeVar

from search.analysis import (
    LONGEST_PREFIX,
    SHORTEST_PREFIX,
    name_words,
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


Found = TypeVar("Found")
_exact, _forms = itemgetter(0), itemgetter(1)


class Line(NamedTuple):
    """The words of a text joined by spaces: their exact forms, and all forms they are found under."""

    exact: str
    forms: str


def _plainer(part: str, language: str) -> str:
    """The part as it stands inside a sentence: with the same words, and met more often."""
    part = part.strip(SIGNS)
    return part.lower() if part.isascii() and primary(language) not in DOTLESS else part


def _is_plain(part: str, language: str) -> bool:
    """Whether it is one word without marks or signs, of which case alone is folded."""
    return part.isascii() and part.isalpha() and primary(language) not in DOTLESS


class _Kept(dict[str, Found]):
    """What was made of parts of texts in one language, each at its first sight."""

    def __init__(self, table: _Table[Found], language: str) -> None:
        super().__init__()
        self._table = table
        self._language = language

    def __missing__(self, part: str) -> Found:
        found = self._table.make(part, self._language)
        if len(part) <= LONGEST_KEPT and self._table.room > 0:
            self._table.room -= 1
            self[part] = found
        return found


class _Table(dict[str, _Kept[Found]]):
    """What `make` made of (part, language), by language; `room` for so many more.

    A plain table, not one that forgets what was not used for long: that had to be written to at each look. The
    commonest parts are met first, and stay.
    """

    def __init__(self, make: Callable[[str, str], Found], room: int) -> None:
        super().__init__()
        self.make = make
        self.room = room

    def __missing__(self, language: str) -> _Kept[Found]:
        return self.setdefault(language, _Kept(self, language))


def keep_more(parts: int) -> None:
    """Keep so many parts of texts, some 500 bytes each: for a process that only builds, and ends soon."""
    global _lines, _begun, _opened
    _lines = _Table(_line, parts)
    _begun = _Table(_beginnings, parts // 2)
    _opened = _Table(_opening, parts // 4)


def line(text: str, language: str) -> Line:
    """The words of a stored text in order."""
    found = list(map(_lines[language].__getitem__, text.split()))
    return Line("".join(map(_exact, found)).rstrip(" "), "".join(map(_forms, found)).rstrip(" "))


def _line(part: str, language: str) -> tuple[str, str]:
    """The two strings of a part, with a blank after each word, so that those of many only need to be put together."""
    plainer = _plainer(part, language)
    return _spaced(part, language) if plainer == part else _lines[language][plainer]


def _spaced(part: str, language: str) -> tuple[str, str]:
    """As `words()` says."""
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
def name_line(name: str) -> Line:
    """The words of a name, whose language is not known."""
    found = list(name_words(printable(name)))
    return Line(
        " ".join([word.exact for word in found]), " ".join([form for word in found for form in word.forms])
    )


def beginnings(titles: Iterable[tuple[str, str]]) -> str:
    """The beginnings of every word of (text, language) pairs. Those of a word that comes twice come twice."""
    return " ".join([" ".join(map(_begun[language].__getitem__, text.split())) for text, language in titles])


def begun(titles: Iterable[tuple[str, str]]) -> set[str]:
    """As `prefixes()`."""
    return set(beginnings(titles).split())


def openings(titles: Iterable[tuple[str, str]]) -> str:
    """The beginnings of the first word of each text."""
    found = (filter(None, map(_opened[language].__getitem__, text.split())) for text, language in titles)
    return " ".join([next(first, "") for first in found])


def _opening(part: str, language: str) -> str:
    """The beginnings of its first word; none, where it has only signs."""
    if _is_plain(part, language):
        return _begun[language][part]
    first = next(words(part, language), None)
    return _begun[language][part[first.start : first.end]] if first else ""


def _beginnings(part: str, language: str) -> str:
    plainer = _plainer(part, language)
    if plainer != part:
        return _begun[language][plainer]
    if _is_plain(part, language):
        return " ".join([part[:size] for size in range(SHORTEST_PREFIX, min(len(part), LONGEST_PREFIX) + 1)])
    return " ".join(sorted(prefixes([(part, language)])))


_lines: _Table[tuple[str, str]]
_begun: _Table[str]
_opened: _Table[str]
keep_more(100_000)
