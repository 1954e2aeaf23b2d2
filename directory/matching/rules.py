"""When two sides fit: one answer for every ranking, of the directory and of mentoring.

No rule weighs anything. How much an answer counts, and whether it leaves somebody out, each ranking says in its own table
(`WEIGHTS` of `directory.matching.scoring` and of `mentoring.matching`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Literal

Relation = Literal["", "exact", "narrower", "broader"]


def relation(own: str, wanted: str, above: Callable[[str], Collection[str]]) -> Relation:
    """How a capacity that somebody has stands to one that is wanted, by their slugs.

    "exact" is the very one, "narrower" a part of it, "broader" what it is a part of; what only stands beside it in the
    tree is nothing. `above` answers all broader capacities of one, as `Labels.above` does.
    """
    if own == wanted:
        return "exact"
    if wanted in above(own):
        return "narrower"
    return "broader" if own in above(wanted) else ""


def shared(theirs: Collection[str], ours: Iterable[str]) -> tuple[str, ...]:
    """What both name (languages, ways to meet), in our order."""
    return tuple(value for value in ours if value in theirs)


def agree(theirs: Collection[str], ours: Sequence[str]) -> bool:
    """Whether both name one thing at least. Against who has named none nothing speaks."""
    return not theirs or not ours or bool(shared(theirs, ours))
