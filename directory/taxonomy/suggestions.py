"""Which capacities a text may be about, by their names in it: a hint for a person who chooses."""

from __future__ import annotations

from collections import Counter

from directory.taxonomy.labels import Labels
from search.analysis import primary, query_words
from search.analysis.tokens import line

MOST = 3
IN_TITLE = 5.0  # a word of a name counts so much in a title
COUNTED = 3  # and once for each place in the text, up to so many
ENOUGH = 3.0  # for each word of a name: named in the title, or time and again in the text


class Suggestions:
    """Names of all capacities as words, read once for many texts."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._names: dict[str, list[tuple[str, list[frozenset[str]]]]] = {}

    def of(self, title: str, text: str, language: str) -> list[str]:
        """The slugs of capacities that are named in the title, or often in the text; the likeliest first."""
        named = set(line(title, language)[1].split())
        counted = Counter(line(text, language)[1].split())
        scores: dict[str, float] = {}
        for slug, words in self._named(language):
            each = [_score(forms, named, counted) for forms in words]
            if all(each) and sum(each) >= ENOUGH * len(each):
                scores[slug] = max(scores.get(slug, 0.0), sum(each))
        return sorted(scores, key=lambda slug: -scores[slug])[:MOST]

    def _named(self, language: str) -> list[tuple[str, list[frozenset[str]]]]:
        """(slug, forms of each telling word of a name) of every name in a language."""
        if language not in self._names:
            self._names[language] = [
                (slug, words)
                for slug in self._labels.all_slugs()
                for label in self._labels.texts([slug])
                if primary(label.language) == primary(language)
                and (words := [frozenset(w.forms) for w in query_words(label.text, language) if not w.small])
            ]
        return self._names[language]


def _score(forms: frozenset[str], named: set[str], counted: Counter[str]) -> float:
    in_title = IN_TITLE if not forms.isdisjoint(named) else 0.0
    return in_title + min(COUNTED, max((counted[form] for form in forms), default=0))
