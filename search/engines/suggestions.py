"""From stored documents to the lines below the search box: the title that begins as it was typed."""

from __future__ import annotations

import json
from collections.abc import Sequence

from search.analysis import prefixes, typed_prefixes
from search.engines.hits import best_text
from search.port import Suggestion


def ranked(sources: Sequence[str], text: str, language: str) -> list[Suggestion]:
    """Suggestions in the engine's order, without two of the same kind and title.

    Shown is the title in the reader's best language; when what was typed fits only a title in
    another language, that one, so that the reader sees why it is there.
    """
    typed = typed_prefixes(text, language)
    found: dict[tuple[str, str], Suggestion] = {}
    for source in sources:
        stored = json.loads(source)
        best = best_text(stored["texts"], language)
        if not _fits(best, typed):
            best = next((other for other in stored["texts"] if _fits(other, typed)), best)
        suggestion = Suggestion(stored["kind"], stored["id"], best[1], best[3] or stored["url"], best[0])
        found.setdefault((suggestion.kind, suggestion.title), suggestion)
    return list(found.values())


def _fits(text: Sequence[str], typed: Sequence[Sequence[str]]) -> bool:
    begun = prefixes([(text[1], text[0])])
    return all(any(spelling in begun for spelling in spellings) for spellings in typed)
