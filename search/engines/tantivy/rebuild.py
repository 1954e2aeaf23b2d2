"""A whole new generation of a tantivy index, beside the one in use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import tantivy

from search.engines.index_versions import Generations
from search.engines.tantivy.index import engine_errors, open_index
from search.engines.tantivy.parts import Part, join
from search.engines.tantivy.writer import WRITER_HEAP, Writer
from search.types import Change


class Rebuild:
    """A new generation that nobody reads until `finish`."""

    def __init__(self, generations: Generations, path: Path, made: tantivy.Schema, *, wait: float) -> None:
        self.generations = generations
        self.path = path
        self.wait = wait
        self.writer = Writer(path, made, fresh=True)
        self.parts: list[Part] = []
        self.finished = False

    def part(self) -> Part:
        """See Rebuilding.part."""
        self.parts.append(Part(self.path / f"part-{len(self.parts)}"))
        return self.parts[-1]

    def apply(self, changes: Sequence[Change]) -> None:
        """See Rebuilding.apply."""
        self.writer.add(changes)
        self.writer.keep_vectors()  # nobody reads here yet, and all together would not fit into memory

    def finish(self, replay: Callable[[Writer], None]) -> None:
        """See Rebuilding.finish."""
        with engine_errors("making a new index"):
            open_index(self.path, self.writer.schema)  # makes an empty one where nothing was written
        self.writer.commit()
        self.writer.close()
        with engine_errors("joining the parts of a new index"):
            written = [part.path for part in self.parts if part.path.exists()]
            if written:
                join(self.path, written)
                # Pieces that are to be merged are merged now, not by whoever writes first.
                settling = open_index(self.path, self.writer.schema).writer(WRITER_HEAP, 1)
                settling.commit()
                settling.wait_merging_threads()
        # What the parts hold this writer never wrote: from here on it looks for what it replaces.
        self.writer = Writer(self.path, self.writer.schema)
        with self.generations.lock("writer.lock", self.wait):
            replay(self.writer)
            self.writer.commit()
            self.writer.close()
            self.generations.use(self.path)
            self.finished = True
