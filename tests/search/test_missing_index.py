"""An index that is gone, or that lacks most of what there is: nobody is told that there is nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from search import tasks
from search.api import drain, find, status
from search.checks import tell_at_start
from search.engines.factory import current_engine
from search.errors import IndexMissing
from search.models import OutboxEntry
from search.types import Query
from tests.factories.directory import PersonFactory
from tests.search.conftest import ON_BOTH
from tests.search_fixtures import Index, empty

pytestmark = pytest.mark.django_db
EVERYBODY = Query(kinds=("person",), limit=100)


def test_only_a_rebuild_makes_an_index(settings: Any, tmp_path: Path, client: Client) -> None:
    settings.SEARCH_URL, settings.INDEX_DIR = "tantivy://", tmp_path / "none"
    PersonFactory(name="Wanda")
    with pytest.raises(IndexMissing):
        drain()
    assert OutboxEntry.objects.pending().exists()
    assert not status().built
    page = client.get("/en/people/").content.decode()
    assert "Wanda" in page
    assert "Search is being rebuilt" in page
    cache.clear()
    tasks.sweep()
    assert status().built
    assert not OutboxEntry.objects.pending().exists()
    page = client.get("/en/people/").content.decode()
    assert "Wanda" in page
    assert "Search is being rebuilt" not in page


@ON_BOTH
def test_one_that_lacks_most_is_taken_out_of_use_and_built_anew(index: Index) -> None:
    PersonFactory.create_batch(24)
    index.drain()
    empty(current_engine())  # as a disk from before yesterday's import would be
    assert find(EVERYBODY).total == 0
    cache.clear()
    tasks.sweep()
    assert find(EVERYBODY).total == 24


@ON_BOTH
def test_what_only_waits_is_no_loss(index: Index) -> None:
    PersonFactory.create_batch(24)
    generation = current_engine().status().generation
    cache.clear()
    tasks.sweep()
    assert find(EVERYBODY).total == 24
    assert current_engine().status().generation == generation


@pytest.mark.django_db(transaction=True)
def test_so_it_is_when_the_web_server_starts(index: Index, caplog: pytest.LogCaptureFixture) -> None:
    PersonFactory.create_batch(24)
    empty(current_engine())
    tell_at_start().join()
    results = find(EVERYBODY)
    assert (results.total, results.degraded) == (24, True)
    assert "It is built anew." in caplog.text
