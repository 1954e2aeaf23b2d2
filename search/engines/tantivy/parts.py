"""Parts of a new tantivy index, each written by a process of its own, and how they become one.

A tantivy index is a folder with the files of its segments, whole in themselves and named after them, and two
lists: `meta.json` (schema, settings, the segments in use) and `.managed.json` (the files it may remove). Segments
written by one schema are one index once they lie in one folder and stand in its lists. That is what tantivy's
own merging of indices relies on; the Python package has no call for it (index format 7).
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search.engines.tantivy.index import schema
from search.engines.tantivy.writer import Writer
from search.errors import EngineError
from search.types import Change

LIST, FILES = "meta.json", ".managed.json"
SAME = ("index_settings", "schema")  # of the lists of folders that may be joined


@dataclass
class Part:
    """One part: made where the rebuild is, sent to the process that writes it."""

    path: Path
    _writer: Writer | None = None

    def apply(self, changes: Sequence[Change]) -> None:
        """See Part.apply of the port."""
        if self._writer is None:
            self.path.mkdir(mode=0o700)
            self._writer = Writer(self.path, schema(), fresh=True)
        self._writer.add(changes)

    def close(self) -> None:
        """See Part.close of the port."""
        if self._writer is not None:
            self._writer.commit()
            self._writer.close()


def join(path: Path, parts: Iterable[Path]) -> None:
    """Make the parts and the index in `path`, which nobody may be writing, one index in `path`.

    Raises EngineError when they were not written by one schema.
    """
    listed, files = _listed(path)
    for part in parts:
        more, _ = _listed(part)
        if any(more[name] != listed[name] for name in SAME):
            raise EngineError("Two processes wrote the new search index by different schemas.")
        for segment in more["segments"]:
            for file in part.glob(f"{segment['segment_id'].replace('-', '')}.*"):
                file.rename(path / file.name)
                files.append(file.name)
        listed["segments"] += more["segments"]
        listed["opstamp"] = max(listed["opstamp"], more["opstamp"])
        shutil.rmtree(part)
    _write(path / FILES, files)
    _write(path / LIST, listed)


def _listed(path: Path) -> tuple[dict[str, Any], list[str]]:
    return json.loads((path / LIST).read_bytes()), json.loads((path / FILES).read_bytes())


def _write(path: Path, content: object) -> None:
    new = path.with_suffix(".new")
    with new.open("w", encoding="utf-8") as file:
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
