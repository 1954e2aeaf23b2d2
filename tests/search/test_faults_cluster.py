"""A thousand changes on a cluster of three, one of which dies in the middle: nothing is lost, no page fails."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from search.api import drain, find, verify
from search.engines.factory import current_engine
from search.errors import EngineError
from search.indexing import updates
from search.models import OutboxEntry
from search.types import Query
from tests import elasticsearch_server
from tests.elasticsearch_server import Server
from tests.search.conftest import NoteDocuments, without
from tests.search_fixtures import empty

pytestmark = pytest.mark.engines

CHANGES = 1_000


@pytest.fixture(scope="module")
def three() -> Iterator[Server]:
    """Three nodes on loopback."""
    try:
        with elasticsearch_server.running(nodes=3, quick=True) as server:
            yield server
    except elasticsearch_server.Missing as reason:
        without(str(reason))


class Reader(threading.Thread):
    """Asks for the search page again and again, as a visitor would."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.stopping = threading.Event()
        self.answers: list[int] = []
        self.slowest = 0.0

    def run(self) -> None:
        """Collect the status of each page."""
        client = Client(raise_request_exception=False)
        url = reverse("search:search")
        while not self.stopping.wait(0.1):
            began = time.monotonic()
            self.answers.append(client.get(url, {"q": "harbour walk"}).status_code)
            self.slowest = max(self.slowest, time.monotonic() - began)
        connection.close()

    def stop(self) -> None:
        """End it and wait."""
        self.stopping.set()
        self.join(60)


@pytest.mark.django_db(transaction=True)
def test_a_node_killed_in_the_middle_of_a_thousand_changes_loses_none_and_fails_no_page(
    notes: type[NoteDocuments], three: Server, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SEARCH_URL = f"elasticsearch://{','.join(three.hosts)}/faults?tls=off&shards=3&replicas=1"
    settings.SEARCH_DRAIN = "off"
    monkeypatch.setattr(updates, "BATCH", 40)  # as many turns as a busy day has
    empty(current_engine())
    three.wait()  # every shard and its copy are there
    with transaction.atomic():
        for number in range(CHANGES):
            Group.objects.create(name=f"Harbour walk {number}")
    reader = Reader()
    reader.start()
    try:
        killer = threading.Thread(target=kill_after, args=(three, CHANGES // 4))
        killer.start()
        until = time.monotonic() + 120
        while OutboxEntry.objects.pending().exists() and time.monotonic() < until:
            try:
                drain()
            except EngineError:
                time.sleep(0.2)  # the sweep of the queue comes again, too
        killer.join(60)
    finally:
        reader.stop()

    assert three.nodes[0].process is None
    assert OutboxEntry.objects.dead().count() == 0
    assert verify().agrees
    results = find(Query("harbour walk", limit=0))
    assert not results.degraded
    assert results.total == CHANGES
    assert len(reader.answers) > 10
    assert set(reader.answers) == {200}


def kill_after(server: Server, changes: int) -> None:
    """Kill the first node of the address once so many changes are in the index."""
    until = time.monotonic() + 60
    while OutboxEntry.objects.exclude(done_at=None).count() < changes and time.monotonic() < until:
        time.sleep(0.01)
    server.kill(0)
    connection.close()
