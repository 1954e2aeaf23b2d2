"""Texts as lines of words, the way an index stores them: fast, since the same words come again and again.

A line holds what `words()` and `name_words()` say, in the same order. Between blanks nothing of a text
acts on its neighbours, so what stands between two blanks is analysed once and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TypeVar

from search.analysis import (
    beginnings_of,
    name_words,
    prefixes,
    primary,
    printable,
    spelled,
    words,
)
from search.analysis.compounds import chains, changes_case, closed, shape
from search.analysis.ngrams import stored_run
from search.analysis.scripts import spans

SIGNS = ".,:;!?()…"  # at the ends of words, no part of them in any language
FIRST_UNSPACED = "\u0e01"  # below it are no scripts that write without spaces
DOTLESS = ("tr", "az")  # their I is not the capital of i
LONGEST_KEPT = 40  # characters; longer runs (Chinese sentences, addresses) never come again
NO_LANGUAGE = ""  # that of names

# The words of a text joined by spaces: their exact forms, and all forms they are found under.
Line = tuple[str, str]
Table = TypeVar("Table")


def _folds(language: str) -> bool:
    """Whether capitals of plain letters are nothing but that."""
    return primary(language) not in DOTLESS


def _plainer(part: str, language: str) -> str:
    """The part as it stands inside a sentence: with the same words, and met more often."""
    part = part.strip(SIGNS)
    return part.lower() if part.isascii() and _folds(language) and not changes_case(shape(part)) else part


def _is_plain(part: str, language: str) -> bool:
    """Whether it is one word without marks, signs or capitals inside, of which case alone is folded."""
    return part.isascii() and part.isalpha() and _folds(language) and not changes_case(shape(part))


class _NotKept(Exception):
    """A part is not known and will not be."""


class _Room:
    """How many more parts may be kept, in all languages together.

    Plain tables keep them, not such that forget what was not used for long: those had to be written to at each look.
    The commonest parts are met first, and stay.
    """

    def __init__(self, left: int) -> None:
        self.left = left

    def taken(self, part: str) -> bool:
        """Whether there is room for one more."""
        if len(part) > LONGEST_KEPT or self.left <= 0:
            return False
        self.left -= 1
        return True


class _ByLanguage(dict[str, Table]):
    """A table for each language, made when it is first met."""

    def __init__(self, make: Callable[[str], Table]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, language: str) -> Table:
        return self.setdefault(language, self._make(language))


class _Lines(dict[str, str]):
    """The forms of parts of texts in one language, which `make` finds at first sight.

    Most parts are their own exact form; `exact` has those of the others. Hardly any of so large a table is near to
    the processor, so what counts is how many places of the memory a look touches.
    """

    def __init__(self, make: Callable[[str, str], Line], room: _Room, language: str) -> None:
        super().__init__()
        self.language = language
        self.folds = _folds(language)
        self.exact: dict[str, str] = {}
        self._make = make
        self._room = room

    def __missing__(self, part: str) -> str:
        if not self._room.taken(part):
            raise _NotKept
        exact, forms = self._make(part, self.language)
        if exact != part:
            self.exact[part] = exact  # before the forms: another thread that finds those looks here next
        return self.setdefault(part, part if forms == part else forms)

    def of_part(self, part: str) -> Line:
        """The line of one part, kept or not."""
        try:
            forms = self[part]
        except _NotKept:
            return self._make(part, self.language)
        return self.exact.get(part, part), forms

    def of_parts(self, parts: Sequence[str]) -> Line:
        """The line of a text."""
        try:
            forms = " ".join(map(self.__getitem__, parts))
            exact = " ".join(map(self.exact.get, parts, parts))
        except _NotKept:
            exact, forms = map(" ".join, zip(*map(self.of_part, parts), strict=True))
        if "  " in exact or exact[:1] == " " or exact[-1:] == " ":  # around signs that are no words
            return " ".join(exact.split()), " ".join(forms.split())
        return exact, forms


class _Begun(dict[str, str]):
    """The beginnings of parts of texts in one language, which `make` finds at first sight."""

    def __init__(self, make: Callable[[str, str], str], room: _Room, language: str) -> None:
        super().__init__()
        self.language = language
        self._make = make
        self._room = room

    def __missing__(self, part: str) -> str:
        found = self._make(part, self.language)
        return self.setdefault(part, found) if self._room.taken(part) else found


def keep_more(parts: int) -> None:
    """Keep so many parts of texts, some 900 bytes each with their beginnings: for a process that builds, and ends soon."""
    global _lines, _names, _begun, _opened
    _lines = _ByLanguage(partial(_Lines, _line_of_part, _Room(parts)))
    _names = _Lines(_name_of_part, _Room(parts // 4), NO_LANGUAGE)
    _begun = _ByLanguage(partial(_Begun, _beginnings, _Room(parts // 2)))
    _opened = _ByLanguage(partial(_Begun, _opening, _Room(parts // 4)))


def line(text: str, language: str) -> Line:
    """The words of a stored text in order."""
    lines = _lines[language]
    # What `_plainer` does to each part, as far as it can be done to the whole text at once.
    seen = shape(text)
    text = closed(text, seen)
    if lines.folds and text.isascii() and not changes_case(seen):
        text = text.lower()
    return lines.of_parts(text.rstrip(".").replace(". ", " ").replace(", ", " ").split())


def name_line(name: str) -> Line:
    """The words of a name, whose language is not known."""
    return _names.of_parts(closed(printable(name)).split())


def _line_of_part(part: str, language: str) -> Line:
    plainer = _plainer(part, language)
    return _analysed(part, language) if plainer == part else _lines[language].of_part(plainer)


def _analysed(part: str, language: str) -> Line:
    """As `words()` says."""
    if part.isalpha() and max(part) < FIRST_UNSPACED:  # one word, most often
        word, stems = spelled(part, language)
        return (word, " ".join(stems)) if word else ("", "")
    exact: list[str] = []
    found: list[str] = []
    inside = list(spans(part))
    whole = {begin: raw for begin, _end, raw in chains(part, inside)}
    for place, span in enumerate(inside):
        if place in whole:
            found += spelled(whole[place], language)[1]
        if span.unspaced:
            pairs, letters = stored_run(span)
            exact += pairs
            found += letters
            continue
        word, stems = spelled(span.raw, language)
        if word:
            exact.append(word)
            found += stems
    return " ".join(exact), " ".join(found)


def _name_of_part(part: str, language: str) -> Line:
    """As `name_words()` says."""
    found = list(name_words(part))
    forms = [form for word in found for form in word.forms]
    return " ".join([word.exact for word in found if word.exact]), " ".join(forms)


def beginnings(titles: Iterable[tuple[str, str]]) -> str:
    """The beginnings of every word of (text, language) pairs. Those of a word that comes twice come twice."""
    return " ".join(
        [" ".join(map(_begun[language].__getitem__, closed(text).split())) for text, language in titles]
    )


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
    first = next((word for word in words(part, language) if word.exact), None)
    return _begun[language][part[first.start : first.end]] if first else ""


def _beginnings(part: str, language: str) -> str:
    plainer = _plainer(part, language)
    if plainer != part:
        return _begun[language][plainer]
    if _is_plain(part, language):
        return " ".join(dict.fromkeys(beginnings_of(part)))
    return " ".join(sorted(prefixes([(part, language)])))


_lines: _ByLanguage[_Lines]
_names: _Lines
_begun: _ByLanguage[_Begun]
_opened: _ByLanguage[_Begun]
keep_more(100_000)
