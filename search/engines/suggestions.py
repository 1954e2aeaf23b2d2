"""From stored documents to the lines below the search box: the title that begins as it was typed."""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from search.analysis import has_begun, typed_prefixes
from search.analysis.scripts import spans
from search.analysis.tokens import begun
from search.engines.hits import best_text
from search.types import Suggestion

OPENS, HAS_WORD, OTHER_LANGUAGE, OTHER_NAME = range(4)


def ranked(sources: Sequence[str | bytes], text: str, language: str) -> list[Suggestion]:
    """Suggestions without two of the same kind and title, the most evident first.

    Shown is the title in the reader's best language; when what was typed fits only a title in
    another language, that one, so that the reader sees why it is there. First come titles that
    begin as typed, then those with such a word, then other languages, then other names; the
    engine's order decides within each.
    """
    typed = typed_prefixes(text, language)
    found: dict[tuple[str, str], tuple[int, Suggestion]] = {}
    for source in sources:
        stored = orjson.loads(source)
        best = best_text(stored["texts"], language)
        evidence = _evidence(best, typed)
        if evidence == OTHER_NAME:
            other = next((text for text in stored["texts"] if _evidence(text, typed) < OTHER_NAME), None)
            best, evidence = (other, OTHER_LANGUAGE) if other else (best, OTHER_NAME)
        line = Suggestion(stored["kind"], stored["id"], best[1], best[3] or stored["url"], best[0])
        found.setdefault((line.kind, line.title), (evidence, line))
    return [line for _, line in sorted(found.values(), key=lambda pair: pair[0])]


def _evidence(text: Sequence[str], typed: Sequence[Sequence[str]]) -> int:
    """How plainly a title shows what was typed."""
    beginnings = begun([(text[1], text[0])])
    if not all(any(has_begun(spelling, beginnings) for spelling in spellings) for spellings in typed):
        return OTHER_NAME
    first = next(iter(spans(text[1])), None)
    opening = begun([(first.raw, text[0])]) if first else set()
    return OPENS if typed and any(has_begun(spelling, opening) for spelling in typed[0]) else HAS_WORD
