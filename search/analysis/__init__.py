"""Words: how a text is cut, spelled and stemmed before any engine sees it, the same for text and question.

Engines only store and compare the words made here, so two engines rank alike and no engine needs
analyzers of its own. What the words weigh is in `search.engines.weights`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from search.analysis.compounds import chains, neighbours, pieces
from search.analysis.folding import primary, written
from search.analysis.languages import is_small, languages_for_word, likely_languages
from search.analysis.light_stemmers import KIN
from search.analysis.ngrams import pairs, spelled_run
from search.analysis.scripts import Span, printable, script_of, spans, unmixed
from search.analysis.stems import asked_exact, asked_forms, forms, language_of_word

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
    """A word of a text: its place in the original, its exact form, and the forms it is found under.

    What others write as one word ("e-mail") stands before its parts, without an exact form, so that
    the parts remain neighbours.
    """

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
    yield from _words(text, lambda raw: spelled(raw, language))


def _words(text: str, analysed: Callable[[str], tuple[str, tuple[str, ...]]]) -> Iterator[Word]:
    found = list(spans(text))
    whole = {begin: (end, raw) for begin, end, raw in chains(text, found)} if len(found) > 1 else {}
    for place, span in enumerate(found):
        if place in whole:
            end, raw = whole[place]
            yield Word(span.start, found[end - 1].end, "", analysed(raw)[1])
        if span.unspaced:
            yield from (Word(*pair[:4]) for pair in pairs(span))
            continue
        exact, forms_of_it = analysed(span.raw)
        if exact:
            yield Word(span.start, span.end, exact, forms_of_it)


@lru_cache(maxsize=50_000)
def spelled(raw: str, language: str) -> tuple[str, tuple[str, ...]]:
    """The exact form of a word of a text, and the forms it is found under, with those of its parts (AutoWiki)."""
    raw = unmixed(raw)
    found = forms(raw, language)
    for part in pieces(raw):
        found += tuple(form for form in forms(part, language) if form not in found)
    return written(raw, language_of_word(raw, language)), found


def name_words(name: str) -> Iterator[Word]:
    """The words of a name, whose language is not known: the stems of all likely languages together."""
    yield from _words(name, _name_word)


@lru_cache(maxsize=20_000)
def _name_word(raw: str) -> tuple[str, tuple[str, ...]]:
    """As `spelled`, in any of the likely languages."""
    likely = tuple(dict.fromkeys((*likely_languages(raw), *NAME_LANGUAGES)))
    languages = languages_for_word(raw, likely)
    found = (form for language in languages for part in (raw, *pieces(raw)) for form in forms(part, language))
    return written(raw, languages[0]), tuple(dict.fromkeys(found))


@lru_cache(maxsize=512)
def query_words(text: str, interface: str = "en") -> tuple[QueryWord, ...]:
    """The words of a question asked by a reader whose interface is in `interface`."""
    likely = likely_languages(text, interface)
    asked = list(spans(text))
    small = [not span.unspaced and is_small(span.raw, languages_for_word(span.raw, likely)) for span in asked]
    joined: dict[int, list[str]] = {}
    for begin, end, raw in (*chains(text, asked), *neighbours(text, asked, small)):
        for place in range(begin, end):
            joined.setdefault(place, []).append(raw)
    found: list[QueryWord] = []
    for place, span in enumerate(asked):
        if span.unspaced:
            found += [
                QueryWord(
                    pair.start, pair.end, (pair.exact,), pair.forms[:1], pair.small, letters=pair.letters
                )
                for pair in pairs(span, asked=True)
            ]
            continue
        word = _query_word(span, likely, joined.get(place, ()))
        if word.exact[0]:
            found.append(word._replace(small=small[place]))
    return tuple(found)


def _query_word(span: Span, likely: tuple[str, ...], joined: Iterable[str]) -> QueryWord:
    """A word of a question, with the words that it may be a part of."""
    languages = languages_for_word(span.raw, likely)
    exact, stems = asked_exact(span.raw, languages), asked_forms(span.raw, languages)
    kin = tuple(form for form in stems if form.startswith(KIN))
    stems = tuple(form for form in stems if not form.startswith(KIN)) or exact
    for raw in joined:
        languages = languages_for_word(raw, likely)
        exact += asked_exact(raw, languages)
        stems += tuple(form for form in asked_forms(raw, languages) if not form.startswith(KIN))
    return QueryWord(
        span.start, span.end, tuple(dict.fromkeys(exact)), tuple(dict.fromkeys(stems)), False, near=kin
    )


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
        inside = list(spans(text))
        for span in inside:
            if span.unspaced:
                # Any letter of a run may begin a word.
                letters = spelled_run(span)
                for begin in range(len(letters)):
                    found.update(beginnings_of(letters[begin:], LONGEST_RUN))
        raws = [span.raw for span in inside if not span.unspaced]
        raws += [part for raw in raws for part in pieces(raw)]
        for raw in (*raws, *(raw for _begin, _end, raw in chains(text, inside))):
            for word in _typed(raw, language, shortest=5):
                found.update(beginnings_of(word))
    found.discard("")
    return found


def _typed(raw: str, language: str, shortest: int) -> set[str]:
    """The spellings of a word when somebody types it; in Arabic also without the article, where enough is left."""
    found = {written(raw, language), written(raw, "en")}
    if script_of(raw) == "Arabic":
        found |= {word[2:] for word in found if word.startswith("ال") and len(word) >= shortest}
    return found


def typed_prefixes(text: str, interface: str = "en") -> list[tuple[str, ...]]:
    """What was typed so far as prefixes: for each word the spellings under which it may begin."""
    typed: list[tuple[str, ...]] = []
    asked = list(spans(text))
    joined = list(chains(text, asked))
    for place, span in enumerate(asked):
        if span.unspaced:
            letters = spelled_run(span)
            typed.append((letters[:LONGEST_RUN],))
            continue
        found = _typed(span.raw, interface, shortest=4)
        for begin, end, raw in joined:
            if begin <= place < end:
                found |= _typed(raw, interface, shortest=4)
        typed.append(tuple(sorted({word[:LONGEST_PREFIX] for word in found if word})))
    return [spellings for spellings in typed if spellings]
