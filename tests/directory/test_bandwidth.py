"""Nobody is overburdened: what takes hours, what is left, who may be asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from directory import bandwidth
from directory.bandwidth import can_be_asked, hours_free, hours_taken
from directory.models import Exchange, Person
from directory.services import exchanges
from foundation.workflow.errors import TransitionError
from search.api import find
from search.types import Query
from tests.factories.directory import ExchangeFactory, ListingFactory, OrganisationFactory, PersonFactory
from tests.search_fixtures import Index, index  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def providers(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """A list of providers of this test's own."""
    own: list[Any] = []
    monkeypatch.setattr(bandwidth, "_providers", own)
    return own


def taken(person: Person) -> float:
    """The hours, read by themselves or from exchanges that a page has in hand."""
    hours = hours_taken([person.pk])[person.pk]
    in_hand = Exchange.objects.of(person.user).open().with_all()
    assert hours_taken([person.pk], exchanges=in_hand)[person.pk] == hours
    return hours


def test_a_yes_takes_the_hours_its_offer_names() -> None:
    offer = ListingFactory(hours_a_month=3)
    ExchangeFactory(listing=offer)
    assert taken(offer.person) == 0
    ExchangeFactory(listing=offer, accepted=True)
    ExchangeFactory(listing=offer, accepted=True)
    assert taken(offer.person) == 6


def test_without_a_number_an_hour_is_taken() -> None:
    offer = ListingFactory(hours_a_month=None)
    ExchangeFactory(listing=offer, accepted=True)
    assert taken(offer.person) == bandwidth.USUAL_HOURS


@pytest.mark.parametrize(
    "state", ["declined", "withdrawn", "lapsed", "done", "thanked", "ended", "released", "left", "settled"]
)
def test_what_has_ended_takes_nothing(state: str) -> None:
    offer = ListingFactory(hours_a_month=3)
    ExchangeFactory(listing=offer, state=state)
    assert taken(offer.person) == 0


def test_on_a_need_the_one_who_helps_gives_once_it_is_agreed() -> None:
    need = ListingFactory(need=True, hours_a_month=2)
    exchange = ExchangeFactory(listing=need)
    assert (taken(need.person), taken(exchange.starter)) == (0, 0)
    exchange = ExchangeFactory(listing=need, accepted=True)
    assert (taken(need.person), taken(exchange.starter)) == (0, 2)


def test_a_person_who_was_asked_gives_and_the_one_who_asks_does_not() -> None:
    exchange = ExchangeFactory(listing=None, asked_person=PersonFactory(), accepted=True)
    assert (taken(exchange.asked_person), taken(exchange.starter)) == (1, 0)


def test_an_organisations_offer_takes_nobodys_hours() -> None:
    listing = ListingFactory(person=None, organisation=OrganisationFactory())
    exchange = ExchangeFactory(listing=listing, accepted=True)
    assert taken(exchange.starter) == 0


def test_providers_add_their_hours_and_count_once(providers: list[Any]) -> None:
    person = PersonFactory(hours_a_month=4)

    def pairings(ids: Any) -> Mapping[UUID, float]:
        return dict.fromkeys(ids, 1.5)

    bandwidth.register_provider(pairings)
    bandwidth.register_provider(pairings)
    assert len(providers) == 1
    assert taken(person) == 1.5
    assert hours_free([person])[person.pk] == 2.5


def test_many_people_cost_as_much_as_one(django_assert_num_queries: Any, providers: list[Any]) -> None:
    people = PersonFactory.create_batch(5)
    ExchangeFactory(listing=None, asked_person=people[0], accepted=True)
    with django_assert_num_queries(1):
        hours_free(people)
    with django_assert_num_queries(0):
        assert hours_taken([]) == {}


def test_nobody_says_yes_to_more_hours_than_they_have() -> None:
    giver = PersonFactory(hours_a_month=3)
    offer = ListingFactory(person=giver, hours_a_month=2)
    first, second = ExchangeFactory(listing=offer), ExchangeFactory(listing=offer)
    exchanges.accept(first, by=giver.user, answer="Gladly.")
    with pytest.raises(TransitionError, match="takes 2 hours a month, and you have 1 left"):
        exchanges.accept(second, by=giver.user, answer="Gladly, too.")
    second.refresh_from_db()
    assert (second.state, second.answer, taken(giver)) == ("asked", "", 2)
    Person.objects.filter(pk=giver.pk).update(hours_a_month=4)
    exchanges.accept(second, by=giver.user, answer="Gladly, too.")
    assert taken(giver) == 4


def test_who_offers_help_with_a_need_is_held_to_their_own_hours() -> None:
    helper = PersonFactory(name="Wanda", hours_a_month=1)
    need = ListingFactory(need=True, hours_a_month=2)
    exchange = ExchangeFactory(listing=need, starter=helper)
    with pytest.raises(TransitionError, match="Wanda has 1 left"):
        exchanges.accept(exchange, by=need.person.user, answer="Please do.")


def test_who_has_time_can_be_asked() -> None:
    assert can_be_asked(PersonFactory()) == (True, "")


def test_why_somebody_cannot_be_asked_is_said_kindly() -> None:
    until = timezone.localdate() + timedelta(days=3)
    full = PersonFactory(name="Full", hours_a_month=1)
    ExchangeFactory(listing=None, asked_person=full, accepted=True)
    gone = PersonFactory(name="Gone")
    gone.user.is_active = False
    people = {
        PersonFactory(name="Alone", left_alone=True): "Alone is not taking questions.",
        gone: "Gone is not taking questions.",
        PersonFactory(
            name="Resting", paused_until=date(2099, 1, 31)
        ): "Resting is taking a rest until 31 January 2099.",
        full: "Full has no free hours this month.",
        PersonFactory(name="Zero", hours_a_month=0): "Zero has no free hours this month.",
    }
    for person, sentence in people.items():
        assert can_be_asked(person) == (False, sentence)
    assert can_be_asked(PersonFactory(paused_until=until))[0] is False
    assert can_be_asked(PersonFactory(paused_until=timezone.localdate() - timedelta(days=1)))[0] is True


def test_hours_that_others_take_change_the_index(index: Index, providers: list[Any]) -> None:  # noqa: F811
    """Another room's rows are followed, so that people who are full are no longer suggested."""
    person = PersonFactory(hours_a_month=2)
    offer = ListingFactory(person=person)
    index.drain()
    providers.append(lambda ids: dict.fromkeys(ids, 2))
    bandwidth.hours_changed([person.pk])
    index.drain()
    hits = {hit.kind: hit for hit in find(Query(kinds=("person", "offer"))).hits}
    assert {kind: hit.available for kind, hit in hits.items()} == {"person": False, "offer": False}
    assert offer.person.hours_a_month == 2


HOURS = st.floats(-50, 50) | st.just(float("-0.0"))


@settings(max_examples=30, deadline=None)
@given(given_hours=st.lists(st.integers(0, 200), min_size=1, max_size=4), extra=st.lists(HOURS, max_size=3))
def test_free_hours_are_never_below_nought_nor_above_what_is_given(
    given_hours: list[int], extra: list[float]
) -> None:
    people = [Person(hours_a_month=hours) for hours in given_hours]
    kept = list(bandwidth._providers)
    bandwidth._providers[:] = [lambda ids, more=more: dict.fromkeys(ids, more) for more in extra]
    try:
        free = hours_free(people)
        busy = hours_taken([person.pk for person in people])
    finally:
        bandwidth._providers[:] = kept
    assert all(0 <= free[person.pk] <= person.hours_a_month for person in people)
    assert all(hours >= 0 for hours in busy.values())


def test_an_exchange_that_ends_frees_hours_in_the_index(index: Index) -> None:  # noqa: F811
    offer = ListingFactory(person=PersonFactory(hours_a_month=1))
    exchange = ExchangeFactory(listing=offer, accepted=True)
    index.drain()
    assert [hit.available for hit in find(Query(kinds=("offer",))).hits] == [False]
    exchange.state = "ended"
    exchange.save()
    index.drain()
    assert [hit.available for hit in find(Query(kinds=("person", "offer"))).hits].count(False) == 0


def test_a_second_press_of_yes_hears_that_it_was_said_and_nothing_of_hours() -> None:
    giver = PersonFactory(hours_a_month=2)
    exchange = ExchangeFactory(listing=ListingFactory(person=giver, hours_a_month=2))
    in_another_tab = Exchange.objects.get(pk=exchange.pk)
    exchanges.accept(exchange, by=giver.user, answer="Gladly.")
    with pytest.raises(TransitionError, match="has changed since you opened"):
        exchanges.accept(in_another_tab, by=giver.user, answer="Gladly.")
    assert taken(giver) == 2
