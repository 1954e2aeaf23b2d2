"""What the engines call; without numpy as long as the extra is off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from search.semantic import OWNERS, VECTORS, is_on


def write(folder: Path, changes: Iterable[tuple[str, Sequence[bytes]]]) -> None:
    """Keep the vectors of these objects beside the index in `folder`, in the place of those they had.

    With the extra off, vectors from when it was on are removed at the first change: nobody would take out
    those of an object that leaves the index.
    """
    if not is_on():
        for name in (VECTORS, OWNERS):
            (folder / name).unlink(missing_ok=True)
        return
    changes = list(changes)
    if any(vectors for _, vectors in changes) or (folder / VECTORS).exists():
        from search.semantic import vector_file

        vector_file.write(folder, changes)


def numbers(vectors: Iterable[bytes]) -> list[list[float]]:
    """Vectors as lists of numbers, for an engine that keeps them itself."""
    from search.semantic.quantize import decode

    return [[round(float(number), 5) for number in decode(vector)] for vector in vectors]


def nearest(folder: Path, vector: Any, limit: int) -> list[tuple[str, float]]:
    """Keys and cosines of the objects nearest to a vector, the nearest first."""
    from search.semantic import vector_file

    return vector_file.reader(folder).nearest(vector, limit)
