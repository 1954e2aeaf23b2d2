"""Words: how a text is cut, spelled and stemmed before any engine sees it, the same for text and question.

Engines only store and compare the words made here, so two engines rank alike and no engine needs
analyzers of its own. What the words weigh is in `search.engines.weights`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from search.analysis.folding import primary, written
from search.analysis.languages import is_small, languages_for_word, likely_languages
from search.analysis.light import KIN
from search.analysis.scripts import printable, script_of, spans
from search.analysis.stems import asked_exact, asked_forms, forms, language_of_word
from search.analysis.unspaced import pairs, spelled_run

__all__ = [
    "QueryWord",
    "Word",
    "beginnings_of",
    "has_begun",
    "name_words",
    "prefixes",
    "primary",
    "printable",
    "query_words",
    "respell",
    "script_of",
    "spelled",
    "words",
]

# Names of people have no language, so they are stored under the stems of all these.
NAME_LANGUAGES = ("en", "es", "fr", "de", "pt")
LONGEST_PREFIX = 12
# Beginnings of so many letters are stored; longer ones are looked for among the beginnings of LONGEST_PREFIX letters.
STORED_PREFIX = 3
LONGEST_RUN = 6  # letters of a script without spaces


class Word(NamedTuple):
    """A word of a text: its place in the original, its exact form, and the forms it is found under."""

    start: int
    end: int
    exact: str
    forms: tuple[str, ...]


class QueryWord(NamedTuple):
    """A word of a question: the exact forms and stems that may stand for it, in any likely language.

    `near` holds forms that count less: what Arabic words of one root share, and stems of known words
    that are a slip of the finger away, where such were looked for. `letters` are those single
    characters of a Chinese pair that mean something by themselves.
    """

    start: int
    end: int
    exact: tuple[str, ...]
    forms: tuple[str, ...]
    small: bool
    near: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()


def words(text: str, language: str) -> Iterator[Word]:
    """The words of a stored text in order. Unspaced scripts give overlapping pairs of letters."""
    for span in spans(text):
        if span.unspaced:
            yield from (Word(*pair[:4]) for pair in pairs(span))
            continue
        exact, found = spelled(span.raw, language)
        if exact:
            yield Word(span.start, span.end, exact, found)


@lru_cache(maxsize=50_000)
def spelled(raw: str, language: str) -> tuple[str, tuple[str, ...]]:
    """The exact form of a word of a text, and the forms it is found under."""
    return written(raw, language_of_word(raw, language)), forms(raw, language)


def name_words(name: str) -> Iterator[Word]:
    """The words of a name, whose language is not known: the stems of all likely languages together."""
    for span in spans(name):
        if span.unspaced:
            yield from (Word(*pair[:4]) for pair in pairs(span))
            continue
        exact, found = _name_word(span.raw)
        if exact:
            yield Word(span.start, span.end, exact, found)


@lru_cache(maxsize=20_000)
def _name_word(raw: str) -> tuple[str, tuple[str, ...]]:
    """As `spelled`, in any of the likely languages."""
    likely = tuple(dict.fromkeys((*likely_languages(raw), *NAME_LANGUAGES)))
    languages = languages_for_word(raw, likely)
    found = (form for language in languages for form in forms(raw, language))
    return written(raw, languages[0]), tuple(dict.fromkeys(found))


@lru_cache(maxsize=512)
def query_words(text: str, interface: str = "en") -> tuple[QueryWord, ...]:
    """The words of a question asked by a reader whose interface is in `interface`."""
    likely = likely_languages(text, interface)
    found: list[QueryWord] = []
    for span in spans(text):
        if span.unspaced:
            found += [
                QueryWord(
                    pair.start, pair.end, (pair.exact,), pair.forms[:1], pair.small, letters=pair.letters
                )
                for pair in pairs(span, asked=True)
            ]
            continue
        languages = languages_for_word(span.raw, likely)
        exact, stems = asked_exact(span.raw, languages), asked_forms(span.raw, languages)
        if exact[0]:
            kin = tuple(form for form in stems if form.startswith(KIN))
            stems = tuple(form for form in stems if not form.startswith(KIN)) or exact
            small = is_small(span.raw, languages)
            found.append(QueryWord(span.start, span.end, exact, stems, small, near=kin))
    return tuple(found)


def respell(word: QueryWord, known: Iterable[str], text: str, interface: str = "en") -> QueryWord:
    """The word of a question `text` with known words that may be meant by it."""
    likely = likely_languages(text, interface)
    stems = (form for other in known for form in asked_forms(other, languages_for_word(other, likely)))
    near = (form for form in dict.fromkeys((*word.near, *stems)) if form not in word.forms)
    return word._replace(near=tuple(near))


def beginnings_of(word: str, longest: int = LONGEST_PREFIX) -> Iterator[str]:
    """The beginnings of a word that are stored: the shortest ones, and all of it that counts."""
    for size in range(1, min(STORED_PREFIX, len(word)) + 1):
        yield word[:size]
    yield word[:longest]


def has_begun(typed: str, beginnings: Iterable[str]) -> bool:
    """Whether some word of these stored beginnings begins as typed."""
    return any(begun.startswith(typed) for begun in beginnings)


def prefixes(titles: Iterable[tuple[str, str]]) -> set[str]:
    """The beginnings of every word in (text, language) pairs that are stored, for suggestions while typing."""
    found: set[str] = set()
    for text, language in titles:
        for span in spans(text):
            if span.unspaced:
                # Any letter of a run may begin a word.
                letters = spelled_run(span)
                for begin in range(len(letters)):
                    found.update(beginnings_of(letters[begin:], LONGEST_RUN))
                continue
            spelled = {written(span.raw, language), written(span.raw, "en")}
            if script_of(span.raw) == "Arabic":
                spelled |= {word[2:] for word in spelled if word.startswith("ال") and len(word) > 4}
            for word in spelled:
                found.update(beginnings_of(word))
    found.discard("")
    return found


def typed_prefixes(text: str, interface: str = "en") -> list[tuple[str, ...]]:
    """What was typed so far as prefixes: for each word the spellings under which it may begin."""
    typed: list[tuple[str, ...]] = []
    for span in spans(text):
        if span.unspaced:
            letters = spelled_run(span)
            typed.append((letters[:LONGEST_RUN],))
            continue
        spelled = {written(span.raw, interface), written(span.raw, "en")}
        if script_of(span.raw) == "Arabic":
            spelled |= {word[2:] for word in spelled if word.startswith("ال") and len(word) > 3}
        typed.append(tuple(sorted(word[:LONGEST_PREFIX] for word in spelled if word)))
    return [spellings for spellings in typed if spellings]
