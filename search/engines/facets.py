"""The values of a facet in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from search.types import FacetValue


def facet_values(counts: Mapping[str, int], chosen: Iterable[str]) -> list[FacetValue]:
    """Most first; a chosen value stays in the list when nothing has it, so that it can be unchosen."""
    picked = frozenset(chosen)
    counted = {**dict.fromkeys(picked, 0), **counts}
    order = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return [FacetValue(value, count, value in picked) for value, count in order]
