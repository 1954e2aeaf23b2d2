"""Merging re-points everything, in every room, and loses no word."""

from __future__ import annotations

import pytest
from django.apps import apps
from wagtail.models import ModelLogEntry, Page, Revision

from directory.constants import TextRole
from directory.errors import TaxonomyError
from directory.models import Capacity, CapacityText, Exchange, PersonCapacity
from directory.taxonomy import merging, services
from directory.taxonomy.usage import relations, usage
from learning.models import TrainingModulePage
from search.api import find
from search.types import Query
from tests.factories.accounts import UserFactory
from tests.factories.directory import CapacityFactory, ExchangeFactory, ListingFactory, PersonFactory
from tests.search_fixtures import Index, index  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def old() -> Capacity:
    return CapacityFactory(
        slug="old", label="Old name", es="Nombre viejo", alternatives=["older"], definition="Was."
    )


@pytest.fixture
def new() -> Capacity:
    return CapacityFactory(slug="new", label="New name", alternatives=["older"])


def slugs(listing: object) -> set[str]:
    return set(listing.capacities.values_list("slug", flat=True))  # type: ignore[attr-defined]


def test_every_relation_of_every_room_is_known() -> None:
    names = {(relation.source.__name__, relation.key) for relation in relations()}
    expected = {("Listing", "capacity"), ("PersonCapacity", "capacity"), ("Exchange", "about")}
    for model in apps.get_models():
        if model._meta.app_label in ("learning", "mentoring"):
            for field in [*model._meta.many_to_many, *model._meta.concrete_fields]:
                if field.related_model is Capacity and field.many_to_many:
                    expected.add((model.__name__, "capacity"))
                elif field.related_model is Capacity:
                    expected.add((model.__name__, field.name))
    assert names == expected


def test_all_that_refers_to_it_goes_over(old: Capacity, new: Capacity) -> None:
    person = PersonFactory(offers=[old], learns=[old])
    listing = ListingFactory(capacities=[old])
    exchange = ExchangeFactory(listing=None, asked_person=person, about=old)
    assert merging.merge(old, new, by=UserFactory()) == 4
    assert not Capacity.objects.filter(slug="old").exists()
    assert slugs(listing) == {"new"}
    assert {(row.capacity_id, row.side) for row in person.capacities.all()} == {
        (new.pk, "offers"),
        (new.pk, "learns"),
    }
    assert Exchange.objects.get(pk=exchange.pk).about_id == new.pk


def test_who_has_both_has_it_once_and_keeps_the_evidence(old: Capacity, new: Capacity) -> None:
    person = PersonFactory(offers=[old, new])
    PersonCapacity.objects.filter(capacity=old).update(evidence="Ran three of them.")
    listing = ListingFactory(capacities=[old, new])
    merging.merge(old, new, by=UserFactory())
    assert list(person.capacities.values_list("capacity", "evidence")) == [(new.pk, "Ran three of them.")]
    assert slugs(listing) == {"new"}


def test_names_become_alternative_labels_and_gaps_are_filled(old: Capacity, new: Capacity) -> None:
    Capacity.objects.filter(pk=old.pk).update(wikidata_id="Q7")
    merging.merge(old, new, by=UserFactory())
    texts = CapacityText.objects.filter(capacity=new)
    assert set(texts.filter(role=TextRole.ALTERNATIVE).values_list("language", "text")) == {
        ("en", "older"),
        ("en", "Old name"),
        ("es", "Nombre viejo"),
    }
    assert texts.get(role=TextRole.DEFINITION).text == "Was."
    assert Capacity.objects.get(slug="new").wikidata_id == "Q7"
    assert Capacity.objects.get(slug="new").label("en") == "New name"


def test_children_move_along(old: Capacity, new: Capacity) -> None:
    CapacityFactory(slug="below-new", parent=new)
    child = CapacityFactory(slug="child", parent=old)
    CapacityFactory(slug="grandchild", parent=child)
    merging.merge(old, new, by=UserFactory())
    assert [(row.slug, row.depth) for row in Capacity.objects.all()] == [
        ("new", 1),
        ("below-new", 2),
        ("child", 2),
        ("grandchild", 3),
    ]
    assert Capacity.find_problems() == ([], [], [], [], [])


def test_into_a_child_or_too_deep_or_itself_is_refused(old: Capacity, new: Capacity) -> None:
    child = CapacityFactory(slug="child", parent=old)
    CapacityFactory(slug="grandchild", parent=child)
    deep = CapacityFactory(slug="deep", parent=new)
    for target, word in ((old, "another"), (child, "lies below"), (deep, "too deep")):
        with pytest.raises(TaxonomyError, match=word):
            merging.merge(Capacity.objects.get(slug="old"), target, by=UserFactory())
    assert Capacity.objects.count() == 5


def test_a_parent_can_be_merged_into_its_own_parent(old: Capacity) -> None:
    middle = CapacityFactory(slug="middle", parent=old)
    CapacityFactory(slug="leaf", parent=middle)
    merging.merge(middle, old, by=UserFactory())
    assert [(row.slug, row.depth) for row in Capacity.objects.all()] == [("old", 1), ("leaf", 2)]


def test_pages_and_their_drafts_go_over(old: Capacity, new: Capacity) -> None:
    page = TrainingModulePage(title="A module", slug="a-module", locale_id=Page.objects.first().locale_id)
    Page.objects.get(depth=1).add_child(instance=page)
    page.capacities.set([old, new])
    page.save()
    revision = page.save_revision()
    merging.merge(old, new, by=UserFactory())
    assert Revision.objects.get(pk=revision.pk).content["capacities"] == [new.pk]
    revision.refresh_from_db()
    revision.publish()
    assert [row.slug for row in TrainingModulePage.objects.get(pk=page.pk).capacities.all()] == ["new"]


def test_it_is_logged_with_who_did_it(old: Capacity, new: Capacity) -> None:
    user = UserFactory()
    merging.merge(old, new, by=user)
    entry = ModelLogEntry.objects.get(action="directory.merge")
    assert (entry.user, entry.object_id, entry.data["slug"]) == (user, str(new.pk), "old")


def test_the_page_that_asks_says_what_would_happen_and_does_nothing(old: Capacity, new: Capacity) -> None:
    ListingFactory.create_batch(2, capacities=[old])
    CapacityFactory(slug="child", parent=old, label="Child")
    plan = merging.preview(Capacity.objects.get(slug="old"), new)
    assert [(use.name, use.count) for use in plan.uses] == [("Listings", 2)]
    assert [child.slug for child in plan.children] == ["child"]
    assert {row.text for row in plan.names} == {"Old name", "Nombre viejo"}
    assert Capacity.objects.filter(slug="old").exists()


def test_the_index_is_told_of_everything(old: Capacity, new: Capacity, index: Index) -> None:  # noqa: F811
    person = PersonFactory(offers=[old])
    listing = ListingFactory(capacities=[old], person=person)
    index.drain()
    assert {("capacity", "old"), ("capacity", "new")} <= index.keys()
    merging.merge(old, new, by=UserFactory())
    index.drain()
    assert index.keys().isdisjoint({("capacity", "old")})
    found = find(Query(filters={"capacity": ("new",)})).hits
    assert {hit.id for hit in found} == {str(person.pk), str(listing.pk), "new"}
    assert {hit.id for hit in find(Query(text="Old name")).hits} >= {str(person.pk), "new"}


def test_a_move_tells_the_index_of_what_lies_below(old: Capacity, new: Capacity, index: Index) -> None:  # noqa: F811
    child = CapacityFactory(slug="child", parent=old)
    listing = ListingFactory(capacities=[child])
    index.drain()
    services.move(Capacity.objects.get(slug="child"), new, after=None, by=UserFactory())
    index.drain()
    found = find(Query(filters={"capacity": ("new",)}, kinds=("offer",))).hits
    assert [hit.id for hit in found] == [str(listing.pk)]


def test_uses_are_counted_with_one_query_for_each_relation(
    old: Capacity, new: Capacity, django_assert_num_queries: object
) -> None:
    ListingFactory.create_batch(3, capacities=[old])
    PersonFactory(offers=[old, new])
    with django_assert_num_queries(len(relations())):  # type: ignore[operator]
        uses = usage()
    assert [(use.name, use.count) for use in uses[old.pk]] == [("Listings", 3), ("People", 1)]
    assert [(use.name, use.count) for use in uses[new.pk]] == [("People", 1)]
