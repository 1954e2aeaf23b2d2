"""The taxonomy in memory: no query while nothing changes, and never older than the last change."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction

from directory.capacities.labels import VERSION_KEY, known_labels
from directory.models import CapacityText
from tests.factories.directory import CapacityFactory

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
