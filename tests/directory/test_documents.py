"""What the index knows of the directory: only what everybody may see."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from directory.capacity_documents import CapacityDocument
from directory.constants import ListingState
from directory.documents import (
    GrantDocument,
    NeedDocument,
    OfferDocument,
    OrganisationDocument,
    PersonDocument,
)
from directory.models import OrganisationText, Person, PersonCapacity
from search.documents import DocumentType
from search.types import Document
from tests.factories.accounts import UserFactory
from tests.factories.directory import (
    CapacityFactory,
    ExchangeFactory,
    ListingFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.search_fixtures import Index, index  # noqa: F401

pytestmark = pytest.mark.django_db


def built(kind: type[DocumentType], *rows: Any) -> list[Document]:
    return list(kind().build([str(row.pk) for row in rows]))


def one(kind: type[DocumentType], row: Any) -> Document:
    (document,) = built(kind, row)
    return document


def words(document: Document) -> str:
    """Everything in it, as one text."""
    return json.dumps(asdict(document), default=str, ensure_ascii=False)


# Each field of a profile with something that only it says.
SECRETS: dict[str, tuple[str, ...]] = {
    "bio": ("a bio that nobody else has",),
    "pronouns": ("xe/xem",),
    "country": ('"IS"', "Islandia", "NWE"),
    "city": ("Akureyri",),
    "timezone": ("Atlantic/Reykjavik",),
    "languages": ("Icelandic", '"is"'),
    "organisations": ("hidden-circle", "Hidden Circle"),
    "wikimedia_name": ("Hidden Wikimedian",),
    "learning": ("secretly-learned", "Secretly learned"),
    "hours": ("17 hours free", '"hours_free": 17'),
}


@pytest.fixture
def person() -> Person:
    learned = CapacityFactory(slug="secretly-learned", label="Secretly learned")
    known = CapacityFactory(slug="known", label="Known")
    user = UserFactory(email="private@test.example", timezone="Atlantic/Reykjavik")
    made = PersonFactory(
        user=user,
        name="Invented Person",
        bio=SECRETS["bio"][0],
        pronouns=SECRETS["pronouns"][0],
        country="IS",
        city="Akureyri",
        hours_a_month=17,
        asks_of_you="Only for those who ask.",
        contact_note="Ring the private bell.",
        offers=[known],
        learns=[learned],
        speaks={"is": "native"},
    )
    MembershipFactory(person=made, organisation=OrganisationFactory(name="Hidden Circle"))
    return made


def set_visibility(person: Person, **chosen: str) -> None:
    person.visibility = dict.fromkeys(Person.CHOOSABLE, "public") | chosen
    person.save()


@pytest.mark.parametrize("seen_by", ["members", "hidden"])
@pytest.mark.parametrize("field", SECRETS)
def test_a_field_that_is_not_for_everybody_is_not_in_the_document(
    person: Person, field: str, seen_by: str
) -> None:
    set_visibility(person, **{field: seen_by})
    text = words(one(PersonDocument, person))
    for secret in SECRETS[field]:
        assert secret not in text, secret
    assert "Invented Person" in text


def test_public_fields_are_in_it(person: Person) -> None:
    set_visibility(person)
    text = words(one(PersonDocument, person))
    for field, secrets in SECRETS.items():
        # Nothing is searched or shown in lists by pronouns or user names.
        assert field in ("pronouns", "wikimedia_name") or secrets[0] in text, field


def test_ways_to_reach_somebody_are_never_in_it(person: Person) -> None:
    set_visibility(person)
    text = words(one(PersonDocument, person))
    for private in ("private@test.example", "private bell", "Only for those who ask"):
        assert private not in text


def test_people_who_are_not_to_be_found_have_no_document() -> None:
    inactive = PersonFactory()
    inactive.user.is_active = False
    inactive.user.save()
    people = [
        PersonFactory(unlisted=True),
        PersonFactory(paused=True),
        PersonFactory(left_alone=True),
        inactive,
    ]
    assert built(PersonDocument, *people) == []
    assert list(PersonDocument().ids()) == []
    assert built(OfferDocument, *(ListingFactory(person=person) for person in people[1:])) == []


@pytest.mark.parametrize("kind", [OfferDocument, NeedDocument, GrantDocument])
def test_listings_that_are_over_have_no_document(kind: Any) -> None:
    trait = kind.kind
    yesterday = timezone.localdate() - timedelta(days=1)
    listings = [
        ListingFactory(**{trait: True, "state": state}) for state in ListingState.values if state != "active"
    ]
    listings.append(ListingFactory(**{trait: True, "valid_until": yesterday}))
    listings.append(
        ListingFactory(**{trait: True, "person": None, "organisation": OrganisationFactory(active=False)})
    )
    shown = ListingFactory(**{trait: True, "valid_until": timezone.localdate()})
    assert [document.id for document in built(kind, *listings, shown)] == [str(shown.pk)]
    assert list(kind().ids()) == [str(shown.pk)]


def test_each_listing_is_of_one_kind() -> None:
    rows = [ListingFactory(offer=True), ListingFactory(need=True), ListingFactory(grant=True)]
    rows.append(ListingFactory(need=True, asset="finance"))
    kinds = {kind.kind: len(built(kind, *rows)) for kind in (OfferDocument, NeedDocument, GrantDocument)}
    assert kinds == {"offer": 1, "need": 2, "grant": 1}


def test_what_lies_above_a_capacity_finds_it_too() -> None:
    wide = CapacityFactory(slug="wide", label="Wide", es="Ancho")
    narrow = CapacityFactory(slug="narrow", label="Narrow", parent=wide, alternatives=["slim"])
    document = one(OfferDocument, ListingFactory(capacities=[narrow]))
    assert (document.capacities, document.broader) == (("narrow",), ("wide",))
    assert set(document.labels) == {("en", "Narrow"), ("en", "slim"), ("en", "Wide"), ("es", "Ancho")}


def test_who_is_full_stays_to_be_found_but_not_to_be_asked() -> None:
    person = PersonFactory(hours_a_month=1)
    offer, need = ListingFactory(person=person), ListingFactory(person=person, need=True)
    assert one(PersonDocument, person).available
    ExchangeFactory(listing=None, asked_person=person, accepted=True)
    assert not one(PersonDocument, person).available
    assert not one(OfferDocument, offer).available
    assert one(NeedDocument, need).available


def test_evidence_and_what_is_learned_help_matching(person: Person) -> None:
    PersonCapacity.objects.filter(side="offers").update(evidence="Did it twice.")
    card = one(PersonDocument, person).card
    assert card["evidence"] == {"known": "Did it twice."}
    assert card["learns"] == ["secretly-learned"]


def test_an_organisation_speaks_its_languages_and_offers_what_is_shown() -> None:
    organisation = OrganisationFactory(name="Sahel Circle", acronym="SC", country="ML", languages=["fr"])
    OrganisationText.objects.create(
        organisation=organisation, language="fr", name="Cercle", summary="Un cercle."
    )
    known, hidden = CapacityFactory(slug="known"), CapacityFactory(slug="hidden")
    for capacity, state in ((known, "active"), (hidden, "withdrawn")):
        ListingFactory(person=None, organisation=organisation, capacities=[capacity], state=state)
    document = one(OrganisationDocument, organisation)
    assert {text.language: text.title for text in document.texts} == {"en": "Sahel Circle", "fr": "Cercle"}
    assert document.capacities == ("known",)
    assert document.facets["region"] == ("SSA",)
    assert built(OrganisationDocument, OrganisationFactory(active=False)) == []


def test_capacities_are_found_by_every_name() -> None:
    capacity = CapacityFactory(
        slug="money", label="Money", ar="المال", alternatives=["cash"], definition="Coins."
    )
    (document,) = CapacityDocument().build(["money"])
    texts = {text.language: text for text in document.texts}
    assert (texts["en"].title, texts["en"].keywords, texts["en"].summary) == ("Money", ("cash",), "Coins.")
    assert texts["ar"].title == "المال"
    assert document.url == f"/capacities/{capacity.slug}/"


def test_facts_are_in_each_language_of_the_interface() -> None:
    card = one(OfferDocument, ListingFactory(languages=["sw"], hours_a_month=3)).card
    assert "3 hours a month" in card["en"]["facts"]
    assert {language: "Swahili" in str(card[language]) for language in ("en", "es")} == {
        "en": True,
        "es": False,
    }


@pytest.mark.parametrize("kind", [PersonDocument, OrganisationDocument, OfferDocument, CapacityDocument])
def test_twenty_cost_as_many_queries_as_one(kind: Any, django_assert_max_num_queries: Any) -> None:
    capacities = CapacityFactory.create_batch(3)
    for number in range(20):
        person = PersonFactory(offers=capacities, learns=capacities[:1])
        organisation = OrganisationFactory()
        MembershipFactory(person=person, organisation=organisation)
        ListingFactory(person=person, capacities=capacities, tags=[f"tag {number}"])
        ListingFactory(person=None, organisation=organisation, capacities=capacities)
        CapacityFactory()
    ids = list(kind().ids())[:20]
    assert len(ids) == 20
    counts = []
    # The first two have one owner of each kind, where owners differ.
    for some in (ids[:2], ids):
        with django_assert_max_num_queries(16) as counted:
            assert len(list(kind().build(some))) == len(some)
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_every_change_reaches_the_index(index: Index, person: Person) -> None:  # noqa: F811
    set_visibility(person)
    offer = ListingFactory(person=person)
    index.drain()
    mine = {("person", str(person.pk)), ("offer", str(offer.pk))}
    assert mine <= index.keys()
    person.user.is_active = False
    person.user.save()
    index.drain()
    assert mine.isdisjoint(index.keys())
    person.user.is_active = True
    person.user.save()
    index.drain()
    assert mine <= index.keys()
    person.leave_alone = True
    person.save()
    index.drain()
    assert mine.isdisjoint(index.keys())
