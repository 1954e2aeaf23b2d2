"""The documents of the corpus on disk, so that no engine is charged for making them up."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

from search.indexing.parallel import Made
from search.indexing.process_pool import Workers
from search.types import Change, Document
from tests.bench.search.corpus import CHUNK, documents

Part = tuple[str, int, int]  # folder, first number, number after the last
PART = 2 * CHUNK  # documents of a file


def parts(folder: Path, count: int) -> list[Part]:
    """The files that hold `count` documents."""
    return [(str(folder), begin, min(begin + PART, count)) for begin in range(0, count, PART)]


def store(folder: Path, count: int) -> None:
    """Write the files that are not there yet, in as many processes as there are processors."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [part for part in parts(folder, count) if not _file(part).exists()]
    with Workers(write, begin_after=0) as workers:
        for _ in workers.map(missing):
            pass


def write(part: Part) -> None:
    """Write one file."""
    path = _file(part)
    new = path.with_suffix(".new")
    new.write_bytes(pickle.dumps(list(documents(part[1], part[2])), pickle.HIGHEST_PROTOCOL))
    new.replace(path)


def read(part: Part) -> list[Document]:
    """The documents of one file."""
    found: list[Document] = pickle.loads(_file(part).read_bytes())  # noqa: S301  # our own
    return found


def read_changes(part: Part) -> Made:
    """The documents of one file, as a rebuild hands them to an engine."""
    return Made([Change(document.kind, document.id, document) for document in read(part)])


def read_all(folder: Path, count: int) -> Iterator[Document]:
    """All documents in order."""
    for part in parts(folder, count):
        yield from read(part)


def _file(part: Part) -> Path:
    return Path(part[0]) / f"{part[1]:08}-{part[2]:08}.pickle"
