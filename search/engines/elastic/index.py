"""The indices of one site on a cluster: their fields, their generations, and writing into them.

PREFIX-v3            alias of the generation in use, for programs whose schema is v3
PREFIX-v3-000007     one whole index
PREFIX-v3-000008-new alias that only an index being built has, so that nothing is written past its end
PREFIX-locks         whose turn it is

Old and new release may run side by side: each reads the alias of its own schema.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from elasticsearch import BadRequestError, NotFoundError

from search.analysis import LONGEST_PREFIX, STORED_PREFIX
from search.engines.elastic.client import Connection
from search.engines.elastic.query import FACET_FIELDS, TEXT_FIELDS, facet_field
from search.engines.index_schema import SCHEMA_VERSION, SPELLED, Entry, entry_of, key_of
from search.errors import EngineBusy, EngineError
from search.semantic import lazy
from search.types import MAX_LIMIT, MAX_OFFSET, Change

LARGEST_BULK = 8_000_000  # bytes of one request; a server takes 100 MB, a proxy before it often less
MOST_IN_BULK = 1_000
BUSY_PAUSES = (0.1, 0.4, 1.5, 4.0)  # seconds before what a node had no room for is sent again
DIMENSIONS = 384  # of the vectors of `search.semantic`
BUSY = (429, 502, 503, 504)

Operation = tuple[dict[str, Any], str | None]  # what to do, and the document as JSON


class Refused(ValueError):
    """The engine is well but does not take this document."""


def mappings() -> dict[str, Any]:
    """The fields of the index. Words come from `search.analysis`; the engine only takes them apart."""
    words = {"type": "text", "analyzer": "whitespace"}
    stored = {"type": "keyword", "index": False, "doc_values": False}
    fields: dict[str, Any] = {"key": {"type": "keyword"}, "whole": {"type": "keyword", "doc_values": False}}
    for name in TEXT_FIELDS:
        fields[name] = {**words, "index_options": "freqs"}
        fields[f"{name}_exact"] = {**words, "index_options": "positions"}
    for name in ("prefixes", "openings", "spelling"):
        fields[name] = {**words, "index_options": "docs", "norms": False}
    for name in ("prefixes", "openings"):
        # What is longer than the beginnings that are stored is looked for by one term too: a cluster may refuse
        # to look through many ("search.allow_expensive_queries").
        fields[name]["index_prefixes"] = {"min_chars": STORED_PREFIX + 1, "max_chars": LONGEST_PREFIX}
    for name in FACET_FIELDS:
        fields[name] = {"type": "keyword"}
    fields |= {
        "prior": {"type": "double"},
        "suggested": {"type": "double"},
        "updated": {"type": "long"},
        "starts": {"type": "long"},
    }
    fields |= {"source": stored, "fragments": stored}
    # Empty, and free, while the extra of meaning is off.
    vector = {"type": "dense_vector", "dims": DIMENSIONS, "index": True, "similarity": "cosine"}
    fields["meanings"] = {"type": "nested", "properties": {"vector": vector}}
    # The words are in the index; keeping them a second time would double its size.
    return {"dynamic": "strict", "_source": {"includes": ["source", "fragments"]}, "properties": fields}


def stored(entry: Entry) -> dict[str, Any]:
    """An entry as Elasticsearch takes it."""
    return {
        **entry.fields,
        **{facet_field(name): values for name, values in entry.facets.items()},
        facet_field("kind"): entry.kind,
        "key": entry.key,
        "whole": entry.wholes,
        "prefixes": entry.prefixes,
        "openings": entry.openings,
        # The words of these fields again, in one: a suggester of terms reads one field.
        "spelling": " ".join(dict.fromkeys(" ".join([entry.fields[name] for name in SPELLED]).split())),
        "prior": entry.prior,
        "suggested": entry.suggested,
        "updated": entry.updated,
        "starts": entry.starts,
        "source": entry.source.decode(),
        "fragments": entry.fragments.decode(),
    }


class Generations:
    """The generations below the prefix of a connection's address."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.prefix = connection.address.prefix
        self.alias = f"{self.prefix}-{SCHEMA_VERSION}"
        self._name = re.compile(rf"{re.escape(self.prefix)}-v\d+-(\d{{6,}})")

    def all(self) -> dict[str, set[str]]:
        """Every generation, oldest first, with its aliases."""
        with self.connection.errors("looking for its indices"):
            answer = self.connection.writer.indices.get_alias(
                index=f"{self.prefix}-v*", expand_wildcards="all"
            )
        found = {name: set(about["aliases"]) for name, about in answer.items() if self._name.fullmatch(name)}
        return dict(sorted(found.items(), key=lambda item: self._number(item[0])))

    def _number(self, name: str) -> int:
        found = self._name.fullmatch(name)
        return int(found[1]) if found else 0

    def current(self) -> str | None:
        """The generation in use; None before the first was made.

        Raises EngineError where only an older or newer release has one: it must be rebuilt.
        """
        found = self.all()
        for name, aliases in found.items():
            if self.alias in aliases:
                return name
        used = [name for name, aliases in found.items() if aliases and building(name) not in aliases]
        if used:
            raise EngineError(f"The index {used[-1]} is of another release. Run: manage.py search rebuild")
        return None

    def create(self) -> str:
        """The next generation, empty, to be built."""
        number = max(map(self._number, self.all()), default=0) + 1
        name = f"{self.alias}-{number:06d}"
        address = self.connection.address
        settings: dict[str, Any] = {"max_result_window": MAX_OFFSET + MAX_LIMIT}
        settings |= {"number_of_shards": address.shards} if address.shards else {}
        if address.replicas is None:
            settings["auto_expand_replicas"] = "0-1"  # none on a single node, one on a cluster
        else:
            settings["number_of_replicas"] = address.replicas
        settings["refresh_interval"] = "-1"  # nobody reads it yet
        aliases: dict[str, Any] = {building(name): {}}
        with self.connection.errors("making a new index"):
            try:
                self.connection.writer.indices.create(
                    index=name, mappings=mappings(), settings=settings, aliases=aliases
                )
            except BadRequestError as error:
                if "resource_already_exists" in str(error.message):
                    raise EngineBusy(f"Another process makes {name} just now.") from error
                raise
        return name

    def prepare(self, name: str) -> None:
        """Make what was written into a new generation readable; of a large one this takes its time."""
        client = self.connection.writer
        with self.connection.errors("making its new index readable"):
            client.indices.put_settings(index=name, settings={"refresh_interval": None})
            client.indices.refresh(index=name)

    def use(self, name: str) -> None:
        """Point readers at `name`, and drop all but it and the one before."""
        client = self.connection.writer
        before = self.all()
        old = [other for other, aliases in before.items() if self.alias in aliases]
        actions: list[dict[str, Any]] = [
            {"remove": {"index": name, "alias": building(name), "must_exist": True}},
            *({"remove": {"index": other, "alias": self.alias}} for other in old),
            {"add": {"index": name, "alias": self.alias, "is_write_index": True}},
        ]
        with self.connection.errors("swapping its indices"):
            client.indices.update_aliases(actions=actions)
        # A reader may still be answering from the one before, or an older release may.
        used = [other for other, aliases in before.items() if aliases and building(other) not in aliases]
        for other in before:
            if other != name and other not in used[-1:]:
                self.discard(other)

    def use_none(self, name: str) -> None:
        """Point readers at nothing, where they read `name`."""
        with self.connection.errors("taking its index out of use"):
            client = self.connection.writer.options(ignore_status=404)
            client.indices.delete_alias(index=name, name=self.alias)

    def discard(self, name: str) -> None:
        """Remove a generation."""
        with self.connection.errors("removing an old index"):
            self.connection.writer.indices.delete(index=name, ignore_unavailable=True)


def building(name: str) -> str:
    """The alias that an index has while it is built."""
    return f"{name}-new"


class Writer:
    """Writes into the index behind an alias, as the turn of a number."""

    def __init__(self, connection: Connection, alias: str, number: int) -> None:
        self.connection = connection
        self.alias = alias
        self.number = number

    def add(self, changes: Sequence[Change], *, visible: bool) -> None:
        """Write and remove; `visible` to readers when it returns.

        Raises EngineError when the engine did not take them, and Refused for a document at fault.
        """
        for bulk in _bulks(list(self._operations(changes))):
            self._send(bulk, visible)

    def _operations(self, changes: Sequence[Change]) -> Iterator[Operation]:
        for change in changes:
            what = {"_id": key_of(change.kind, change.id), "version": self.number}
            what |= {"version_type": "external_gte"}
            if change.document is None:
                yield {"delete": what}, None
            else:
                document = stored(entry_of(change.document))
                if change.vectors:
                    document["meanings"] = [{"vector": numbers} for numbers in lazy.numbers(change.vectors)]
                yield {"index": what}, json.dumps(document, ensure_ascii=False, separators=(",", ":"))

    def _send(self, operations: list[Operation], visible: bool) -> None:
        """Send, and send again what a node had no room or no shard for."""
        for pause in (*BUSY_PAUSES, None):
            body: list[Any] = [line for operation in operations for line in operation if line is not None]
            with self.connection.errors("writing"):
                answer = self.connection.writer.bulk(
                    operations=body, index=self.alias, require_alias=True, refresh=visible, timeout="20s"
                )
            if not answer["errors"]:
                return
            results = [next(iter(item.values())) for item in answer["items"]]
            failed = [
                (operation, result)
                for operation, result in zip(operations, results, strict=True)
                if "error" in result
            ]
            if not failed:
                return
            for _, result in failed:
                if result["status"] not in BUSY:
                    raise _failure(result)
            if pause is None:
                raise EngineError(f"Elasticsearch has no room for changes: {_why(failed[0][1])}")
            time.sleep(pause)
            operations = [operation for operation, _ in failed]


def _bulks(operations: list[Operation]) -> Iterator[list[Operation]]:
    held: list[Operation] = []
    size = 0
    for operation in operations:
        weight = len((operation[1] or "").encode()) + 200
        if held and (size + weight > LARGEST_BULK or len(held) >= MOST_IN_BULK):
            yield held
            held, size = [], 0
        held.append(operation)
        size += weight
    if held:
        yield held


def _failure(result: Mapping[str, Any]) -> Exception:
    if result["status"] == 409:
        return EngineBusy("Another process took over the writing; what it has not written is tried again.")
    if result["status"] == 404:
        return EngineError("The search index was removed while it was written to.")
    if result["status"] == 400:
        return Refused(f"Elasticsearch refuses {result['_id']}: {_why(result)}")
    return EngineError(f"Elasticsearch answered {result['status']}: {_why(result)}")


def _why(result: Mapping[str, Any]) -> str:
    error = result["error"]
    return str(error.get("reason", error) if isinstance(error, dict) else error)[:500]


def missing(error: NotFoundError) -> bool:
    """Whether an answer says that the index is not there."""
    return "index_not_found" in str(error.message)
