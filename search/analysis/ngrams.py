"""Words of scripts that set none apart: overlapping pairs of letters, and single characters beside them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from search.analysis.chinese_variants import simplified
from search.analysis.folding import written
from search.analysis.scripts import Span, clusters, script_of
from search.analysis.stopwords import SMALL_RUNS

# Katakana as hiragana: a word is written in the one or the other for looks.
_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


def _same(exact: str) -> str:
    return exact if exact.isascii() else simplified(exact).translate(_HIRAGANA)


_SMALL = {script: tuple(_same(written(word, "zh")) for word in words) for script, words in SMALL_RUNS.items()}


class Pair(NamedTuple):
    """Two neighbouring letters; `forms` has the pair itself first, then its letters.

    A pair is small when both its letters belong to a word without topic ("what is"). `letters` are
    those of its letters that are words by themselves, as Chinese characters are.
    """

    start: int
    end: int
    exact: str
    forms: tuple[str, ...]
    small: bool
    letters: tuple[str, ...]


def spelled_run(span: Span) -> str:
    """The letters of a run as they are compared."""
    return "".join(_spelled(letter)[1] for _, _, letter in clusters(span))


def stored_run(span: Span) -> tuple[list[str], list[str]]:
    """The exact forms of the pairs of a run, and all their forms, as `pairs` gives them; quickly."""
    raw = span.raw
    # Letters only, none of which belongs to the one before it: each stands by itself.
    alone = raw.isalpha() and "\uff9e" not in raw and "\uff9f" not in raw
    plain = list(map(_spelled, raw if alone else [letter for _, _, letter in clusters(span)]))
    exact = [letter for letter, _ in plain]
    same = [letter for _, letter in plain]
    if len(plain) == 1:
        return exact, same
    found = same[:1]
    for here, there in pairwise(same):
        found += (here + there, there)
    found[:2] = found[1::-1]  # the first pair has both its letters, after itself
    return [here + there for here, there in pairwise(exact)], found


@lru_cache(maxsize=20_000)
def _spelled(letter: str) -> tuple[str, str]:
    exact = written(letter, "zh")
    return exact, _same(exact)


def pairs(span: Span, *, asked: bool = False) -> Iterator[Pair]:
    """The pairs of a run in order; every letter of it is a form of some pair, so one letter finds too.

    Which are small, and what their letters say, is found out only for what is asked.
    """
    places = list(clusters(span))
    both = [_spelled(letter) for _, _, letter in places]
    spelled, same = [exact for exact, _ in both], [simple for _, simple in both]
    small = _small(same) if asked else [False] * len(same)
    if len(places) == 1:
        yield Pair(places[0][0], places[0][1], spelled[0], (same[0],), small[0], ())
    for index in range(len(places) - 1):
        here, there = same[index], same[index + 1]
        singles = (here, there) if index == 0 else (there,)
        telling = (
            letter
            for letter, is_small in ((here, small[index]), (there, small[index + 1]))
            if asked and not is_small and script_of(letter) == "Han"
        )
        yield Pair(
            places[index][0],
            places[index + 1][1],
            spelled[index] + spelled[index + 1],
            (here + there, *singles),
            small[index] and small[index + 1],
            tuple(telling),
        )


def _small(letters: list[str]) -> list[bool]:
    """For each letter whether it is of a word without topic."""
    begins: list[int] = []
    at = 0
    for letter in letters:
        begins.append(at)
        at += len(letter)
    text = "".join(letters)
    marked = [False] * (len(text) + 1)  # a letter of nothing but marks may be empty
    for script in {script_of(letter) for letter in letters}:
        for word in _SMALL.get(script, ()):
            place = text.find(word)
            while place >= 0:
                marked[place : place + len(word)] = [True] * len(word)
                place = text.find(word, place + 1)
    return [marked[begin] for begin in begins]
