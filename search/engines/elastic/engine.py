"""The distributed engine: an Elasticsearch cluster, for a site of many processes on many machines.

It stores the words of `search.analysis` and ranks by `search.engines.weights`, as the embedded engine
does, so both give the same answers. Tested with Elasticsearch 9.5; any 9 will do, with nothing installed.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from elasticsearch import ApiError, Elasticsearch

from search.analysis import QueryWord
from search.engines.base import facet_values
from search.engines.elastic import query as queries
from search.engines.elastic.client import Connection
from search.engines.elastic.config import Address
from search.engines.elastic.index import Generations, Writer, building
from search.engines.elastic.locks import Lease, Locks
from search.engines.elastic.query import TEXT_FIELDS, CompiledQuery, any_of
from search.engines.hits import by_group, hit_of
from search.engines.index_schema import key_of, split_key
from search.engines.query_plan import answer
from search.engines.suggestions import ranked
from search.errors import EngineBusy, IndexMissing
from search.highlight import Sought
from search.types import Change, EngineStatus, FacetValue, Hit, Query, Results, Suggestion

logger = logging.getLogger(__name__)
WRITING_LEASE = 60.0  # seconds; longer than a batch takes, see elastic_locks for who dies with it
REBUILDING_LEASE = 300.0
CHECK_TIMEOUT = 3.0  # seconds
LISTED = 5_000  # keys read with one request
NEAR = 50  # known words looked at for one that is not known


class _Page(NamedTuple):
    """One page of hits as the server gives them, how many there are on all, and the counts of facets."""

    asked: CompiledQuery
    total: int
    hits: list[tuple[float, Mapping[str, Any]]]
    counts: Mapping[str, Any]


class ElasticEngine:
    """The indices at `address`; `wait` is how many seconds a writer waits for its turn."""

    name = "elasticsearch"

    def __init__(self, address: Address, *, wait: float = 30.0) -> None:
        self.connection = Connection(address)
        self.generations = Generations(self.connection)
        self.locks = Locks(self.connection, address.prefix)
        self.wait = wait
        self._turn = threading.Lock()  # threads of one process queue here, not at the server

    def _search(self, client: Elasticsearch, **body: Any) -> Mapping[str, Any]:
        """A search that answers from all shards or not at all."""
        found = client.search(
            index=self.generations.alias,
            allow_partial_search_results=False,
            search_type="dfs_query_then_fetch",  # words weigh the same on every shard
            **body,
        )
        return found.body  # type: ignore[no-any-return]

    def search(self, query: Query) -> Results:
        """See Engine.search."""
        with self.connection.errors("searching") as client:
            answered = answer(
                query,
                lambda wording: self._page(client, CompiledQuery(query, wording)),
                _Vocabulary(self, client),
            )
        page = answered.found
        sought = Sought.of_words(answered.wording.words) if query.text else None
        return Results(
            total=page.total,
            hits=by_group((_hit(score, source, query, sought) for score, source in page.hits), query),
            facets={name: self._facet(page, name) for name in query.facets},
            suggestion=answered.suggestion,
            loosened=answered.loosened,
        )

    def _page(self, client: Elasticsearch, asked: CompiledQuery) -> _Page:
        query = asked.query
        common = {
            "source_includes": ["source", "fragments"] if query.text else ["source"],
            "track_total_hits": True,
            "preference": queries.same_copy(query),
        }
        if query.sort == "soon":
            return self._soonest(client, asked, common)
        if query.groups and query.limit:
            return self._grouped(client, asked, common)
        order = queries.BY_CHANGE if query.sort == "recent" else queries.BY_SCORE
        found = self._search(
            client, **asked.body(), sort=order, from_=query.offset, size=query.limit, **common
        )
        return _Page(asked, _total(found), _hits(found), found.get("aggregations", {}))

    def _grouped(self, client: Elasticsearch, asked: CompiledQuery, common: dict[str, Any]) -> _Page:
        """The first of each group, with one request for all."""
        aggs = {"groups": queries.first_of_groups(asked.query, common.pop("source_includes"))}
        found = self._search(client, **{**asked.body(), "aggs": aggs}, size=0, **common)
        buckets = found["aggregations"]["groups"]["buckets"]
        return _Page(asked, _total(found), [hit for bucket in buckets for hit in _hits(bucket["first"])], {})

    def _soonest(self, client: Elasticsearch, asked: CompiledQuery, common: dict[str, Any]) -> _Page:
        """What is still to come in the order of its beginning, then everything else by relevance."""
        query = asked.query
        first = self._search(
            client,
            **asked.body(also=queries.coming()),
            sort=queries.BY_START,
            from_=query.offset,
            size=query.limit,
            **common,
        )
        hits, before = _hits(first), _total(first)
        body = asked.body(also={"bool": {"must_not": [queries.coming()]}})
        body["aggs"] = {}
        others = self._search(
            client,
            **body,
            sort=queries.BY_SCORE,
            from_=max(query.offset - before, 0),
            size=query.limit - len(hits),
            **common,
        )
        hits += _hits(others)
        return _Page(asked, before + _total(others), hits, first.get("aggregations", {}))

    @staticmethod
    def _facet(page: _Page, name: str) -> list[FacetValue]:
        counted = page.counts[name]["values"]
        if counted["sum_other_doc_count"]:
            logger.warning("The facet %s has more than %s values; the rest are not shown", name, len(counted))
        counts = {str(bucket["key"]): int(bucket["doc_count"]) for bucket in counted["buckets"]}
        return facet_values(counts, page.asked.chosen(name))

    def suggest(self, text: str, *, language: str, kinds: Sequence[str], limit: int) -> list[Suggestion]:
        """See Engine.suggest."""
        asked = queries.suggestions(text, language, kinds)
        if asked is None:
            return []
        with self.connection.errors("suggesting") as client:
            found = self._search(
                client, query=asked, sort=queries.BY_SUGGESTED, size=limit * 5, source_includes=["source"]
            )
        return ranked([source["source"] for _, source in _hits(found)], text, language)[:limit]

    def fetch(self, keys: Sequence[tuple[str, str]], *, language: str) -> list[Hit]:
        """See Engine.fetch."""
        wanted = [key_of(kind, id) for kind, id in keys]
        if not wanted:
            return []
        with self.connection.errors("reading") as client:
            found = self._search(
                client,
                query=queries.constant(queries.any_of("key", wanted), 1.0),
                size=len(wanted),
                source_includes=["source"],
            )
        query = Query(language=language)
        hits = [_hit(score, source, query, None) for score, source in _hits(found)]
        by_key = {(hit.kind, hit.id): hit for hit in hits}
        return [by_key[key] for key in keys if key in by_key]

    def near(self, vector: Any, *, limit: int) -> list[tuple[tuple[str, str], float]]:
        """See Engine.near."""
        with self.connection.errors("comparing meanings") as client:
            found = client.search(
                index=self.generations.alias,
                allow_partial_search_results=False,
                knn=queries.nearest(vector, limit),
                size=limit,
                source=False,
            )
        # Elasticsearch moves cosines to where none is negative.
        return [(split_key(hit["_id"]), float(hit["_score"]) * 2 - 1) for hit in found["hits"]["hits"]]

    def keys(self) -> Iterator[tuple[str, str]]:
        """See Engine.keys."""
        after: dict[str, Any] = {}
        while True:
            with self.connection.errors("listing") as client:
                found = self._search(
                    client,
                    query=queries.EVERYTHING,
                    sort=[{"key": "asc"}],
                    size=LISTED,
                    source=False,
                    **after,
                )
            hits = found["hits"]["hits"]
            yield from (split_key(hit["sort"][0]) for hit in hits)
            if len(hits) < LISTED:
                return
            after = {"search_after": hits[-1]["sort"]}

    def check(self) -> None:
        """See Engine.check."""
        with self.connection.errors("looking whether it is there"):
            client = self.connection.client.options(request_timeout=CHECK_TIMEOUT, max_retries=0)
            # An index that is not there yet is no fault; one by name asks for the right to it, a pattern does not.
            client.options(ignore_status=404).indices.get_alias(index=self.generations.alias)

    def status(self) -> EngineStatus:
        """See Engine.status."""
        kinds = {"kinds": {"terms": {"field": "f_kind", "size": 100}}}
        with self.connection.errors("reading") as client:
            found = self._search(client, query=queries.EVERYTHING, size=0, track_total_hits=True, aggs=kinds)
            name = next(iter(client.indices.get_alias(name=self.generations.alias)))
            size = _size(client, name)
        counts = {bucket["key"]: bucket["doc_count"] for bucket in found["aggregations"]["kinds"]["buckets"]}
        return EngineStatus(self.name, name, _total(found), size, counts)

    @contextmanager
    def _writing_turn(self) -> Iterator[Lease]:
        if not self._turn.acquire(timeout=self.wait):
            raise EngineBusy("Other threads have been writing for too long.")
        try:
            with self.locks.hold("writer", wait=self.wait, seconds=WRITING_LEASE) as lease:
                yield lease
        finally:
            self._turn.release()

    @contextmanager
    def writing(self) -> Iterator[_Writing]:
        """See Engine.writing."""
        with self._writing_turn() as lease:
            if self.generations.current() is None:
                raise IndexMissing
            yield _Writing(Writer(self.connection, self.generations.alias, lease.number), [lease])

    def set_aside(self, generation: str) -> None:
        """See Engine.set_aside."""
        with self._writing_turn():
            self.generations.use_none(generation)

    @contextmanager
    def rebuilding(self) -> Iterator[_Rebuild]:
        """See Engine.rebuilding."""
        with self.locks.hold("rebuild", wait=0, seconds=REBUILDING_LEASE) as lease:
            rebuild = _Rebuild(self, self.generations.create(), lease)
            try:
                yield rebuild
            finally:
                if not rebuild.finished:
                    self.generations.discard(rebuild.index)


class _Writing:
    """The turn to write; what is written is visible when `apply` returns."""

    def __init__(self, writer: Writer, leases: Sequence[Lease]) -> None:
        self.writer = writer
        self.leases = leases

    def apply(self, changes: Sequence[Change]) -> None:
        """See Writing.apply."""
        for lease in self.leases:
            lease.renew()
        self.writer.add(changes, visible=True)


class _Rebuild:
    """A new generation that nobody reads until `finish`."""

    def __init__(self, engine: ElasticEngine, index: str, lease: Lease) -> None:
        self.engine = engine
        self.index = index
        self.lease = lease
        self.finished = False

    def _writer(self, number: int) -> Writer:
        return Writer(self.engine.connection, building(self.index), number)

    def part(self) -> None:
        """See Rebuilding.part: a cluster takes the documents from one process as fast as it can write them."""

    def apply(self, changes: Sequence[Change]) -> None:
        """See Rebuilding.apply."""
        self.lease.renew()
        self._writer(self.lease.number).add(changes, visible=False)

    def finish(self, replay: Callable[[_Writing], None]) -> None:
        """See Rebuilding.finish."""
        self.lease.renew()
        self.engine.generations.prepare(self.index)  # before others have to wait for us
        with self.engine._writing_turn() as turn:
            number = max(turn.number, self.lease.number)
            replay(_Writing(self._writer(number), [self.lease, turn]))
            turn.renew()
            self.engine.generations.use(self.index)
            self.finished = True


class _Vocabulary:
    """The words of the index, for `search.engines.query_plan`."""

    def __init__(self, engine: ElasticEngine, client: Elasticsearch) -> None:
        self.engine = engine
        self.client = client

    def counts(self, words: Sequence[QueryWord]) -> list[int]:
        """See asking.Vocabulary.counts; one request for all words."""
        clauses = [
            any_of(field, forms)
            for word in words
            for name in TEXT_FIELDS
            for field, forms in ((name, word.forms), (f"{name}_exact", word.exact))
        ]
        counts = iter(self._counts(clauses))
        return [max(next(counts) for _ in range(2 * len(TEXT_FIELDS))) for _ in words]

    def near(self, word: str, edits: int) -> dict[str, int]:
        """See asking.Vocabulary.near."""
        about = {
            "field": "spelling",
            "suggest_mode": "always",
            "max_edits": edits,
            "prefix_length": 1,
            "min_word_length": 1,
            "max_term_freq": 1_000_000_000,
            "accuracy": 0.01,
            "max_inspections": 50,
            "size": NEAR,
            "shard_size": NEAR,
        }
        found = self.engine._search(self.client, size=0, suggest={"near": {"text": word, "term": about}})
        known = [option["text"] for part in found["suggest"]["near"] for option in part["options"]]
        # The dictionary keeps the words of removed objects for a while; only words that some object has count.
        counts = self._counts([{"term": {"spelling": term}} for term in known]) if known else []
        return {term: count for term, count in zip(known, counts, strict=True) if count}

    def _counts(self, clauses: list[dict[str, Any]]) -> list[int]:
        """How many objects each clause has."""
        aggs = {"counts": {"filters": {"filters": clauses}}}
        found = self.engine._search(self.client, size=0, aggs=aggs)
        return [int(bucket["doc_count"]) for bucket in found["aggregations"]["counts"]["buckets"]]


def _hit(score: float, source: Mapping[str, Any], query: Query, sought: Sought | None) -> Hit:
    fragments = source.get("fragments", "") if sought else ""
    return hit_of(source["source"], fragments, score=score, query=query, sought=sought)


def _hits(found: Mapping[str, Any]) -> list[tuple[float, Mapping[str, Any]]]:
    return [(float(hit["_score"] or 0.0), hit["_source"]) for hit in found["hits"]["hits"]]


def _total(found: Mapping[str, Any]) -> int:
    return int(found["hits"]["total"]["value"])


def _size(client: Elasticsearch, index: str) -> int:
    """Bytes of the index without its copies; 0 where the service does not tell."""
    try:
        stats = client.indices.stats(index=index, metric="store")
    except ApiError:
        return 0
    return int(stats["indices"][index]["primaries"]["store"]["size_in_bytes"])
