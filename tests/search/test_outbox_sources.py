"""What was saved is written down once; which documents show it is found out when the outbox is drained."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models.signals import m2m_changed, post_save, pre_delete

from directory.models import Listing, Organisation, Person
from search import documents
from search.api import changed, drain, find, rebuild, verify
from search.indexing.fan_out import fan_out
from search.models import OutboxEntry
from search.types import Query
from tests.factories.directory import CapacityFactory, ListingFactory, OrganisationFactory, PersonFactory
from tests.races import at_once
from tests.search.conftest import ON_BOTH, NoteDocuments
from tests.search_fixtures import Index

pytestmark = pytest.mark.django_db


def waiting() -> list[tuple[str, str]]:
    return list(OutboxEntry.objects.pending().order_by("id").values_list("kind", "object_id"))


def found(text: str) -> set[tuple[str, str]]:
    results = find(Query(text, match="most", limit=100))
    assert not results.degraded
    return {(hit.kind, hit.title) for hit in results.hits}


def test_a_saved_listing_is_one_row(index: Index) -> None:
    organisation = OrganisationFactory()
    offers = [ListingFactory(), ListingFactory(person=None, organisation=organisation)]
    index.drain()
    for offer in offers:
        offer.title = "Walks by the harbour"
        offer.save()
        assert waiting() == [("directory.listing", str(offer.pk))]
        index.drain()
        assert waiting() == []
        assert verify().agrees
    assert found("harbour") == {("offer", "Walks by the harbour")}


def test_a_listing_and_what_it_is_about_are_one_row_in_a_transaction(index: Index) -> None:
    index.drain()
    with transaction.atomic():
        offer = ListingFactory(capacities=[CapacityFactory(), CapacityFactory()])
        OutboxEntry.objects.exclude(kind="directory.listing").delete()  # of the capacities themselves
        offer.title = "Walks by the harbour"
        offer.save()
    assert waiting() == [("directory.listing", str(offer.pk))]


@ON_BOTH
def test_a_person_is_one_row_and_everything_of_theirs_follows(index: Index) -> None:
    person = PersonFactory(name="Wanda")
    for number in range(3):
        ListingFactory(person=person, title=f"Harbour {number}")
    index.drain()
    person.leave_alone = True
    person.save()
    assert waiting() == [("directory.person", str(person.pk))]
    index.drain()
    assert found("wanda") | found("harbour") == set()


@ON_BOTH
def test_what_is_deleted_leaves_with_all_that_showed_it(index: Index) -> None:
    organisation = OrganisationFactory(name="Circle")
    capacity = CapacityFactory(label="Otters")
    offer = ListingFactory(person=None, organisation=organisation, title="Harbour", capacities=[capacity])
    index.drain()
    assert ("organisation", "Circle") in found("otters")
    offer.title = "Saved first"
    offer.save()
    offer.delete()
    index.drain()
    assert waiting() == []
    assert {kind for kind, _title in found("otters")} == {"capacity"}
    assert verify().agrees


def test_the_object_is_read_as_it_is_when_it_is_drained(index: Index) -> None:
    offer = ListingFactory(title="Before")
    organisation = OrganisationFactory()
    index.drain()
    offer.title = "After"
    offer.save()
    Listing.objects.filter(pk=offer.pk).update(title="Newest", person=None, organisation=organisation)
    index.drain()
    assert verify().agrees
    assert found("newest") == {("offer", "Newest")}


def test_rows_of_an_earlier_version_are_drained_too(index: Index) -> None:
    offer = ListingFactory(title="Harbour")
    OutboxEntry.objects.all().delete()
    OutboxEntry.objects.bulk_create(
        OutboxEntry(kind=kind, object_id=str(offer.pk)) for kind in ("offer", "need", "grant")
    )
    assert index.drain() == 3
    assert found("harbour") == {("offer", "Harbour")}
    assert waiting() == []


def test_rows_of_what_is_not_installed_any_more_are_done(index: Index) -> None:
    OutboxEntry.objects.all().delete()
    OutboxEntry.objects.bulk_create(
        [
            OutboxEntry(kind="gone.thing", object_id="1"),
            OutboxEntry(kind="directory.organisation", object_id="no number"),
        ]
    )
    index.drain()
    # That a key is none of its model is an error, which is tried again.
    assert [(row.kind, row.attempts) for row in OutboxEntry.objects.pending()] == [
        ("directory.organisation", 1)
    ]


def test_a_capacity_with_the_longest_name_is_written_down(index: Index) -> None:
    capacity = CapacityFactory(slug="s" * 80, label="Otters")
    changed("capacity", [capacity.slug])
    index.drain()
    assert ("capacity", "Otters") in found("otters")
    assert verify().agrees


def test_a_rebuild_leaves_nothing_of_what_was_saved_before_it(index: Index) -> None:
    offer = ListingFactory(title="Harbour")
    rebuild()
    assert waiting() == []
    # Saved searches read from these rows what has changed.
    assert OutboxEntry.objects.filter(kind="offer", object_id=str(offer.pk)).exclude(done_at=None).exists()


def test_many_saves_are_fanned_out_with_one_query_for_each_kind(
    index: Index, django_assert_max_num_queries: Any
) -> None:
    for _ in range(10):
        ListingFactory()
    OutboxEntry.objects.exclude(kind="directory.listing").delete()
    assert len(waiting()) == 10
    # What is due, twice; what was saved; the new rows and the old ones, in two savepoints.
    with django_assert_max_num_queries(8):
        fan_out()
    assert len(waiting()) == 30


@pytest.mark.django_db(transaction=True)
def test_two_drains_at_once_lose_nothing(index: Index, settings: Any) -> None:
    settings.SEARCH_DRAIN = "off"
    organisations = [OrganisationFactory(name=f"Circle {number}") for number in range(20)]
    results = at_once(drain, drain, fan_out)
    assert not [one for one in results if isinstance(one, Exception)]
    drain()
    assert waiting() == []
    assert found("circle") == {("organisation", one.name) for one in organisations}
    assert verify().agrees


@pytest.mark.django_db(transaction=True)
def test_a_rollback_takes_the_row_of_what_was_saved_with_it(index: Index) -> None:
    def fail() -> None:
        with transaction.atomic():
            Organisation.objects.create(name="Never", slug="never")
            assert [kind for kind, _id in waiting()] == ["directory.organisation"]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert waiting() == []


def test_declaring_documents_listens_to_nothing() -> None:
    def listeners() -> list[int]:
        return [len(signal.receivers) for signal in (post_save, pre_delete, m2m_changed)]

    before = listeners()
    kept = documents.document_types().get("page")
    documents.unregister("page")
    documents.register(NoteDocuments)
    assert listeners() == before
    assert documents.watchers()[Group][0].kind == "page"
    documents.unregister("page")
    if kept is not None:
        documents.register(type(kept))
    assert Group not in documents.watchers()
    assert Person in documents.watchers()
