"""The taxonomy in memory: no query while nothing changes, and never older than the last change."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from directory.models import CapacityText
from directory.taxonomy import services
from directory.taxonomy.labels import VERSION_KEY, all_labels, known_labels
from search.api import find
from search.types import Query
from tests.factories.directory import CapacityFactory, PersonFactory
from tests.search_fixtures import Index, index  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)


def test_pages_read_the_taxonomy_once_and_again_after_a_change(django_assert_num_queries: Any) -> None:
    capacity = CapacityFactory(slug="governance", label="Governance")
    assert known_labels().label("governance", "en") == "Governance"
    with django_assert_num_queries(0):
        assert known_labels().slug_of(capacity.pk) == "governance"
    row = CapacityText.objects.get(capacity=capacity, language="en", role="preferred")
    row.text = "Governing well"
    row.save()
    assert known_labels().label("governance", "en") == "Governing well"


def test_a_capacity_without_an_english_label_is_called_as_the_capacity_itself_says() -> None:
    capacity = CapacityFactory(slug="wissen", label="Wissen")
    CapacityText.objects.filter(capacity=capacity).update(language="de")
    assert known_labels().label("wissen", "fr") == capacity.label("fr") == "Wissen"


def test_another_process_tells_by_the_shared_version() -> None:
    CapacityFactory(slug="governance", label="Governance")
    known_labels()
    # update() sends no signal: as if another process had written.
    CapacityText.objects.filter(text="Governance").update(text="Governing well")
    assert known_labels().label("governance", "en") == "Governance"
    cache.delete(VERSION_KEY)
    assert known_labels().label("governance", "en") == "Governing well"


def test_what_a_transaction_writes_is_seen_in_it_and_forgotten_when_it_is_rolled_back() -> None:
    capacity = CapacityFactory(slug="governance", label="Governance")
    known_labels()
    with transaction.atomic():
        CapacityText.objects.filter(capacity=capacity).update(text="Never said")
        assert known_labels().label("governance", "en") == "Never said"
        transaction.set_rollback(True)
    assert known_labels().label("governance", "en") == "Governance"


def statements(work: Any) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        work()
    return [query["sql"] for query in captured if 'FROM "directory_capacitytext"' in query["sql"]]


def test_drains_keep_the_labels_until_one_changes(index: Index) -> None:  # noqa: F811
    """A change of a person costs what the person costs, however many capacities there are."""
    capacity = CapacityFactory(slug="governance", label="Governance")
    person = PersonFactory(name="Invented Person", offers=[capacity])
    index.drain()
    assert statements(person.save) == []  # drained when it is committed
    services.change(capacity, wikidata_id="", texts=[("en", "preferred", "Governing well")], by=None)
    assert [hit.id for hit in find(Query(text="governing", kinds=("person",))).hits] == [str(person.pk)]


def test_a_drain_sees_a_change_before_the_cache_hears_of_it() -> None:
    capacity = CapacityFactory(slug="governance", label="Governance")
    assert all_labels().label("governance", "en") == "Governance"
    version = cache.get(VERSION_KEY)
    services.change(capacity, wikidata_id="", texts=[("en", "preferred", "Governing well")], by=None)
    cache.set(VERSION_KEY, version)
    assert all_labels().label("governance", "en") == "Governing well"
