"""The vectors beside an index on disk: rows of one file, read by every process through the page cache.

GENERATION/vectors.bin   rows of one size: the number of the object (0: free), scale, code
GENERATION/owners.txt    the keys of the objects; the first line is number 1

One process writes at a time (the index's own lock). A row is replaced in place while others read: at worst
one question sees half of an old and half of a new vector, and the index itself decides what is shown.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from search.semantic import OWNERS, VECTORS
from search.semantic.model import Vector
from search.semantic.quantize import ROW as CODE
from search.semantic.threads import numpy

ROW = numpy.dtype([("owner", "<u4"), *((name, CODE[name]) for name in CODE.names or ())])
BLOCK = 1_024  # rows scanned at once: their numbers as floats stay in the processor's cache
PIECES = 8  # best rows looked at for each object wanted, since an object has several
OPEN = 3  # generations kept open: the one in use, and those of another folder or just replaced

Changes = Iterable[tuple[str, Sequence[bytes]]]  # key and all its vectors; none removes


def write(folder: Path, changes: Changes) -> None:
    """Put these objects' vectors in the place of those they had."""
    wanted = dict(changes)
    known = _keys(folder)
    numbers = {key: number for number, key in enumerate(known, 1)}
    new = [key for key, vectors in wanted.items() if vectors and key not in numbers]
    if new:
        with (folder / OWNERS).open("a", encoding="utf-8") as file:
            file.writelines(f"{key}\n" for key in new)
        numbers |= {key: number for number, key in enumerate(new, len(known) + 1)}
    made = [_rows(numbers[key], vectors) for key, vectors in wanted.items() if vectors]
    rows = numpy.concatenate(made) if made else numpy.zeros(0, dtype=ROW)
    gone = [numbers[key] for key in wanted if key in numbers]
    rest = _replace(folder / VECTORS, gone, rows)
    if len(rest):
        with (folder / VECTORS).open("ab") as file:
            file.write(rest.tobytes())


def _rows(number: int, vectors: Sequence[bytes]) -> Any:
    rows = numpy.zeros(len(vectors), dtype=ROW)
    codes = numpy.frombuffer(b"".join(vectors), dtype=CODE)
    rows["owner"] = number
    for name in CODE.names or ():
        rows[name] = codes[name]
    return rows


def _replace(path: Path, gone: Sequence[int], rows: Any) -> Any:
    """Wipe the rows of some objects and write into what is free; returns the rows that found no place."""
    size = path.stat().st_size if path.exists() else 0
    if size % ROW.itemsize:  # a writer was ended in the middle of a row
        size -= size % ROW.itemsize
        with path.open("r+b") as file:
            file.truncate(size)
    if not size:
        return rows
    table = numpy.memmap(path, dtype=ROW, mode="r+")
    owners = numpy.array(table["owner"])
    wiped = numpy.isin(owners, numpy.array(gone, dtype=owners.dtype))
    table[wiped] = numpy.zeros(1, dtype=ROW)[0]
    free = numpy.flatnonzero(wiped | (owners == 0))[: len(rows)]
    table[free] = rows[: len(free)]
    table.flush()
    return rows[len(free) :]


def _keys(folder: Path) -> list[str]:
    path = folder / OWNERS
    return path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []


def count(folder: Path) -> int:
    """How many vectors there are."""
    path = folder / VECTORS
    return int((numpy.memmap(path, dtype=ROW, mode="r")["owner"] > 0).sum()) if path.exists() else 0


class Reader:
    """The vectors of one generation as one process sees them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._guard = threading.Lock()
        self._table: Any = None
        self._size = 0
        self._keys: list[str] = []

    def nearest(self, vector: Vector, limit: int) -> list[tuple[str, float]]:
        """The keys of the `limit` objects with the nearest vectors, and the cosine of each one's nearest."""
        table = self._opened()
        if table is None:
            return []
        owners = numpy.array(table["owner"])
        cosines = self._cosines(table, vector)
        cosines[owners == 0] = -2.0
        some = min(limit * PIECES, len(cosines))
        best = numpy.argpartition(-cosines, some - 1)[:some]
        best = best[numpy.argsort(-cosines[best], kind="stable")]
        found: dict[int, float] = {}
        for row in best:
            if cosines[row] > -2.0 and len(found) < limit:
                found.setdefault(int(owners[row]), float(cosines[row]))
        keys = self._known(max(found, default=0))
        return [(keys[number - 1], cosine) for number, cosine in found.items() if number <= len(keys)]

    @staticmethod
    def _cosines(table: Any, vector: Vector) -> Any:
        codes, total = table["code"], len(table)
        cosines = numpy.empty(total, dtype=numpy.float32)
        floats = numpy.empty((min(BLOCK, total), codes.shape[1]), dtype=numpy.float32)
        for begin in range(0, total, BLOCK):
            end = min(begin + BLOCK, total)
            block = floats[: end - begin]
            numpy.copyto(block, codes[begin:end])
            numpy.dot(block, vector, out=cosines[begin:end])
        return cosines * table["scale"]

    def _opened(self) -> Any:
        path = self.folder / VECTORS
        with self._guard:
            try:
                size = path.stat().st_size // ROW.itemsize
            except FileNotFoundError:
                return None
            if size != self._size:
                self._table = numpy.memmap(path, dtype=ROW, mode="r", shape=(size,)) if size else None
                self._size = size
            return self._table

    def _known(self, highest: int) -> list[str]:
        with self._guard:
            if highest > len(self._keys):
                self._keys = _keys(self.folder)
            return self._keys


_readers: OrderedDict[Path, Reader] = OrderedDict()
_guard = threading.Lock()


def reader(folder: Path) -> Reader:
    """The reader of a generation, kept open."""
    with _guard:
        made = _readers.pop(folder, None) or Reader(folder)
        _readers[folder] = made
        while len(_readers) > OPEN:
            _readers.popitem(last=False)
        return made
