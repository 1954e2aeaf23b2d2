"""The embedded engine: a tantivy index in a folder, read and written by every process of the site."""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import tantivy

from search.engines.hits import by_group, hit_of
from search.engines.index_schema import SCHEMA_VERSION, key_of, split_key
from search.engines.index_versions import Generations
from search.engines.query_plan import Wording, answer
from search.engines.suggestions import ranked
from search.engines.tantivy import query as queries
from search.engines.tantivy.facets import Counting, count
from search.engines.tantivy.index import engine_errors, open_index, schema
from search.engines.tantivy.query import CompiledQuery
from search.engines.tantivy.rebuild import Rebuild
from search.engines.tantivy.writer import Writer
from search.errors import EngineError, IndexMissing
from search.highlight import Sought
from search.semantic import lazy
from search.types import EngineStatus, Hit, Query, Results, Suggestion

WEIGHED = 500  # best scores whose priors are looked up, where doing so for all that is found is slow:
WEIGHED_FROM = 30_000  # objects
LEARNED = 200  # the first so many of everything are found without putting everything in order


def _bytes(stored: tantivy.Document, name: str) -> bytes:
    return bytes(stored.get_first(name) or b"")


def _count_of(found: tantivy.SearchResult) -> int:
    return int(found.count)  # type: ignore[attr-defined]  # missing in tantivy's stubs only


def _score(stored: float) -> float:
    """The prior that is stored, as a score."""
    return math.log2(2.0 + stored)


def _place(address: Any) -> tuple[int, int]:
    """Which object of which segment: the order of what scores alike."""
    return address.segment_ord, address.doc


@lru_cache(maxsize=2)
def _threads(process: int) -> ThreadPoolExecutor:
    """Where facets are counted beside the search; a process that was forked has none of its parent's threads."""
    return ThreadPoolExecutor(max_workers=4, thread_name_prefix="facets")


_Commit = tuple[Path, tuple[int, int]]  # a generation, and the state of its list of segments


class _Page(NamedTuple):
    """One page of hits, as (score, address), how many there are on all pages, and the facets being counted."""

    counting: Counting
    total: int
    hits: list[tuple[float, Any]]


class TantivyEngine:
    """A tantivy index below `folder`; `wait` is how many seconds a writer waits for its turn."""

    name = "tantivy"

    def __init__(self, folder: Path, *, wait: float = 30.0) -> None:
        self.generations = Generations(folder, SCHEMA_VERSION)
        self.wait = wait
        self._guard = threading.Lock()
        self._enough: float | None = None
        self._highest_in: tuple[_Commit, float] | None = None
        self._opened: tuple[Path, tuple[int, int], tantivy.Index] | None = None

    @cached_property
    def _schema(self) -> tantivy.Schema:
        return schema()

    def _searcher(self) -> tantivy.Searcher:
        """A view of the newest commit of the generation in use."""
        return self._view()[0]

    def _view(self) -> tuple[tantivy.Searcher, _Commit]:
        """The same, and which commit it is."""
        with self._guard:
            for _ in range(3):  # a swap may remove what we just read the name of
                path = self.generations.current()
                if path is None:
                    raise IndexMissing
                try:
                    stat = (path / "meta.json").stat()
                except FileNotFoundError:
                    continue
                stamp = (stat.st_mtime_ns, stat.st_ino)
                if self._opened is None or self._opened[0] != path:
                    index = open_index(path, self._schema)
                elif self._opened[1] != stamp:
                    index = self._opened[2]
                else:
                    return self._opened[2].searcher(), (path, stamp)
                index.reload()
                self._opened = (path, stamp, index)
                return index.searcher(), (path, stamp)
        raise EngineError("The search index is not where its pointer says. Run: manage.py search rebuild")

    def search(self, query: Query) -> Results:
        """See Engine.search."""
        with engine_errors("searching"):
            searcher, commit = self._view()
            vocabulary = queries.Vocabulary(searcher, self._schema)
            threads = _threads(os.getpid())
            begun: list[Counting] = []

            def ask(wording: Wording) -> _Page:
                asked = CompiledQuery(self._schema, query, wording, searcher)
                for in_vain in begun:
                    in_vain.cancel()
                begun.append(Counting(searcher, asked, threads))
                return self._page(searcher, commit, asked, begun[-1])

            answered = answer(query, ask, vocabulary)
            page = answered.found
            sought = Sought.of_words(answered.wording.words) if query.text else None
            hits = by_group(
                (self._hit(searcher, score, address, query, sought) for score, address in page.hits), query
            )
            return Results(
                total=page.total,
                hits=hits,
                facets=page.counting.facets(),
                suggestion=answered.suggestion,
                loosened=answered.loosened,
            )

    def _page(
        self, searcher: tantivy.Searcher, commit: _Commit, asked: CompiledQuery, counting: Counting
    ) -> _Page:
        query = asked.query
        if query.groups and query.limit:
            return self._grouped(searcher, asked, counting)
        size = max(query.limit, 1)  # tantivy panics at 0
        if query.sort == "relevance" and asked.is_everything and query.offset + size <= LEARNED:
            return _Page(counting, searcher.num_docs, self._first(searcher)[query.offset :][: query.limit])
        whole = asked.whole()
        if query.sort == "relevance" and asked.has_equals:
            # The same order as below without scores: half the time where everything is found.
            found = searcher.search(whole, size, offset=query.offset, order_by_field="prior")
            hits = [(_score(value), address) for value, address in found.hits]
            return _Page(counting, _count_of(found), hits[: query.limit])
        if query.sort == "relevance":
            few = query.offset + size <= WEIGHED // 10
            if few and asked.words and not asked.is_narrowed and asked.at_most > WEIGHED_FROM:
                weighed = self._weighed(searcher, commit, asked, whole, query.offset + size)
                if weighed is not None:
                    total, hits = weighed
                    return _Page(counting, total, hits[query.offset :][: query.limit])
            found = searcher.search(whole, size, offset=query.offset, weight_by_field="prior")
            return _Page(counting, _count_of(found), list(found.hits)[: query.limit])
        if query.sort == "recent":
            found = searcher.search(whole, size, offset=query.offset, order_by_field="updated")
            hits = [(0.0, address) for _, address in found.hits]
            return _Page(counting, _count_of(found), hits[: query.limit])
        return self._soonest(searcher, asked, counting)

    def _grouped(self, searcher: tantivy.Searcher, asked: CompiledQuery, counting: Counting) -> _Page:
        """The first of each group: all there is where that is little, else what each group has first."""
        query = asked.query
        found = searcher.search(asked.whole(), query.limit * len(query.groups), weight_by_field="prior")
        total, hits = _count_of(found), list(found.hits)
        if total > len(hits):
            among = [asked.among(group) for group in query.groups if group]
            parts = (searcher.search(one, query.limit, weight_by_field="prior", count=False) for one in among)
            hits = [hit for part in parts for hit in part.hits]
        return _Page(counting, total, hits)

    def _first(self, searcher: tantivy.Searcher) -> list[tuple[float, Any]]:
        """The first LEARNED of everything, by age and availability.

        Everything need not be put in order each time: the last time tells what is enough to be among the first.
        """
        if self._enough is not None:
            likely = queries.at_least(self._schema, self._enough)
            found = searcher.search(likely, LEARNED, order_by_field="prior")
            if len(found.hits) == LEARNED:
                return [(_score(value), address) for value, address in found.hits]
        found = searcher.search(queries.EVERYTHING, LEARNED, order_by_field="prior")
        self._enough = found.hits[-1][0] if len(found.hits) == LEARNED else None
        return [(_score(value), address) for value, address in found.hits]

    def _weighed(
        self,
        searcher: tantivy.Searcher,
        commit: _Commit,
        asked: CompiledQuery,
        whole: tantivy.Query,
        most: int,
    ) -> tuple[int, list[tuple[float, Any]]] | None:
        """How many are found and the first `most`, by score times prior; None where that is not certain.

        Looking up the prior of each of very many takes a quarter of the time. Here it is done for those with the
        best scores: whatever scores less than the last of them could not be among the first even with the highest
        prior there is.
        """
        plain, titled = asked.word_and_titled or (whole, None)
        found = searcher.search(plain, WEIGHED)
        best = {_place(address): (score, address) for score, address in found.hits}
        if titled:
            hits = searcher.search(titled, WEIGHED, count=False).hits
            if len(hits) == WEIGHED:
                return None  # so many have it as their title that some may be missing
            best |= {_place(address): (score, address) for score, address in hits}
        if not best:
            return 0, []
        scores, addresses = zip(*best.values(), strict=True)
        priors = searcher.fast_field_values("prior", list(addresses))
        weighed = [score * _score(float(prior or 0.0)) for score, prior in zip(scores, priors, strict=True)]
        least = sorted(weighed, reverse=True)[:most][-1]
        if len(found.hits) == WEIGHED and found.hits[-1][0] * self._highest(searcher, commit) >= least:
            return None
        first = [hit for hit in zip(weighed, best, addresses, strict=True) if hit[0] >= least]
        first.sort(key=lambda hit: (-hit[0], hit[1]))
        return _count_of(found), [(score, address) for score, _, address in first[:most]]

    def _highest(self, searcher: tantivy.Searcher, commit: _Commit) -> float:
        """The highest prior in the index."""
        if self._highest_in is None or self._highest_in[0] != commit:
            self._highest_in = (commit, self._first(searcher)[0][0])
        return self._highest_in[1]

    def _soonest(self, searcher: tantivy.Searcher, asked: CompiledQuery, counting: Counting) -> _Page:
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
        return _Page(counting, _count_of(first) + _count_of(others), found[: query.limit])

    def _hit(
        self, searcher: tantivy.Searcher, score: float, address: Any, query: Query, sought: Sought | None
    ) -> Hit:
        stored = searcher.doc(address)
        fragments = _bytes(stored, "fragments") if sought else b""
        source = _bytes(stored, "source")
        return hit_of(source, fragments, score=score, query=query, sought=sought)

    def suggest(self, text: str, *, language: str, kinds: Sequence[str], limit: int) -> list[Suggestion]:
        """See Engine.suggest."""
        with engine_errors("suggesting"):
            searcher, most = self._searcher(), limit * 5
            found: list[Any] = []
            for asked in queries.suggestions(self._schema, text, language, kinds):
                if len(found) < most:
                    more = searcher.search(asked, most, count=False, order_by_field="suggested")
                    found += [address for _, address in more.hits]
            sources = [_bytes(searcher.doc(address), "source") for address in found[:most]]
            return ranked(sources, text, language)[:limit]

    def fetch(self, keys: Sequence[tuple[str, str]], *, language: str) -> list[Hit]:
        """See Engine.fetch."""
        wanted = [key_of(kind, id) for kind, id in keys]
        if not wanted:
            return []
        with engine_errors("reading"):
            searcher = self._searcher()
            found = searcher.search(tantivy.Query.term_set_query(self._schema, "key", wanted), len(wanted))
            query = Query(language=language)
            hits = [self._hit(searcher, score, address, query, None) for score, address in found.hits]
        by_key = {(hit.kind, hit.id): hit for hit in hits}
        return [by_key[key] for key in keys if key in by_key]

    def near(self, vector: Any, *, limit: int) -> list[tuple[tuple[str, str], float]]:
        """See Engine.near."""
        with engine_errors("comparing meanings"):
            path = self.generations.current()
            found = lazy.nearest(path, vector, limit) if path else []
        return [(split_key(key), cosine) for key, cosine in found]

    def keys(self) -> list[tuple[str, str]]:
        """See Engine.keys."""
        with engine_errors("listing"):
            # The filter query leaves out terms that live on only in deleted documents.
            terms = self._searcher().terms_with_prefix("key", "", tantivy.Query.all_query(), None)
        return [split_key(term) for term, _ in terms]

    def check(self) -> None:
        """See Engine.check: in process there is nothing to reach."""

    def status(self) -> EngineStatus:
        """See Engine.status."""
        with engine_errors("reading"):
            searcher = self._searcher()
            path = self.generations.current()
            counted = count(searcher, queries.EVERYTHING, ["kind"], many=False)["kind"]
            size = sum(file.stat().st_size for file in path.iterdir()) if path else 0
            return EngineStatus(self.name, path.name if path else "", searcher.num_docs, size, counted)

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """See Engine.writing."""
        with self.generations.lock("writer.lock", self.wait):
            with engine_errors("opening"):
                path = self.generations.current()
                if path is None:
                    raise IndexMissing
            writer = Writer(path, self._schema)
            try:
                yield writer
            finally:
                writer.close()

    def set_aside(self, generation: str) -> None:
        """See Engine.set_aside."""
        with self.generations.lock("writer.lock", self.wait):
            path = self.generations.current()
            if path is not None and path.name == generation:
                self.generations.use_none()

    @contextmanager
    def rebuilding(self) -> Iterator[Rebuild]:
        """See Engine.rebuilding."""
        with self.generations.lock("rebuild.lock", 0):
            with engine_errors("making a new index"):
                path = self.generations.new()
            rebuild = Rebuild(self.generations, path, self._schema, wait=self.wait)
            try:
                yield rebuild
            finally:
                rebuild.writer.close()
                if not rebuild.finished:
                    self.generations.discard(path)
