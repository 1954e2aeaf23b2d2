"""Taking turns on a cluster: a lease in a small index, with a number that grows with every turn.

Whoever dies keeps the lease until it ends, or until another process of the same machine sees that the
holder is gone. Whoever was only slow and writes after its lease went to another is turned away: every
document carries the number of the turn that wrote it, and Elasticsearch refuses a lower one.

The number of an outbox row would not do: on PostgreSQL a transaction with a lower row may commit after
one with a higher, and its change would be refused for ever.
"""

from __future__ import annotations

import os
import socket
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from elasticsearch import ConflictError, NotFoundError

from search.engines.elastic.client import Connection
from search.errors import EngineBusy, EngineError

POLL = (0.02, 0.25)  # seconds between two tries, at first and at most
RENEW_AFTER = 5.0  # seconds; a lease renewed more often only makes work
MAPPING = {"dynamic": False, "properties": {}}


@dataclass
class Lease:
    """A turn that is ours; `number` is higher than that of every turn before."""

    locks: Locks
    name: str
    holder: str
    number: int
    seconds: float
    place: dict[str, int]  # which writing of the lock's document is ours
    renewed: float

    def renew(self) -> None:
        """Say that we are still at it. Raises EngineBusy when another took over."""
        if time.monotonic() - self.renewed >= RENEW_AFTER:
            place = self.locks.write(self, self.holder, time.time() + self.seconds)
            if place is None:
                raise EngineBusy(f"Another process took over {self.name} of {self.locks.index}.")
            self.place, self.renewed = place, time.monotonic()


class Locks:
    """The leases below an index prefix."""

    def __init__(self, connection: Connection, prefix: str) -> None:
        self.connection = connection
        self.index = f"{prefix}-locks"

    @contextmanager
    def hold(self, name: str, *, wait: float, seconds: float) -> Iterator[Lease]:
        """Hold the lease `name`, waiting up to `wait` seconds; it ends `seconds` after the last renewal.

        Raises EngineBusy when it is not ours in time.
        """
        lease = self._taken(name, wait, seconds)
        try:
            yield lease
        finally:
            with suppress(EngineError):  # then it ends by itself
                self.write(lease, "", 0.0)

    def _taken(self, name: str, wait: float, seconds: float) -> Lease:
        holder = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex}"
        until = time.monotonic() + wait
        pause = POLL[0]
        while True:
            with self.connection.errors("waiting for its turn"):
                found = self._read(name)
            if found is None or _is_free(found["_source"]):
                lease = self._take(name, holder, seconds, found)
                if lease is not None:
                    return lease
            if time.monotonic() >= until:
                raise EngineBusy(f"Another process holds {name} of {self.index}.")
            time.sleep(pause)
            pause = min(pause * 1.5, POLL[1])

    def _read(self, name: str) -> dict[str, Any] | None:
        client = self.connection.writer
        try:
            return dict(client.get(index=self.index, id=name))
        except NotFoundError:
            if not client.indices.exists(index=self.index):
                settings = {"auto_expand_replicas": "0-1", "number_of_shards": 1}
                client.options(ignore_status=400).indices.create(
                    index=self.index, mappings=MAPPING, settings=settings
                )
            return None

    def _take(self, name: str, holder: str, seconds: float, found: dict[str, Any] | None) -> Lease | None:
        """The lease, None where another was quicker."""
        before = int(found["_source"]["number"]) if found else 0
        # Milliseconds, so that the numbers go on growing when somebody deletes the index of locks.
        number = max(before + 1, int(time.time() * 1000))
        place = {"seq": found["_seq_no"], "term": found["_primary_term"]} if found else {}
        lease = Lease(self, name, holder, number, seconds, place, time.monotonic())
        written = self.write(lease, holder, time.time() + seconds)
        if written is None:
            return None
        lease.place = written
        return lease

    def write(self, lease: Lease, holder: str, until: float) -> dict[str, int] | None:
        """Write the lock's document in place of the one we know; None when it is another by now."""
        client = self.connection.writer
        only: dict[str, Any] = {"op_type": "create"}
        if lease.place:
            only = {"if_seq_no": lease.place["seq"], "if_primary_term": lease.place["term"]}
        document = {"holder": holder, "until": until, "number": lease.number}
        with self.connection.errors("taking its turn"):
            try:
                answer = client.index(index=self.index, id=lease.name, document=document, **only)
            except ConflictError:
                # A try that was repeated after a lost answer meets its own first writing.
                now = self._read(lease.name)
                if now is None or now["_source"] != document or not holder:
                    return None
                return {"seq": now["_seq_no"], "term": now["_primary_term"]}
            return {"seq": answer["_seq_no"], "term": answer["_primary_term"]}


def _is_free(lock: dict[str, Any]) -> bool:
    holder = str(lock["holder"])
    return not holder or float(lock["until"]) < time.time() or _is_dead(holder)


def _is_dead(holder: str) -> bool:
    """Whether the holder was a process of this machine that is no more."""
    host, process, _ = holder.rsplit(":", 2)
    if host != socket.gethostname():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
