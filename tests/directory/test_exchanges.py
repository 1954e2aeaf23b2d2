"""Asking, answering and thanking: the verbs, who is told, and what holds when two act at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from directory.errors import NotPossible
from directory.models import Exchange
from directory.services import exchanges as services
from foundation.notifications.models import Notification
from foundation.workflow.errors import StaleState, TransitionError
from foundation.workflow.models import LogEntry
from tests.factories.directory import (
    CapacityFactory,
    ExchangeFactory,
    ListingFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.races import at_once, meet_after, needs_racing, without_locks

pytestmark = pytest.mark.django_db


def kinds_told(person) -> list[str]:
    return list(Notification.objects.filter(user=person.user).order_by("id").values_list("kind", flat=True))


def test_asking_tells_the_owner_and_nobody_else():
    listing, starter = ListingFactory(), PersonFactory()
    exchange = services.ask(
        listing, starter, "  Could you look at our plan?  ", contact=["email", "nonsense"]
    )
    assert exchange.state == "asked"
    assert exchange.message == "Could you look at our plan?"
    assert exchange.starter_contact == ["email"]
    assert kinds_told(listing.person) == ["exchange_asked"]
    assert kinds_told(starter) == []
    assert LogEntry.objects.of(exchange).get().target == "asked"


def test_asking_twice_answers_with_the_first():
    listing, starter = ListingFactory(), PersonFactory()
    first = services.ask(listing, starter, "Once")
    with pytest.raises(services.AlreadyAsked) as caught:
        services.ask(listing, starter, "Twice")
    assert caught.value.exchange == first
    assert Exchange.objects.count() == 1


def test_after_a_declined_question_one_may_ask_again():
    listing, starter = ListingFactory(), PersonFactory()
    services.decline(services.ask(listing, starter, "Now?"), by=listing.person.user)
    assert services.ask(listing, starter, "And in spring?").state == "asked"


@pytest.mark.parametrize(
    ("owner", "message"),
    [
        ({"paused": True}, "not open"),
        ({"left_alone": True}, "not open"),
        ({"hours_a_month": 0}, "no free hours"),
    ],
)
def test_who_rests_is_left_alone_or_full_is_not_asked(owner, message):
    listing = ListingFactory(person=PersonFactory(**owner))
    with pytest.raises(NotPossible, match=message):
        services.ask(listing, PersonFactory(), "Please")
    assert not Exchange.objects.exists()


def test_hours_that_were_promised_are_taken():
    owner = PersonFactory(hours_a_month=2)
    listing = ListingFactory(person=owner, hours_a_month=1)
    for exchange in (
        services.ask(listing, PersonFactory(), "One"),
        services.ask_person(owner, PersonFactory(), "Two"),
    ):
        services.accept(exchange, by=owner.user, answer="Yes")
    with pytest.raises(NotPossible, match="no free hours"):
        services.ask(listing, PersonFactory(), "Three")


def test_a_need_takes_no_hours_of_its_owner():
    need = ListingFactory(need=True, person=PersonFactory(hours_a_month=0))
    exchange = services.ask(need, PersonFactory(), "I can help")
    assert kinds_told(need.person) == ["exchange_offered"]
    assert exchange.roles_of(need.person.user) == {"owner", "receiver"}


def test_nobody_asks_themselves():
    listing = ListingFactory()
    with pytest.raises(NotPossible, match="your own"):
        services.ask(listing, listing.person, "Me")
    with pytest.raises(NotPossible, match="your own"):
        services.ask_person(listing.person, listing.person, "Me")


def test_who_wants_to_be_left_alone_asks_nobody():
    with pytest.raises(NotPossible, match="left alone"):
        services.ask(ListingFactory(), PersonFactory(left_alone=True), "Please")


def test_what_is_not_shown_is_not_asked_for():
    for state in ("paused", "withdrawn", "met", "expired", "draft"):
        with pytest.raises(NotPossible, match="not open"):
            services.ask(ListingFactory(state=state), PersonFactory(), "Please")


def test_an_organisation_without_a_manager_is_not_asked():
    listing = ListingFactory(person=None, organisation=OrganisationFactory())
    with pytest.raises(NotPossible, match="Nobody answers"):
        services.ask(listing, PersonFactory(), "Please")


def test_every_manager_is_told_and_each_may_answer():
    managers = PersonFactory.create_batch(2)
    listing = ListingFactory(person=None, organisation=OrganisationFactory(managers=managers))
    exchange = services.ask(listing, PersonFactory(), "Please")
    assert all(kinds_told(manager) == ["exchange_asked"] for manager in managers)
    services.accept(exchange, by=managers[1].user, answer="Gladly")
    assert exchange.answered_by == managers[1]
    assert not Notification.objects.filter(kind="exchange_asked").unread().exists()


def test_somebody_unlisted_is_not_asked_on_their_page():
    with pytest.raises(NotPossible, match="not taking"):
        services.ask_person(PersonFactory(unlisted=True), PersonFactory(), "Please")


def test_asking_a_person_names_what_it_is_about():
    topic = CapacityFactory(label="Budgeting", fr="Budget")
    asked = PersonFactory(offers=[topic])
    asked.user.language = "fr"
    asked.user.save()
    services.ask_person(asked, PersonFactory(), "Please", about=topic)
    assert Notification.objects.get(user=asked.user).context["title"] == "Budget"


def test_ten_questions_a_day_are_enough():
    starter = PersonFactory()
    ExchangeFactory.create_batch(services.ASKS_A_DAY, starter=starter)
    with pytest.raises(NotPossible, match="10 times"):
        services.ask(ListingFactory(), starter, "One more")
    Exchange.objects.update(created=timezone.now() - timedelta(days=2))
    assert services.ask(ListingFactory(), starter, "A new day")


def test_the_whole_way_from_asking_to_thanks():
    listing, starter = ListingFactory(), PersonFactory()
    owner = listing.person
    exchange = services.ask(listing, starter, "Please")
    services.accept(exchange, by=owner.user, answer="Yes", contact=["email"])
    services.finish(exchange, by=owner.user, hours=3)
    services.thank(exchange, by=starter.user, text="Our event was calm", public=True)
    exchange.refresh_from_db()
    assert (exchange.state, exchange.hours, exchange.thanks_public) == ("thanked", 3, True)
    assert kinds_told(starter) == ["exchange_accepted", "exchange_done"]
    assert kinds_told(owner) == ["exchange_asked", "exchange_thanked"]
    names = [entry.name for entry in LogEntry.objects.of(exchange)]
    assert names == ["start", "accept", "finish", "thank"]


def test_each_side_may_only_do_its_part():
    listing, starter, stranger = ListingFactory(), PersonFactory(), PersonFactory()
    exchange = services.ask(listing, starter, "Please")
    for by in (starter.user, stranger.user):
        with pytest.raises(TransitionError):
            services.accept(exchange, by=by, answer="Yes")
    with pytest.raises(TransitionError):
        services.withdraw(exchange, by=listing.person.user)
    services.accept(exchange, by=listing.person.user, answer="Yes")
    services.finish(exchange, by=starter.user)
    with pytest.raises(TransitionError):
        services.thank(exchange, by=listing.person.user, text="Thanks to me")


def test_on_a_need_the_owner_is_helped_and_says_thanks():
    need, helper = ListingFactory(need=True), PersonFactory()
    exchange = services.ask(need, helper, "I can help")
    services.accept(exchange, by=need.person.user, answer="Please do")
    services.finish(exchange, by=helper.user)
    services.thank(exchange, by=need.person.user, text="It worked")
    assert "exchange_thanked" in kinds_told(helper)


def test_a_stale_answer_changes_nothing_and_says_what_is_now():
    listing, starter = ListingFactory(), PersonFactory()
    exchange = services.ask(listing, starter, "Please")
    services.withdraw(exchange, by=starter.user)
    with pytest.raises(StaleState, match="Withdrawn"):
        services.accept(
            Exchange.objects.get(pk=exchange.pk), by=listing.person.user, answer="Yes", contact=["email"]
        )
    exchange.refresh_from_db()
    assert (exchange.state, exchange.answer, exchange.owner_contact) == ("withdrawn", "", [])


def test_notifications_name_who_asks_and_hold_no_words_and_no_address():
    listing, starter = ListingFactory(), PersonFactory(name="Amina Asker")
    exchange = services.ask(listing, starter, "A very private question", contact=["email"])
    services.decline(exchange, by=listing.person.user, answer="Sorry", reason_code="no_time")
    for row in Notification.objects.all():
        text = f"{row.subject} {row.body} {row.action} {row.context}"
        for secret in ("very private", "@", "Sorry", "no_time", "No time"):
            assert secret not in text
    assert "Amina Asker" in Notification.objects.get(kind="exchange_asked").subject


def press(listing, starter):
    """Asks, and answers the exchange that there is then."""
    try:
        return services.ask(listing, starter, "Please").pk
    except services.AlreadyAsked as existing:
        return existing.exchange.pk


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_make_one_exchange():
    listing, starter = ListingFactory(), PersonFactory()
    results = at_once(*(lambda: press(listing, starter) for _press in range(2)))
    assert Exchange.objects.count() == 1
    assert results == [Exchange.objects.get().pk] * 2
    assert Notification.objects.filter(kind="exchange_asked").count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_without_lock_and_constraint_two_presses_make_two_exchanges(monkeypatch):
    """The control: both have seen that nothing was asked yet. The lock keeps the second press back; had it come
    through, the constraint would refuse it."""
    needs_racing()
    listing, starter = ListingFactory(), PersonFactory()
    meet_after(monkeypatch, services, "_check_starter")
    without_locks(monkeypatch)
    results = at_once(*(lambda: press(listing, starter) for _press in range(2)))
    assert results == [Exchange.objects.get().pk] * 2  # the constraint

    Exchange.objects.all().delete()
    one_open = next(row for row in Exchange._meta.constraints if row.name == "directory_exchange_one_open")
    with connection.schema_editor() as schema:
        schema.remove_constraint(Exchange, one_open)
    try:
        meet_after(monkeypatch, services, "_check_starter")
        at_once(*(lambda: press(listing, starter) for _press in range(2)))
        assert Exchange.objects.count() == 2
    finally:
        Exchange.objects.all().delete()
        with connection.schema_editor() as schema:
            schema.add_constraint(Exchange, one_open)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("locked", "taken"), [(True, 1), (False, 2)])
def test_without_the_lock_hours_are_given_twice(locked, taken, monkeypatch):
    """The control: both questions have found the hours free before either takes them."""
    needs_racing()
    giver = PersonFactory(hours_a_month=2)
    asked = [ExchangeFactory(listing=ListingFactory(person=giver, hours_a_month=2)) for _n in range(2)]
    meet_after(monkeypatch, services, "_check_room")
    if not locked:
        without_locks(monkeypatch)
    at_once(*(lambda row=row: services.accept(row, by=giver.user, answer="Yes") for row in asked))
    assert Exchange.objects.filter(state="accepted").count() == taken
