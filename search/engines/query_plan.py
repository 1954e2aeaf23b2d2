"""What is asked of an engine and in which order: first most of the words, with near spellings
of those that nothing has, then some of them.

The same for every engine. An engine turns a Wording into its own query language, tells how many
objects have a word, and which known words are near to one; this module decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from search.analysis import QueryWord, query_words, respell
from search.analysis.spelling import allowed_edits, nearest
from search.engines import weights
from search.types import Query

MAX_WORDS = 32  # of a question; the rest of a longer one adds nothing but time
MAX_LOOKED_UP = 12  # words of one question whose frequency is asked for
MAX_MENDED = 4  # and of which near spellings are looked for
_QUOTED = re.compile('["“”«»„]([^"“”«»„]{2,200})["“”«»„]')


@dataclass(frozen=True)
class Wording:
    """The words of a question, and how many of its telling words an answer must have.

    `quoted` are the words of each piece in quotation marks, which must stand so in the answer.
    `also` are the objects, as (kind, id), that match without the words (Query.also).
    """

    words: tuple[QueryWord, ...]
    required: int
    quoted: tuple[tuple[QueryWord, ...], ...] = ()
    also: tuple[tuple[str, str], ...] = ()

    @property
    def telling(self) -> tuple[QueryWord, ...]:
        """The words that carry the topic; all, where every word is a small one."""
        return tuple(word for word in self.words if not word.small) or self.words

    @property
    def small(self) -> tuple[QueryWord, ...]:
        """The words that only break ties."""
        return tuple(word for word in self.words if word.small) if self.telling != self.words else ()

    @property
    def letters(self) -> tuple[str, ...]:
        """The single characters of Chinese words that also say something, each once."""
        return tuple(dict.fromkeys(letter for word in self.telling for letter in word.letters))

    @property
    def loose(self) -> Wording:
        """The same words, of which any one is enough."""
        return replace(self, required=1, quoted=())


class Vocabulary(Protocol):
    """What an engine knows of the words in its index."""

    def counts(self, words: Sequence[QueryWord]) -> list[int]:
        """How many objects have each word in some form; the most frequent form tells."""

    def near(self, word: str, edits: int) -> Mapping[str, int]:
        """Words of titles, labels, keywords and names at most so many edits away, and how often.

        They begin with the same letter, and some object has them now: a name that was taken out of
        the index is never offered as a spelling.
        """


class Counted(Protocol):
    """An engine's answer, of which only the number matters here."""

    @property
    def total(self) -> int:
        """How many objects match."""


Found = TypeVar("Found", bound=Counted)


@dataclass(frozen=True)
class Answer(Generic[Found]):
    """What was found, by which wording, and what is to be said about it."""

    found: Found
    wording: Wording
    loosened: bool = False
    suggestion: str | None = None


def wording_of(query: Query) -> Wording:
    """The words of a query as they are asked for first."""
    words = query_words(query.text, query.language)[:MAX_WORDS]
    wording = Wording(words, 1)
    if query.match == "any":
        return wording
    pieces = (query_words(piece, query.language)[:MAX_WORDS] for piece in _QUOTED.findall(query.text))
    quoted = tuple(piece for piece in pieces if len(piece) >= 2)
    return Wording(words, weights.needed(len(wording.telling)), quoted)


def answer(query: Query, ask: Callable[[Wording], Found], vocabulary: Vocabulary) -> Answer[Found]:
    """Ask until enough is found: as typed, then with near spellings, then for fewer of the words."""
    wording = wording_of(query)
    found = ask(wording)
    exact = found.total
    if not wording.words:
        return Answer(found, wording)
    mended, spelled = mend(query, wording, vocabulary, little=exact < weights.LITTLE and query.only is None)
    if mended != wording:
        wording = mended
        found = ask(wording)
    most = found.total
    # By date, what has fewer words would come between what has most.
    enough = weights.ENOUGH if query.sort == "relevance" and not wording.quoted else 1
    if query.match == "best" and wording.required > 1 and most < enough:
        loose = ask(wording.loose)
        if loose.total > most:
            wording, found = wording.loose, loose
    loosened = not most and found.total > 0
    if query.also:  # last, so that what is added does not change how the words are taken
        wording = replace(wording, also=query.also)
        found = ask(wording)
    return Answer(found, wording, loosened=loosened, suggestion=spelled)


def mend(
    query: Query, wording: Wording, vocabulary: Vocabulary, *, little: bool
) -> tuple[Wording, str | None]:
    """The wording with known words beside those that are not, and the text respelled with them.

    A word that nothing has finds nothing, so known words near to it stand in. Where the whole question
    found little, words that hardly occur get company too; what many have is never doubted, so
    "mediation" does not find "meditation". The text is None when no unknown word is near to a known one.
    """
    words = list(wording.words)
    places = [
        index
        for index, word in enumerate(words[:MAX_LOOKED_UP])
        if not word.small and allowed_edits(word.exact[0])
    ]
    counts = vocabulary.counts([words[index] for index in places]) if places else []
    doubted = [index for index, count in zip(places, counts, strict=True) if not count]
    unknown = frozenset(doubted)
    if little:
        doubted = [index for index, count in zip(places, counts, strict=True) if count < weights.LITTLE]
    text, changed = query.text, False
    for index in reversed(doubted[:MAX_MENDED]):
        word = words[index]
        edits = allowed_edits(word.exact[0])
        known = nearest(word.exact[0], vocabulary.near(word.exact[0], edits), edits)
        if not known:
            continue
        words[index] = respell(word, known, query.text, query.language)
        if index in unknown:
            text, changed = text[: word.start] + known[0] + text[word.end :], True
    return replace(wording, words=tuple(words)), text if changed else None
