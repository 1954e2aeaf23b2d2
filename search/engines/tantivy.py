"""The embedded engine: a tantivy index in a folder, read and written by every process of the site."""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import tantivy

from search.engines import tantivy_queries as queries
from search.engines.asking import answer
from search.engines.entries import SCHEMA_VERSION, Entry, entry_of, key_of, split_key
from search.engines.generations import Generations
from search.engines.hits import hit_of
from search.engines.suggestions import ranked
from search.engines.tantivy_facets import TALLY, Counting, count, tallied
from search.engines.tantivy_queries import Asked
from search.highlight import Sought
from search.port import Change, EngineError, EngineStatus, Hit, Query, Results, Suggestion
from search.semantic import beside

WRITER_HEAP = 32_000_000  # bytes; tantivy refuses less than 15 MB a thread
REBUILD_HEAP, REBUILD_THREADS = 160_000_000, 2  # larger pieces of the index at once, so fewer to merge


def schema() -> tantivy.Schema:
    """The fields of the index."""
    builder = tantivy.SchemaBuilder()
    raw: dict[str, Any] = {"tokenizer_name": "raw", "index_option": "basic"}
    builder.add_text_field("key", stored=True, **raw)
    builder.add_text_field("whole", **raw)
    for name in queries.TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name="words", index_option="freq")
        builder.add_text_field(f"{name}_exact", tokenizer_name="words", index_option="position")
    for name in ("prefixes", "openings"):
        builder.add_text_field(name, tokenizer_name="words", index_option="basic")
    builder.add_text_field("spelling", tokenizer_name="words", index_option="basic")
    builder.add_text_field(TALLY, **raw)
    for name in queries.FACET_FIELDS:
        builder.add_text_field(name, fast=True, **raw)
    builder.add_float_field("prior", fast=True)
    # Not unsigned: a Python int sent to an unsigned fast field panics the writer.
    builder.add_integer_field("updated", fast=True, indexed=True)
    builder.add_integer_field("starts", fast=True, indexed=True)
    builder.add_bytes_field("source", stored=True)
    builder.add_bytes_field("fragments", stored=True)
    return builder.build()


def _words_tokenizer() -> tantivy.TextAnalyzer:
    """Words come from `search.analysis`, joined by spaces; the engine only takes them apart."""
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


def _open(path: Path, made: tantivy.Schema) -> tantivy.Index:
    index = tantivy.Index(made, str(path), reuse=True)
    index.register_tokenizer("words", _words_tokenizer())
    index.config_reader("manual", 0)  # we reload when meta.json changed; no watching thread
    return index


def _text(stored: tantivy.Document, name: str) -> str:
    return bytes(stored.get_first(name) or b"").decode()


def _count_of(found: tantivy.SearchResult) -> int:
    return int(found.count)  # type: ignore[attr-defined]  # missing in tantivy's stubs only


@lru_cache(maxsize=2)
def _threads(process: int) -> ThreadPoolExecutor:
    """Where facets are counted beside the search; a process that was forked has none of its parent's threads."""
    return ThreadPoolExecutor(max_workers=4, thread_name_prefix="facets")


@contextmanager
def _errors(doing: str) -> Iterator[None]:
    """Turn whatever the engine throws into EngineError, a Rust panic (a BaseException) too."""
    try:
        yield
    except EngineError:
        raise
    except (ValueError, OSError, RuntimeError, SystemError) as error:
        raise EngineError(f"The search index failed while {doing}: {error}") from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise EngineError(f"The search index failed while {doing}: {error}") from error
        raise


class _Page(NamedTuple):
    """One page of hits, as (score, address), and how many there are on all pages."""

    asked: Asked
    total: int
    hits: list[tuple[float, Any]]


class TantivyEngine:
    """A tantivy index below `folder`; `wait` is how many seconds a writer waits for its turn."""

    name = "tantivy"

    def __init__(self, folder: Path, *, wait: float = 30.0) -> None:
        self.generations = Generations(folder, SCHEMA_VERSION)
        self.wait = wait
        self._guard = threading.Lock()
        self._opened: tuple[Path, tuple[int, int], tantivy.Index] | None = None

    @cached_property
    def _schema(self) -> tantivy.Schema:
        return schema()

    def _searcher(self) -> tantivy.Searcher:
        """A view of the newest commit of the generation in use."""
        with self._guard:
            for _ in range(3):  # a swap may remove what we just read the name of
                path = self.generations.current()
                if path is None:
                    raise EngineError("There is no search index yet. Run: manage.py search rebuild")
                try:
                    stat = (path / "meta.json").stat()
                except FileNotFoundError:
                    continue
                stamp = (stat.st_mtime_ns, stat.st_ino)
                if self._opened is None or self._opened[0] != path:
                    index = _open(path, self._schema)
                elif self._opened[1] != stamp:
                    index = self._opened[2]
                else:
                    return self._opened[2].searcher()
                index.reload()
                self._opened = (path, stamp, index)
                return index.searcher()
        raise EngineError("The search index is not where its pointer says. Run: manage.py search rebuild")

    def search(self, query: Query) -> Results:
        """See Engine.search."""
        with _errors("searching"):
            searcher = self._searcher()
            vocabulary = queries.Vocabulary(searcher, self._schema)
            counting = Counting(searcher, Asked(self._schema, query), _threads(os.getpid()))
            answered = answer(
                query, lambda wording: self._page(searcher, Asked(self._schema, query, wording)), vocabulary
            )
            page = answered.found
            sought = Sought.of_words(answered.wording.words) if query.text else None
            hits = tuple(self._hit(searcher, score, address, query, sought) for score, address in page.hits)
            return Results(
                total=page.total,
                hits=hits,
                facets=counting.of(page.asked),
                suggestion=answered.suggestion,
                loosened=answered.loosened,
            )

    def _page(self, searcher: tantivy.Searcher, asked: Asked) -> _Page:
        query = asked.query
        whole = asked.whole()
        size = max(query.limit, 1)  # tantivy panics at 0
        if query.sort == "relevance" and asked.has_equals:
            # The same order as below without scores: half the time where everything is found.
            found = searcher.search(whole, size, offset=query.offset, order_by_field="prior")
            hits = [(math.log2(2.0 + value), address) for value, address in found.hits]
            return _Page(asked, _count_of(found), hits[: query.limit])
        if query.sort == "relevance":
            found = searcher.search(whole, size, offset=query.offset, weight_by_field="prior")
            return _Page(asked, _count_of(found), list(found.hits)[: query.limit])
        if query.sort == "recent":
            found = searcher.search(whole, size, offset=query.offset, order_by_field="updated")
            hits = [(0.0, address) for _, address in found.hits]
            return _Page(asked, _count_of(found), hits[: query.limit])
        return self._soonest(searcher, asked)

    def _soonest(self, searcher: tantivy.Searcher, asked: Asked) -> _Page:
        """What is still to come in the order of its beginning, then everything else by relevance."""
        query = asked.query
        coming, rest = asked.split_by_start()
        size = max(query.limit, 1)
        first = searcher.search(
            coming, size, offset=query.offset, order_by_field="starts", order=tantivy.Order.Asc
        )
        found = [(0.0, address) for _, address in first.hits]
        offset = max(query.offset - _count_of(first), 0)
        others = searcher.search(rest, size, offset=offset, weight_by_field="prior")
        found += list(others.hits)
        return _Page(asked, _count_of(first) + _count_of(others), found[: query.limit])

    def _hit(
        self, searcher: tantivy.Searcher, score: float, address: Any, query: Query, sought: Sought | None
    ) -> Hit:
        stored = searcher.doc(address)
        fragments = _text(stored, "fragments") if sought else ""
        source = _text(stored, "source")
        return hit_of(source, fragments, score=score, query=query, sought=sought)

    def suggest(self, text: str, *, language: str, kinds: Sequence[str], limit: int) -> list[Suggestion]:
        """See Engine.suggest."""
        with _errors("suggesting"):
            asked = queries.suggestions(self._schema, text, language, kinds)
            if asked is None:
                return []
            searcher = self._searcher()
            found = searcher.search(asked, limit * 5, weight_by_field="prior")
            sources = [_text(searcher.doc(address), "source") for _, address in found.hits]
            return ranked(sources, text, language)[:limit]

    def fetch(self, keys: Sequence[tuple[str, str]], *, language: str) -> list[Hit]:
        """See Engine.fetch."""
        wanted = [key_of(kind, id) for kind, id in keys]
        if not wanted:
            return []
        with _errors("reading"):
            searcher = self._searcher()
            found = searcher.search(tantivy.Query.term_set_query(self._schema, "key", wanted), len(wanted))
            query = Query(language=language)
            hits = [self._hit(searcher, score, address, query, None) for score, address in found.hits]
        by_key = {(hit.kind, hit.id): hit for hit in hits}
        return [by_key[key] for key in keys if key in by_key]

    def near(self, vector: Any, *, limit: int) -> list[tuple[tuple[str, str], float]]:
        """See Engine.near."""
        with _errors("comparing meanings"):
            path = self.generations.current()
            found = beside.nearest(path, vector, limit) if path else []
        return [(split_key(key), cosine) for key, cosine in found]

    def keys(self) -> list[tuple[str, str]]:
        """See Engine.keys."""
        with _errors("listing"):
            # The filter query leaves out terms that live on only in deleted documents.
            terms = self._searcher().terms_with_prefix("key", "", tantivy.Query.all_query(), None)
        return [split_key(term) for term, _ in terms]

    def check(self) -> None:
        """See Engine.check: in process there is nothing to reach."""

    def status(self) -> EngineStatus:
        """See Engine.status."""
        with _errors("reading"):
            searcher = self._searcher()
            path = self.generations.current()
            counted = count(searcher, queries.EVERYTHING, ["kind"], many=False)["kind"]
            size = sum(file.stat().st_size for file in path.iterdir()) if path else 0
            return EngineStatus(self.name, path.name if path else "", searcher.num_docs, size, counted)

    @contextmanager
    def writing(self) -> Iterator[_Writer]:
        """See Engine.writing."""
        with self.generations.lock("writer.lock", self.wait):
            with _errors("opening"):
                path = self.generations.current()
                if path is None:
                    path = self.generations.new()
                    _open(path, self._schema)
                    self.generations.use(path)
            writer = _Writer(path, self._schema)
            try:
                yield writer
            finally:
                writer.close()

    @contextmanager
    def rebuilding(self) -> Iterator[_Rebuild]:
        """See Engine.rebuilding."""
        with self.generations.lock("rebuild.lock", 0):
            with _errors("making a new index"):
                path = self.generations.new()
            rebuild = _Rebuild(self, path, _Writer(path, self._schema, fresh=True))
            try:
                yield rebuild
            finally:
                rebuild.writer.close()
                if not rebuild.finished:
                    self.generations.discard(path)


class _Writer:
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
        with _errors("writing"):
            if self._writer is None:
                size = (REBUILD_HEAP, REBUILD_THREADS) if self._fresh else (WRITER_HEAP, 1)
                self._writer = _open(self.path, self.schema).writer(*size)
            try:
                for change, entry in entries:
                    key = key_of(change.kind, change.id)
                    if self._may_be_there(key):
                        self._writer.delete_documents_by_term("key", key)
                    if entry is not None:
                        self._writer.add_document(_stored(entry))
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
            with _errors("writing"):
                self._writer.commit()
                self.keep_vectors()

    def keep_vectors(self) -> None:
        """Put the vectors added so far beside the index."""
        beside.write(self.path, self._vectors.items())
        self._vectors.clear()

    def close(self) -> None:
        """End the writer; a merge under way is finished first, so that no file is left behind."""
        if self._writer is not None:
            with _errors("closing"):
                self._writer.wait_merging_threads()
            self._writer = None


class _Rebuild:
    """A new generation that nobody reads until `finish`."""

    def __init__(self, engine: TantivyEngine, path: Path, writer: _Writer) -> None:
        self.engine = engine
        self.path = path
        self.writer = writer
        self.finished = False

    def apply(self, changes: Sequence[Change]) -> None:
        """See Rebuilding.apply."""
        self.writer.add(changes)
        self.writer.keep_vectors()  # nobody reads here yet, and all together would not fit into memory

    def finish(self, replay: Callable[[_Writer], None]) -> None:
        """See Rebuilding.finish."""
        if self.writer._writer is None:
            with _errors("making a new index"):
                _open(self.path, self.engine._schema)
        self.writer.commit()
        with self.engine.generations.lock("writer.lock", self.engine.wait):
            replay(self.writer)
            self.writer.commit()
            self.writer.close()
            self.engine.generations.use(self.path)
            self.finished = True


def _stored(entry: Entry) -> tantivy.Document:
    """An entry as tantivy takes it."""
    document = tantivy.Document()
    document.add_text("key", entry.key)
    for name, values in entry.fields.items():
        for value in values:
            document.add_text(name, value)
    document.add_text(queries.facet_field("kind"), entry.kind)
    for name, values in entry.facets.items():
        for value in values:
            document.add_text(queries.facet_field(name), value)
    for whole in entry.wholes:
        document.add_text("whole", whole)
    for term in tallied(entry.kind, entry.facets):
        document.add_text(TALLY, term)
    document.add_text("prefixes", entry.prefixes)
    document.add_text("openings", entry.openings)
    document.add_text("spelling", entry.spelling)
    # `weight_by_field` multiplies a score by log2(2 + value): stored so that the product is the prior itself.
    document.add_float("prior", 2.0**entry.prior - 2.0)
    document.add_integer("updated", entry.updated)
    document.add_integer("starts", entry.starts)
    document.add_bytes("source", entry.source.encode())
    document.add_bytes("fragments", entry.fragments.encode())
    return document
