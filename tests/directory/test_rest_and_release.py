"""Rest hides what one gives and not what one needs; questions hold no hours; what is silent is let go of."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from directory import tasks
from directory.bandwidth import MOST_OPEN_ASKS, hours_taken
from directory.deadlines import LAPSE_AFTER, RELEASE_AFTER, STILL_ON_AFTER
from directory.errors import NotPossible
from directory.models import Exchange, Listing
from directory.services import exchanges as services
from foundation.notifications.models import Notification
from foundation.workflow.models import LogEntry
from search.api import find
from search.types import Query
from tests.factories.directory import ExchangeFactory, ListingFactory, PersonFactory
from tests.search_fixtures import Index

pytestmark = pytest.mark.django_db


def told(person) -> list[str]:
    return list(Notification.objects.filter(user=person.user).order_by("id").values_list("kind", flat=True))


# Rest ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rest", ["paused", "left_alone"])
def test_rest_hides_offers_and_leaves_needs(client, index: Index, rest: str) -> None:
    person = PersonFactory(**{rest: True})
    offer = ListingFactory(person=person, title="Reading a budget")
    need = ListingFactory(person=person, need=True, title="A budget to read")
    assert set(Listing.objects.shown()) == {need}
    assert (offer.is_shown, need.is_shown) == (False, True)
    assert client.get(offer.get_absolute_url()).status_code == 404
    assert client.get(need.get_absolute_url()).status_code == 200
    index.drain()
    assert [hit.id for hit in find(Query(kinds=("offer", "need"))).hits] == [str(need.pk)]
    client.force_login(PersonFactory().user)
    assert "I can help" in client.get(need.get_absolute_url()).content.decode()
    assert services.ask(need, PersonFactory(), "I can help").state == "asked"


def test_a_need_of_a_closed_account_is_not_shown() -> None:
    need = ListingFactory(need=True)
    need.person.user.is_active = False
    need.person.user.save()
    assert not Listing.objects.shown().exists()
    assert not Listing.objects.get().is_shown


# Questions ----------------------------------------------------------------------------------------------


def test_a_question_holds_no_hours_and_a_yes_does() -> None:
    owner = PersonFactory(hours_a_month=2)
    listing = ListingFactory(person=owner, hours_a_month=2)
    exchange = services.ask(listing, PersonFactory(), "One")
    assert hours_taken([owner.pk])[owner.pk] == 0
    services.accept(exchange, by=owner.user, answer="Yes")
    assert hours_taken([owner.pk])[owner.pk] == 2


def test_the_fourth_who_asks_at_once_reads_a_kind_sentence(client, index: Index) -> None:
    owner = PersonFactory(name="Olivia Owner")
    services.ask(ListingFactory(person=owner), PersonFactory(), "One")
    services.ask_person(owner, PersonFactory(), "Two")
    first = services.ask(ListingFactory(person=owner), PersonFactory(), "Three")
    fourth, offer = PersonFactory(), ListingFactory(person=owner)
    for ask in (
        lambda: services.ask(offer, fourth, "Four"),
        lambda: services.ask_person(owner, fourth, "Four"),
    ):
        with pytest.raises(NotPossible, match="3 questions wait for Olivia Owner already"):
            ask()
    client.force_login(fourth.user)
    url = reverse("directory:ask_person", args=[owner.pk])
    page = client.post(url, {"message": "All that I typed"}).content.decode()
    assert "Let them answer first" in page
    assert "All that I typed" in page
    assert Exchange.objects.count() == MOST_OPEN_ASKS
    services.decline(first, by=owner.user)
    assert services.ask_person(owner, fourth, "Four").state == "asked"


def test_help_that_is_offered_to_a_need_is_no_question_to_its_owner() -> None:
    need = ListingFactory(need=True)
    for _number in range(MOST_OPEN_ASKS):
        services.ask(need, PersonFactory(), "I can help")
    assert services.ask_person(need.person, PersonFactory(), "May I ask you something?").state == "asked"
    assert services.ask(need, PersonFactory(), "I can help, too").state == "asked"


def test_one_account_cannot_take_all_the_places() -> None:
    owner, eager = PersonFactory(name="Olivia Owner"), PersonFactory()
    services.ask(ListingFactory(person=owner), eager, "One")
    services.ask_person(owner, eager, "Two")
    with pytest.raises(NotPossible, match="2 open questions to Olivia Owner"):
        services.ask(ListingFactory(person=owner), eager, "Three")
    assert services.ask(ListingFactory(person=owner), PersonFactory(), "Mine").state == "asked"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_for_the_last_place_one_gets_it() -> None:
    owner = PersonFactory()
    for _number in range(MOST_OPEN_ASKS - 1):
        services.ask_person(owner, PersonFactory(), "Before")
    barrier, refused = threading.Barrier(2), []

    def ask(starter) -> None:
        try:
            barrier.wait()
            services.ask_person(owner, starter, "At once")
        except NotPossible as problem:
            refused.append(str(problem))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=(starter,)) for starter in PersonFactory.create_batch(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Exchange.objects.count_waiting_for(owner) == MOST_OPEN_ASKS
    assert len(refused) == 1


def test_the_page_of_asking_is_told_the_number_of_days(client, index: Index) -> None:
    client.force_login(PersonFactory().user)
    page = client.get(reverse("directory:ask", args=[ListingFactory().pk])).content.decode()
    assert f"within {LAPSE_AFTER.days} days" in page


# What was accepted and is silent --------------------------------------------------------------------------


def accepted_ago(span: timedelta) -> Exchange:
    exchange = ExchangeFactory(listing=ListingFactory(hours_a_month=3), accepted=True)
    Exchange.objects.filter(pk=exchange.pk).update(state_since=timezone.now() - span)
    return exchange


def pass_time(span: timedelta) -> None:
    for exchange in Exchange.objects.exclude(still_on_asked_at=None):
        Exchange.objects.filter(pk=exchange.pk).update(still_on_asked_at=exchange.still_on_asked_at - span)


def test_both_are_asked_once_whether_it_goes_on() -> None:
    accepted_ago(STILL_ON_AFTER - timedelta(days=1))
    exchange = accepted_ago(STILL_ON_AFTER + timedelta(days=1))
    assert (tasks.ask_still_on(), tasks.ask_still_on()) == (1, 0)
    assert told(exchange.starter) == told(exchange.owner) == ["exchange_still_on"]
    row = Notification.objects.get(user=exchange.owner.user)
    assert exchange.starter.name in row.body


def test_without_a_word_it_is_released_and_the_hours_are_free() -> None:
    exchange = accepted_ago(STILL_ON_AFTER + timedelta(days=1))
    owner = exchange.owner
    tasks.daily()
    assert hours_taken([owner.pk])[owner.pk] == 3
    pass_time(RELEASE_AFTER - timedelta(hours=1))
    assert tasks.release_silent() == 0
    pass_time(timedelta(hours=2))
    assert (tasks.release_silent(), tasks.release_silent()) == (1, 0)
    exchange.refresh_from_db()
    assert exchange.state == "released"
    assert hours_taken([owner.pk])[owner.pk] == 0
    assert told(exchange.starter)[-1] == told(owner)[-1] == "exchange_released"
    assert not Notification.objects.filter(kind="exchange_still_on").unread().exists()


def test_nobody_is_released_who_was_never_asked() -> None:
    """The jobs may have rested for months."""
    exchange = accepted_ago(STILL_ON_AFTER * 10)
    assert tasks.release_silent() == 0
    tasks.daily()
    exchange.refresh_from_db()
    assert exchange.state == "accepted"


def test_either_side_keeps_it_with_one_press(client) -> None:
    exchange = accepted_ago(STILL_ON_AFTER + timedelta(days=1))
    tasks.ask_still_on()
    client.force_login(exchange.starter.user)
    page = client.get(exchange.get_absolute_url()).content.decode()
    assert "Does this go on?" in page
    assert "Waits for you" in client.get(reverse("directory:my_exchanges")).content.decode()
    keep = reverse("directory:exchange_move", args=[exchange.pk, "keep"])
    client.post(keep, {"expect": "accepted"}, follow=True)
    pass_time(RELEASE_AFTER * 2)
    assert tasks.release_silent() == 0
    exchange.refresh_from_db()
    assert (exchange.state, exchange.still_on_asked_at) == ("accepted", None)
    assert LogEntry.objects.of(exchange).last().name == "keep"
    assert not Notification.objects.filter(kind="exchange_still_on").unread().exists()
    assert keep not in client.get(exchange.get_absolute_url()).content.decode()
    Exchange.objects.filter(pk=exchange.pk).update(
        state_since=timezone.now() - STILL_ON_AFTER - timedelta(days=1)
    )
    assert tasks.ask_still_on() == 1
    assert told(exchange.owner) == ["exchange_still_on", "exchange_still_on"]


def test_nobody_else_keeps_it(client) -> None:
    exchange = accepted_ago(STILL_ON_AFTER + timedelta(days=1))
    client.force_login(PersonFactory().user)
    assert client.post(reverse("directory:exchange_move", args=[exchange.pk, "keep"])).status_code == 404
