"""What to offer when a list is empty: the nearest capacity, the same words in a wider search, a need to post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from foundation.design.cards import Card
from search.api import find, suggest
from search.cards import card_from_hit
from search.query.facet_tree import known_capacities
from search.query.params import SearchParams
from search.types import CAPACITY, Query

TITLE_LENGTH = 140  # characters of the question that begin the title of a need
MOST_CAPACITIES = 5  # a need is about at most so many


@dataclass(frozen=True)
class Wider:
    """A search that asks for less: `step` is "kinds", "filters" or "everything", `total` what it finds."""

    step: str
    url: str
    total: int


def nearest_capacity(text: str, suggestion: str | None, language: str) -> Card | None:
    """The capacity that has most of the words in its names or its definition, or that begins as they do.

    The words are tried as typed, then in the spelling the index knows (`suggestion`).
    """
    for words in dict.fromkeys(filter(None, (text, suggestion))):
        hits = find(Query(words, language=language, kinds=(CAPACITY,), limit=1, match="any")).hits
        if hits:
            return card_from_hit(hits[0], language=language)
    for word in text.split()[:4]:
        for line in suggest(word, language=language, kinds=(CAPACITY,), limit=1):
            found = known_capacities([line.id], language)
            if found:
                return card_from_hit(found[line.id], language=language)
    return None


def wider(query: Query, asked: SearchParams, limit_to: Sequence[str]) -> list[Wider]:
    """The steps out of an empty list that find something, the smallest first; at most three questions.

    `limit_to` are the kinds that the list shows at all; none means that it shows everything.
    """
    plain = replace(query, facets=(), offset=0, limit=0)
    here = tuple(limit_to)
    steps: list[tuple[str, Query, str]] = []
    if asked.kinds:
        steps.append(("kinds", replace(plain, kinds=here), f"?{asked.parameters(kind=None).urlencode()}"))
    words = urlencode({"q": asked.text}) if asked.text else ""
    if asked.filters:
        steps.append(("filters", replace(plain, kinds=here, filters={}), f"?{words}"))
    if here and words:
        everywhere = f"{reverse('search:search')}?{words}"
        steps.append(("everything", replace(plain, kinds=(), filters={}), everywhere))
    found = [Wider(step, url, find(question).total) for step, question, url in steps]
    return [step for step in found if step.total]


def post_need_url(text: str, capacities: Sequence[str] = ()) -> str:
    """Where to ask people for what was not found; "" on a site without a directory."""
    try:
        url = reverse("directory:listing_new")
    except NoReverseMatch:
        return ""
    given = [("direction", "need"), ("title", text[:TITLE_LENGTH])]
    given += [("capacity", slug) for slug in capacities[:MOST_CAPACITIES]]
    return f"{url}?{urlencode(given)}"
