"""The answer of the words, joined by what is near in meaning where the words find little.

Which objects are near does not depend on filters, so that filters, facets and totals mean for them
what they mean for words; the engine itself applies them, and shows nothing that left its index.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from search.engines.base import Engine
from search.engines.index_schema import key_of
from search.engines.query_plan import wording_of
from search.semantic.languages import asked_language, is_known
from search.semantic.model import questions
from search.types import Hit, Query, Results

logger = logging.getLogger(__name__)

ENOUGH: Final = 10  # answers by words in the question's language: a page of them needs no help
SENTENCE: Final = 5  # telling words; of fewer, an answer has nearly all, which is no accident in any language

NEAREST: Final = 200  # objects whose vectors are looked at
MOST: Final = 30  # objects that join the answer
LOOKED_AT: Final = 20  # answers by words put in a new order with them; later ones stay behind all in any case
# Cosines of this model lie close together, so what joins is told by its distance to the nearest. On XQuAD-R
# 95 of 100 right answers are within this, and half of the questions have fewer than twenty others there.
WITHIN: Final = 0.045

# Reciprocal rank fusion (Cormack et al. 2009): an object's score is the sum over the lists of weight / (RANK + its
# rank). Their 60 suits lists of a thousand; with lists of fifty and one of them poor, 10 was better by .02.
RANK: Final = 10
# Answers in the question's own language with most of its words stay above whatever is only near.
OWN_WORDS: Final = 2.0
# Words that two languages share are names and numbers: they decide between what is equally near.
FOREIGN_WORDS: Final = 0.15


def joined(engine: Engine, query: Query, results: Results) -> Results:
    """The results of a query, joined by what is near in meaning; unchanged where words find enough.

    Never raises: what the words found is an answer, whatever happens here.
    """
    try:
        return _joined(engine, query, results)
    except Exception:
        logger.exception("Meanings could not be compared")
        return results


def _joined(engine: Engine, query: Query, results: Results) -> Results:
    if not query.text or query.match != "best" or query.sort != "relevance" or query.groups:
        return results
    language = asked_language(query.text, query.language)
    if not is_known(language):
        return results
    own = _own_words(engine, query, language)
    if own is None:
        return results
    vector = questions.vector(query.text, language)
    near = _near(engine, vector, own) if vector is not None else []
    return _fused(engine, query, results, own, near) if near else results


def _own_words(engine: Engine, query: Query, language: str) -> set[str] | None:
    """The few objects that words find in the question's language; None where they are not few."""
    found = engine.search(Query(query.text, query.language, match="most", limit=ENOUGH))
    short = len(wording_of(query).telling) < SENTENCE
    own = {key_of(hit.kind, hit.id) for hit in found.hits if short or _speaks(hit, language)}
    enough = found.total >= ENOUGH and len(own) * 2 >= len(found.hits)
    return None if enough and not found.loosened else own


def _speaks(hit: Hit, language: str) -> bool:
    tags = (hit.language, *hit.facets.get("language", ()))
    return any(tag.lower().split("-")[0] == language for tag in tags)


def _near(engine: Engine, vector: object, own: set[str]) -> list[tuple[str, str]]:
    """The objects near enough; what has the words besides is nearer than any in another language can be."""
    found = engine.near(vector, limit=NEAREST)
    others = [(key, cosine) for key, cosine in found if key_of(*key) not in own]
    joining = {key for key, cosine in others[:MOST] if cosine >= others[0][1] - WITHIN}
    return [key for key, _ in found if key in joining or key_of(*key) in own]


def _fused(
    engine: Engine, query: Query, results: Results, own: set[str], near: Sequence[tuple[str, str]]
) -> Results:
    # Each call decides alone how loosely it takes the words, so both must ask with the same filters.
    words = results.hits[:LOOKED_AT]
    if query.offset or len(words) < min(results.total, LOOKED_AT):
        words = engine.search(replace(query, offset=0, limit=LOOKED_AT, facets=())).hits
    # The engine lists what is near first, in no order, then what has the words in theirs.
    both = engine.search(replace(query, also=tuple(near), offset=0, limit=len(near)))
    hits = {(hit.kind, hit.id): replace(hit, score=0.0) for hit in both.hits}  # of words they have none here
    scores: dict[tuple[str, str], float] = {}
    for rank, key in enumerate((key for key in near if key in hits), 1):
        scores[key] = 1 / (RANK + rank)
    for rank, hit in enumerate(words, 1):
        key = (hit.kind, hit.id)
        weight = OWN_WORDS if key_of(*key) in own else FOREIGN_WORDS
        scores[key] = scores.get(key, 0.0) + weight / (RANK + rank)
        hits[key] = hit
    order = sorted(scores, key=lambda key: -scores[key])
    page = [hits[key] for key in order[query.offset : query.offset + query.limit]]
    if len(page) < query.limit and both.total > len(order):
        # Behind those put in order, the engine's own list has the same objects before it.
        begin = max(query.offset, len(order))
        rest = replace(query, also=tuple(near), offset=begin, limit=query.limit - len(page), facets=())
        page += engine.search(rest).hits
    alone = both.total - results.total
    return replace(
        both, hits=tuple(page), suggestion=results.suggestion, loosened=results.loosened, near=alone
    )
