"""What making documents costs: as many queries for ten as for one, and nothing read that no document says."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from directory.bandwidth import hours_free
from directory.documents import NeedDocument, OfferDocument, PersonDocument
from directory.models import Listing, Person
from directory.taxonomy.labels import all_labels
from learning.documents import WebinarDocument
from mentoring.documents import MentorDocument
from mentoring.models import MentorOffer
from search.documents import DocumentType
from tests.factories import learning
from tests.factories.directory import (
    CapacityFactory,
    ListingFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.factories.mentoring import MentorOfferFactory

pytestmark = pytest.mark.django_db


def people(number: int) -> list[Any]:
    capacities = [CapacityFactory(), CapacityFactory()]
    made = [
        PersonFactory(offers=capacities, learns=[capacities[0]], speaks={"ar": "native", "en": "fluent"})
        for _ in range(number)
    ]
    for person in made:
        MembershipFactory(person=person, organisation=OrganisationFactory())
    return made


def listings(number: int, **fields: Any) -> list[Any]:
    capacities = [CapacityFactory(), CapacityFactory()]
    return [ListingFactory(capacities=capacities, tags=["archives", "maps"], **fields) for _ in range(number)]


def mentors(number: int) -> list[Any]:
    return [MentorOfferFactory(helps_with=[CapacityFactory()]) for _ in range(number)]


def queries_of(made: DocumentType, ids: list[str]) -> list[str]:
    with CaptureQueriesContext(connection) as captured, translation.override("en"):
        documents = list(made.build(ids))
    assert len(documents) == len(ids)
    return [query["sql"] for query in captured]


@pytest.mark.parametrize(
    ("made", "make", "most"),
    [
        (PersonDocument(), people, 9),
        (OfferDocument(), lambda number: listings(number, direction="offer"), 7),
        (NeedDocument(), lambda number: listings(number, direction="need"), 7),
        (MentorDocument(), mentors, 9),
    ],
    ids=["person", "offer", "need", "mentor"],
)
def test_ten_cost_as_many_queries_as_one_and_no_names_are_read_twice(
    made: DocumentType, make: Any, most: int
) -> None:
    ids = [str(row.pk) for row in make(10)]
    one, ten = queries_of(made, ids[:1]), queries_of(made, ids)
    assert len(one) == len(ten) <= most
    # The whole taxonomy's names are read once, for all; beside it no capacity's names are.
    assert sum('FROM "directory_capacitytext"' in sql for sql in ten) == 1
    assert not any('FROM "directory_organisationtext"' in sql for sql in ten)


def test_a_document_says_the_same_however_much_was_read() -> None:
    labels = all_labels
    with translation.override("en"):
        person = people(1)[0]
        richer = Person.objects.with_all().get(pk=person.pk)
        free = hours_free([richer])[richer.pk]
        (built,) = PersonDocument().build([str(person.pk)])
        assert built == PersonDocument()._document(richer, free, labels())
        for made, direction in ((OfferDocument(), "offer"), (NeedDocument(), "need")):
            listing = listings(1, direction=direction)[0]
            rich = Listing.objects.with_all().get(pk=listing.pk)
            assert rich.person is not None
            free = hours_free([rich.person])[rich.person.pk]
            (document,) = made.build([str(listing.pk)])
            assert document == made._document(rich, free, labels())


def test_a_mentor_says_the_same_however_much_was_read() -> None:
    from mentoring.documents import _document, _titles
    from mentoring.workload import loads

    offer = mentors(1)[0]
    rich = MentorOffer.objects.with_all().get(pk=offer.pk)
    with translation.override("en"):
        (built,) = MentorDocument().build([str(offer.pk)])
        titles = _titles([rich]).get(rich.programme.translation_key, {})
        assert built == _document(rich, loads([rich])[rich.pk], all_labels(), titles)


def test_the_captions_of_a_recording_are_read_once() -> None:
    page = learning.make_webinar(capacities=[CapacityFactory()])
    queries = queries_of(WebinarDocument(), [str(page.translation_key)])
    assert sum('FROM "learning_caption"' in sql for sql in queries) == 1
