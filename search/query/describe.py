"""What a search asks, in words: for the name of a saved one, and the titles of feeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import QueryDict
from django.utils.translation import gettext as _

from foundation.l10n.lists import in_a_row
from foundation.l10n.names import said
from search.query.facet_labels import labels_of
from search.query.params import SearchParams


def sentence_of(query: str, language: str) -> str:
    """The words and chosen values of a search, such as "“first grant” · Lessons, Recordings · Arabic"."""
    return sentences_of([query], language)[0]


def sentences_of(queries: Sequence[str], language: str) -> list[str]:
    """The same for many, with each facet's labels looked up once for all of them."""
    asked = [SearchParams.read(QueryDict(query)) for query in queries]
    wanted: dict[str, list[str]] = {}
    for one in asked:
        for facet, values in _chosen(one).items():
            wanted.setdefault(facet, []).extend(values)
    labels = {facet: labels_of(facet, values, language) for facet, values in wanted.items()}
    return [_sentence(one, labels, language) for one in asked]


def _chosen(asked: SearchParams) -> dict[str, tuple[str, ...]]:
    return {**({"kind": asked.kinds} if asked.kinds else {}), **asked.filters}


def _sentence(asked: SearchParams, labels: Mapping[str, Mapping[str, str]], language: str) -> str:
    parts = [said(_("“%(words)s”"), words=asked.text)] if asked.text else []
    for facet, values in _chosen(asked).items():
        parts.append(in_a_row((labels[facet][value] for value in values), language))
    return " · ".join(parts)
