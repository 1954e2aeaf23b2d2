"""The kinds of query, many of each, as the pages of the site ask them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from search.engines.base import Engine
from search.types import Query
from tests.bench.search.corpus import VOCABULARY, vocabulary

FACETS = ("kind", "language", "format", "length", "region", "capacity", "asset")  # those of the search page
EACH = 60  # different queries of a kind
RARE, COMMON, COUNTED, NARROW, WHOLE, SUGGEST = (
    "rare word",
    "common word",
    "common word, all facets",
    "two words, two filters",
    "facets over everything",
    "suggestion",
)
KINDS = (RARE, COMMON, COUNTED, NARROW, WHOLE, SUGGEST)
COMMONEST = 40  # words that each stand in a twentieth to a half of all texts in their language


@dataclass(frozen=True)
class Asked:
    """One query: what it is called, and how an engine is asked."""

    kind: str
    text: str
    ask: Callable[[Engine], Any]


def common_words() -> list[str]:
    """The commonest words, most of English, the commonest language."""
    return [*vocabulary("en")[:COMMONEST], *vocabulary("es")[:12], *vocabulary("fr")[:8]]


def rare_words() -> list[str]:
    """Words that stand in one of some ten thousand texts."""
    draw = random.Random("rare")
    return [
        vocabulary(draw.choice(("en", "es", "fr")))[-draw.randrange(1, VOCABULARY // 10)] for _ in range(EACH)
    ]


def workload() -> dict[str, list[Asked]]:
    """EACH queries of every kind, the same in each run."""
    draw = random.Random("workload")
    whole = [Query("", facets=FACETS, offset=20 * page) for page in range(10)]
    whole += [Query("", kinds=(kind,), facets=FACETS) for kind in ("person", "offer", "lesson")]
    return {
        RARE: [_search(RARE, Query(word, facets=FACETS)) for word in rare_words()],
        COMMON: [_search(COMMON, Query(word)) for word in common_words()],
        COUNTED: [_search(COUNTED, Query(word, facets=FACETS)) for word in common_words()],
        NARROW: [_search(NARROW, _narrow(draw)) for _ in range(EACH)],
        WHOLE: [_search(WHOLE, query) for query in whole],
        SUGGEST: [_suggestion(draw) for _ in range(EACH)],
    }


def _search(kind: str, query: Query) -> Asked:
    bounded = query.bounded()
    return Asked(kind, query.text, lambda engine: engine.search(bounded))


def _narrow(draw: random.Random) -> Query:
    words = [vocabulary("en")[draw.randrange(2, 400)] for _ in range(2)]
    region = f"region-{draw.randrange(8)}"
    return Query(" ".join(words), facets=FACETS, filters={"language": ("en",), "region": (region,)})


def _suggestion(draw: random.Random) -> Asked:
    """The first letters of a word of a title, most often three to five, as somebody types on."""
    word = vocabulary("en")[int(draw.paretovariate(0.6)) % 2000]
    typed = word[: draw.choice((2, 3, 3, 4, 4, 5, 6))]
    return Asked(SUGGEST, typed, lambda engine: engine.suggest(typed, language="en", kinds=(), limit=8))
