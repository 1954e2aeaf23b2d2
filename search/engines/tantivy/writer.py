"""Writing into a tantivy index."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import tantivy

from search.engines.index_schema import Entry, entry_of, key_of
from search.engines.tantivy import query as queries
from search.engines.tantivy.facets import TALLY, tallied
from search.engines.tantivy.index import engine_errors, open_index
from search.semantic import lazy
from search.types import Change

WRITER_HEAP = 32_000_000  # bytes; tantivy refuses less than 15 MB a thread
KIND = queries.facet_field("kind")
REBUILD_HEAP = 300_000_000  # larger pieces of the index at once, so fewer to merge


class Writer:
    """One tantivy writer on one generation, opened at the first change.

    In a `fresh` generation only what was written twice is looked for to be replaced.
    """

    def __init__(self, path: Path, made: tantivy.Schema, *, fresh: bool = False) -> None:
        self.path = path
        self._fresh = fresh
        self._written: set[int] = set()
        self.schema = made
        self._writer: tantivy.IndexWriter | None = None
        self._vectors: dict[str, tuple[bytes, ...]] = {}

    def apply(self, changes: Sequence[Change]) -> None:
        """See Writing.apply."""
        self.add(changes)
        self.commit()

    def add(self, changes: Sequence[Change]) -> None:
        """Write without making it durable yet."""
        entries = [(change, entry_of(change.document) if change.document else None) for change in changes]
        with engine_errors("writing"):
            if self._writer is None:
                heap = REBUILD_HEAP if self._fresh else WRITER_HEAP
                self._writer = open_index(self.path, self.schema).writer(heap, 1)
            try:
                for change, entry in entries:
                    key = key_of(change.kind, change.id)
                    there = self._may_be_there(key)
                    if there:
                        self._writer.delete_documents_by_term("key", key)
                    if entry is not None:
                        self._writer.add_document(_stored(entry))
                    if change.vectors or there:
                        self._vectors[key] = change.vectors
            except BaseException:
                self._writer.rollback()
                self._vectors.clear()
                raise

    def _may_be_there(self, key: str) -> bool:
        """Whether an older version of an object may be in the index."""
        if not self._fresh:
            return True
        number = hash(key)
        if number in self._written:
            return True
        self._written.add(number)
        return False

    def commit(self) -> None:
        """Make everything added so far durable and visible."""
        if self._writer is not None:
            with engine_errors("writing"):
                self._writer.commit()
                self.keep_vectors()

    def keep_vectors(self) -> None:
        """Put the vectors added so far beside the index."""
        lazy.write(self.path, self._vectors.items())
        self._vectors.clear()

    def close(self) -> None:
        """End the writer; a merge under way is finished first, so that no file is left behind."""
        if self._writer is not None:
            with engine_errors("closing"):
                self._writer.wait_merging_threads()
            self._writer = None


def _stored(entry: Entry) -> tantivy.Document:
    """An entry as tantivy takes it."""
    document = tantivy.Document()
    document.add_text("key", entry.key)
    for name, words in entry.fields.items():
        document.add_text(name, words)
    document.add_text(KIND, entry.kind)
    for name, values in entry.facets.items():
        field = queries.facet_field(name)
        for value in values:
            document.add_text(field, value)
    for whole in entry.wholes:
        document.add_text("whole", whole)
    document.add_text(TALLY, " ".join(tallied(entry.kind, entry.facets)))
    document.add_text("prefixes", entry.prefixes)
    document.add_text("openings", entry.openings)
    # `weight_by_field` multiplies a score by log2(2 + value): stored so that the product is the prior itself.
    document.add_float("prior", 2.0**entry.prior - 2.0)
    document.add_float("suggested", entry.suggested)
    document.add_integer("updated", entry.updated)
    document.add_integer("starts", entry.starts)
    document.add_bytes("source", entry.source)
    document.add_bytes("fragments", entry.fragments)
    return document
