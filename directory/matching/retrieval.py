"""What may answer a seeker at all: asked of the index, and cut down to what fits and has time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from directory.matching.scoring import HELPING, Match, can_talk, family_of, is_about, rescore_groups
from directory.matching.seekers import Seeker
from foundation.kinds import registry
from search.api import find
from search.types import Hit, Query

RETRIEVED = 60
BY_WORDS = 5
# Of the words that a need's title and its capacities' names have, so many must be said together.
PASSAGE_WORDS = 2
_MARKED = re.compile(r"<mark>(.*?)</mark>")


Groups = Sequence[Sequence[str]]


def matching(seeker: Seeker, kinds: Sequence[str], *, language: str) -> list[Match]:
    """Retrieved and rescored, best first, without what belongs to the seeker and without people who are full.

    Empty, and never an error, while the index cannot be asked.
    """
    (matches,) = matching_groups(seeker, [kinds], language=language)
    return matches


def matching_groups(seeker: Seeker, groups: Groups, *, language: str) -> list[list[Match]]:
    """The same for each of several groups of kinds, with one question to the index for all of them, and one more
    for the moment where recordings speak of it.
    """
    hits = _possible(_by_capacity(seeker, groups, language), seeker)
    if seeker.text and any(_has_moments(hit.kind) and is_about(hit, seeker) for hit in hits):
        hits = _with_passages(hits, seeker)
    return [
        [match for match in matches if match.fits and match.score > 0]
        for matches in rescore_groups(_parted(hits, groups), seeker)
    ]


def groups_by_words(seeker: Seeker, groups: Groups, *, language: str) -> list[list[Match]]:
    """What only shares words with a need, best first: for where nothing at all fits by capacity."""
    hits = _possible(_by_words(seeker, groups, language), seeker)
    return [
        [match for match in matches if match.score > 0]
        for matches in rescore_groups(_parted(hits, groups), seeker)
    ]


def _parted(hits: Sequence[Hit], groups: Groups) -> list[list[Hit]]:
    return [[hit for hit in hits if hit.kind in kinds] for kinds in groups]


def _possible(hits: list[Hit], seeker: Seeker) -> list[Hit]:
    """Without who is full, who shares no language, and what is the seeker's own."""
    return [
        hit
        for hit in hits
        if _has_time(hit) and can_talk(hit, seeker) and hit.card.get("owner") not in seeker.owners
    ]


def _by_capacity(seeker: Seeker, groups: Groups, language: str) -> list[Hit]:
    weights = {**dict.fromkeys(seeker.near, 0.5), **dict.fromkeys(seeker.wanted, 3.0)}
    if not weights:
        return []
    query = Query(
        language=language,
        groups=tuple(map(tuple, groups)),
        filters={"capacity": tuple(weights)},
        should={"capacity": weights, "language": dict.fromkeys(seeker.languages, 0.3)},
        exclude=seeker.exclude,
        limit=RETRIEVED,
    )
    return list(find(query).hits)


def _by_words(seeker: Seeker, groups: Groups, language: str) -> list[Hit]:
    """What has most of the words; some of the words would be a guess."""
    if not seeker.text:
        return []
    query = Query(
        text=seeker.text,
        language=language,
        groups=tuple(map(tuple, groups)),
        exclude=seeker.exclude,
        limit=BY_WORDS,
        match="most",
    )
    return list(find(query).hits)


def _with_passages(hits: list[Hit], seeker: Seeker) -> list[Hit]:
    """Recordings with the moment that speaks of what is sought, where there is one.

    Asked in the language of the need, since its words are looked for; the cards keep the reader's.
    """
    labels = [seeker.labels.label(slug, seeker.text_language) for slug in seeker.wanted]
    query = Query(
        text=" ".join([seeker.text, *labels]),
        language=seeker.text_language,
        kinds=tuple(filter(_has_moments, registry.names())),
        filters={"capacity": (*seeker.wanted, *seeker.near)} if seeker.wanted else {},
        limit=RETRIEVED,
        match="any",
    )
    passages = {(hit.kind, hit.id): hit.passage for hit in find(query).hits if _speaks_of_it(hit)}
    return [
        replace(hit, passage=passages.get((hit.kind, hit.id))) if _has_moments(hit.kind) else hit
        for hit in hits
    ]


def _has_moments(kind: str) -> bool:
    """Whether a moment can be found in what is of this kind, as in a recording."""
    return bool(registry.get(kind).action_at)


def _speaks_of_it(hit: Hit) -> bool:
    """Whether the passage has enough of the words to send somebody there."""
    if hit.passage is None:
        return False
    return len({word.casefold() for word in _MARKED.findall(hit.passage[1])}) >= PASSAGE_WORDS


def _has_time(hit: Hit) -> bool:
    """People and offers without free hours are not suggested; a full course may open again."""
    return hit.available or family_of(hit) not in HELPING
