"""The best piece of a text for a question, with the words that were found marked.

Marks are set on the original text by the same analysis that found it, so "trainings" is marked for
"training" and a Chinese word inside a line without spaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape

from django.utils.safestring import SafeString, mark_safe

from search.analysis import QueryWord, Word, primary, query_words, words

Piece = tuple[str, float | None, str]  # language, start in seconds, text


@dataclass(frozen=True)
class Sought:
    """The words of a question, as they are looked for in a text."""

    words: tuple[QueryWord, ...]

    @classmethod
    def of(cls, text: str, language: str) -> Sought | None:
        """The telling words of a question; None when it has no words at all."""
        return cls.of_words(query_words(text, language))

    @classmethod
    def of_words(cls, found: tuple[QueryWord, ...]) -> Sought | None:
        """The telling ones of these words; None of none."""
        return cls(tuple(word for word in found if not word.small) or found) if found else None

    @cached_property
    def forms(self) -> frozenset[str]:
        """Every form that is marked where it occurs."""
        return frozenset(form for word in self.words for form in _forms(word))

    @cached_property
    def of_each(self) -> list[frozenset[str]]:
        """The same for each word."""
        return [frozenset(_forms(word)) for word in self.words]


def _forms(word: QueryWord) -> tuple[str, ...]:
    return (*word.forms, *word.exact, *word.near)


def highlight(
    pieces: Sequence[Sequence[str | float | None]],
    lines: Sequence[str],
    sought: Sought,
    language: str,
    *,
    spoken: bool,
) -> tuple[float, SafeString] | None:
    """(start, marked text) of the piece that has most of the words; None when none has any.

    `lines` are the forms of each piece, analysed when the document was written. `spoken` chooses
    between what is said in a recording and all other text. In a tie the reader's language wins,
    then the first piece, which is the summary.
    """
    wanted, everything = sought.of_each, sought.forms
    best: tuple[float, int] | None = None
    reader = primary(language)
    for index, (piece, line) in enumerate(zip(pieces, lines, strict=True)):
        if (piece[1] is not None) is not spoken:
            continue
        present = everything.intersection(line.split())
        if not present:
            continue
        score = sum(1.0 for forms in wanted if not forms.isdisjoint(present))
        score += 0.5 * (primary(str(piece[0])) == reader)
        if best is None or score > best[0]:
            best = (score, index)
    if best is None:
        return None
    piece = pieces[best[1]]
    start = float(piece[1]) if piece[1] is not None else 0.0
    return start, marked(str(piece[2]), str(piece[0]), everything)


def ranges(forms: frozenset[str], found: Iterable[Word]) -> list[tuple[int, int]]:
    """Where those of the words stand that have one of the forms, as (start, end); what overlaps is one range."""
    places: list[tuple[int, int]] = []
    for word in found:
        if forms.isdisjoint(word.forms):
            continue
        if (
            places and word.start <= places[-1][1]
        ):  # pairs of letters overlap, and parts stand inside their whole
            places[-1] = (places[-1][0], max(word.end, places[-1][1]))
        else:
            places.append((word.start, word.end))
    return places


def marked(text: str, language: str, forms: frozenset[str]) -> SafeString:
    """The text as HTML, escaped, with <mark> around the words that have one of the forms."""
    return marked_at(text, ranges(forms, words(text, language)))


def marked_at(text: str, places: Iterable[tuple[int, int]]) -> SafeString:
    """The text as HTML, escaped, with <mark> around these ranges, which are in order."""
    out: list[str] = []
    done = 0
    for begin, end in places:
        out += [escape(text[done:begin]), "<mark>", escape(text[begin:end]), "</mark>"]
        done = end
    out.append(escape(text[done:]))
    return mark_safe("".join(out))  # every part went through escape()
