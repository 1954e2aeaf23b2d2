"""What cannot be done in the directory, and the sentence that whoever tried it reads. Nothing changes then."""

from __future__ import annotations

import datetime
import functools
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.utils import timezone
from wagtail.models import ModelLogEntry

from directory import bandwidth, permissions
from directory.admin.permissions import OwnersOnly
from directory.constants import ListingState, MembershipRole, TextRole, Visibility
from directory.errors import NotPossible
from directory.models import Capacity, CapacityText, Exchange, Invitation, Listing, Membership, Person
from directory.services import exchanges, listings, organisations, people
from directory.taxonomy import services as taxonomy
from foundation.accounts.constants import Role
from foundation.accounts.models import User
from foundation.notifications.models import Notification
from foundation.workflow.errors import TransitionError
from foundation.workflow.models import LogEntry
from tests import refusals
from tests.factories.accounts import UserFactory
from tests.factories.directory import (
    CapacityFactory,
    ExchangeFactory,
    ListingFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db
refused = functools.partial(refusals.refused, kind=NotPossible)


def moves(row: Exchange | Listing) -> list[tuple[str, str, User | None]]:
    return [(entry.name, entry.role, entry.by) for entry in LogEntry.objects.of(row)]


# Asking ----------------------------------------------------------------------------------------------


def test_ten_questions_in_a_day_are_counted_for_each_alone() -> None:
    starter = PersonFactory()
    for _number in range(exchanges.ASKS_A_DAY):
        ExchangeFactory(starter=starter, state="declined")
    with refused("You have asked 10 times since yesterday. Wait for some answers before you ask again."):
        exchanges.ask(ListingFactory(), starter, "Please")
    exchanges.ask(ListingFactory(), PersonFactory(), "Please")
    Exchange.objects.filter(starter=starter).update(
        created=timezone.now() - datetime.timedelta(days=1, minutes=1)
    )
    assert exchanges.ask(ListingFactory(), starter, "Please").state == "asked"


def test_who_asks_again_is_led_to_what_they_asked() -> None:
    listing, starter = ListingFactory(), PersonFactory()
    exchanges.ask(listing, starter, "Once")
    sentence = "You have asked this already. Here is where it stands."
    with refused(sentence, kind=exchanges.AlreadyAsked):
        exchanges.ask(listing, starter, "Twice")


def test_one_who_is_left_alone_asks_nobody() -> None:
    with refused("You chose to be left alone. Change that in your profile first, then ask."):
        exchanges.ask(ListingFactory(), PersonFactory(left_alone=True), "Please")


def test_nobody_asks_for_their_own_or_on_their_own_page() -> None:
    listing = ListingFactory()
    with refused("This is your own."):
        exchanges.ask(listing, listing.person, "Please")
    with refused("This is your own page."):
        exchanges.ask_person(listing.person, listing.person, "Please")


def test_an_organisation_for_which_nobody_answers_is_not_asked() -> None:
    listing = ListingFactory(person=None, organisation=OrganisationFactory())
    sentence = "Nobody answers for this organisation at the moment."
    with refused(sentence):
        exchanges.ask(listing, PersonFactory(), "Please")
    assert exchanges.why_not_ask(listing, PersonFactory()) == sentence
    MembershipFactory(organisation=listing.organisation, manager=True)
    assert exchanges.why_not_ask(listing, PersonFactory()) == ""
    assert exchanges.ask(listing, PersonFactory(), "Please").state == "asked"


def test_what_is_not_shown_is_not_open() -> None:
    with refused("This is not open any more."):
        exchanges.ask(ListingFactory(withdrawn=True), PersonFactory(), "Please")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"leave_alone": True}, "Ana is not taking questions."),
        ({"listed": False}, "Ana is not taking questions."),
        ({"hours_a_month": 0}, "Ana has no free hours this month."),
        ({"paused_until": datetime.date(2999, 5, 2)}, "Ana is taking a rest until 2 May 2999."),
    ],
)
def test_why_a_person_is_not_asked(change: dict[str, object], sentence: str) -> None:
    person = PersonFactory(name="Ana", **change)
    with refused(sentence):
        exchanges.ask_person(person, PersonFactory(), "Please")


def test_a_closed_account_takes_no_questions() -> None:
    person = PersonFactory(name="Ana", user__is_active=False)
    assert bandwidth.can_be_asked(person)[0] is False
    with refused("Ana is not taking questions."):
        exchanges.ask_person(person, PersonFactory(), "Please")


def test_places_of_those_who_wait_for_one_person() -> None:
    person, asker = PersonFactory(name="Ana"), PersonFactory()
    offers = [ListingFactory(person=person) for _number in range(4)]
    exchanges.ask(offers[0], asker, "One")
    exchanges.ask(offers[1], asker, "Two")
    with refused("You have 2 open questions to Ana already. Wait for an answer before you ask again."):
        exchanges.ask(offers[2], asker, "Three")
    exchanges.ask(offers[2], PersonFactory(), "Three")
    with refused("3 questions wait for Ana already. Let them answer first, or ask somebody else today."):
        exchanges.ask(offers[3], PersonFactory(), "Four")


@pytest.mark.parametrize(
    ("state", "possible"),
    [("draft", False), ("withdrawn", False), ("active", True), ("paused", True), ("expired", True)],
)
def test_a_need_is_named_where_others_may_know_of_it(state: str, possible: bool) -> None:
    asker = PersonFactory()
    need = ListingFactory(need=True, person=asker, state=state)
    assert exchanges.may_ask_for(need, asker) is possible
    assert not exchanges.may_ask_for(need, PersonFactory())
    assert not exchanges.may_ask_for(ListingFactory(person=asker), asker)
    if possible:
        assert exchanges.ask(ListingFactory(), asker, "Please", need=need).need == need
    else:
        with refused("You can ask for needs of your own only. Choose another one, or none."):
            exchanges.ask(ListingFactory(), asker, "Please", need=need)


def test_what_was_asked_is_kept_as_it_was_said() -> None:
    person, asker, about = PersonFactory(), PersonFactory(), CapacityFactory()
    need = ListingFactory(need=True, person=asker)
    exchange = exchanges.ask_person(
        person, asker, "  Please help. ", about=about, need=need, contact=["email", "smoke"]
    )
    exchange.refresh_from_db()
    assert (exchange.message, exchange.about, exchange.need) == ("Please help.", about, need)
    assert exchange.starter_contact == ["email"]
    assert moves(exchange) == [("start", "starter", asker.user)]


# Answering -------------------------------------------------------------------------------------------


def test_a_yes_with_all_that_was_said_with_it() -> None:
    exchange = ExchangeFactory()
    owner = exchange.listing.person
    exchanges.accept(exchange, by=owner.user, answer=" Gladly. ", contact=["email"])
    exchange.refresh_from_db()
    assert (exchange.state, exchange.answer, exchange.answered_by) == ("accepted", "Gladly.", owner)
    assert exchange.owner_contact == ["email"]


@pytest.mark.parametrize("hours", [1, 2])
def test_a_yes_to_exactly_the_hours_that_are_left(hours: int) -> None:
    exchange = ExchangeFactory(listing=ListingFactory(person__hours_a_month=hours, hours_a_month=hours))
    exchanges.accept(exchange, by=exchange.listing.person.user, answer="Yes")
    assert exchange.state == "accepted"


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [
        (
            3,
            "This takes 3 hours a month, and you have 0 left. Give more hours in your profile, or say not now. "
            "Nothing has changed.",
        ),
        (
            1,
            "This takes 1 hour a month, and you have 0 left. Give more hours in your profile, or say not now. "
            "Nothing has changed.",
        ),
    ],
)
def test_who_has_no_hours_left_says_no_yes(hours: int, sentence: str) -> None:
    owner = PersonFactory(hours_a_month=2)
    exchange = ExchangeFactory(listing=ListingFactory(person=owner, hours_a_month=hours))
    ExchangeFactory(accepted=True, listing=ListingFactory(person=owner, hours_a_month=2))
    with refused(sentence, kind=TransitionError):
        exchanges.accept(exchange, by=owner.user, answer="Yes")
    exchange.refresh_from_db()
    assert (exchange.state, exchange.answer) == ("asked", "")


def test_help_with_a_need_is_held_to_the_hours_of_who_helps() -> None:
    need = ListingFactory(need=True, hours_a_month=3)
    exchange = ExchangeFactory(listing=need, starter=PersonFactory(name="Ana", hours_a_month=2))
    with refused(
        "This takes 3 hours a month, and Ana has 2 left. Nothing has changed.", kind=TransitionError
    ):
        exchanges.accept(exchange, by=need.person.user, answer="Yes")


def test_not_now_says_who_and_keeps_the_reason_in_the_log() -> None:
    exchange = ExchangeFactory()
    owner = exchange.listing.person
    exchanges.decline(exchange, by=owner.user, answer=" Not now. ", reason=" Too much. ")
    exchange.refresh_from_db()
    assert (exchange.state, exchange.answer, exchange.answered_by) == ("declined", "Not now.", owner)
    assert LogEntry.objects.of(exchange).last().reason == "Too much."
    assert moves(exchange)[-1] == ("decline", "owner", owner.user)


def test_the_ends_of_an_exchange_are_written_down_with_who_said_them() -> None:
    exchange = ExchangeFactory()
    owner, starter = exchange.listing.person.user, exchange.starter.user
    exchanges.accept(exchange, by=owner, answer="Yes")
    Exchange.objects.update(still_on_asked_at=timezone.now())
    exchange.refresh_from_db()
    exchanges.keep(exchange, by=starter)
    exchange.refresh_from_db()
    assert exchange.still_on_asked_at is None
    exchanges.finish(exchange, by=owner, hours=Decimal("2.5"))
    exchange.refresh_from_db()
    assert (exchange.state, exchange.hours) == ("done", Decimal("2.5"))
    exchanges.thank(exchange, by=starter, text=" You explained well. ", public=True)
    exchange.refresh_from_db()
    assert (exchange.state, exchange.thanks, exchange.thanks_public) == (
        "thanked",
        "You explained well.",
        True,
    )
    assert [(name, by) for name, _role, by in moves(exchange)] == [
        ("start", starter),
        ("accept", owner),
        ("keep", starter),
        ("finish", owner),
        ("thank", starter),
    ]


def test_a_question_is_taken_back_by_who_asked() -> None:
    exchange = ExchangeFactory()
    with pytest.raises(TransitionError):
        exchanges.withdraw(exchange, by=exchange.listing.person.user)
    exchanges.withdraw(exchange, by=exchange.starter.user)
    exchange.refresh_from_db()
    assert exchange.state == "withdrawn"
    assert moves(exchange)[-1] == ("withdraw", "starter", exchange.starter.user)


# An offer or a need ----------------------------------------------------------------------------------


def test_only_its_owner_moves_a_listing_and_reads_so() -> None:
    listing = ListingFactory()
    with refused("Only its owner may change this."):
        listings.move(listing, "pause", by=UserFactory())
    with refused("This cannot be done with an offer or a need."):
        listings.move(listing, "expire", by=listing.person.user)
    with refused("This cannot be done with an offer or a need."):
        listings.move(listing, "met", by=listing.person.user)  # an offer is never met
    listing.refresh_from_db()
    assert listing.state == "active"


def test_what_its_owner_may_do_depends_on_what_it_is() -> None:
    offer = {move.name for move in listings.moves_of(ListingFactory())}
    need = {move.name for move in listings.moves_of(ListingFactory(need=True))}
    assert need - offer == {"met"}
    assert offer <= need
    assert {"pause", "confirm", "withdraw"} <= offer


def test_a_page_that_was_open_too_long_moves_nothing() -> None:
    listing = ListingFactory(state="paused")
    with pytest.raises(NotPossible, match="This has changed since you opened the page"):
        listings.move(listing, "resume", by=listing.person.user, expect="active")
    listing.refresh_from_db()
    assert listing.state == "paused"


@pytest.mark.parametrize(
    ("fields", "about", "sentence"),
    [
        ({"title": " "}, True, "Give it a title first."),
        ({}, False, "Say what it is about first: choose at least one capacity."),
    ],
)
def test_what_a_draft_needs_before_others_see_it(fields: dict[str, str], about: bool, sentence: str) -> None:
    draft = ListingFactory(state="draft", capacities=[CapacityFactory()] if about else [], **fields)
    with refused(sentence):
        listings.move(draft, "publish", by=draft.person.user)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_whose_last_day_is_past_is_not_shown_again() -> None:
    today = timezone.localdate()
    listing = ListingFactory(
        state="paused", capacities=[CapacityFactory()], valid_until=today - datetime.timedelta(days=1)
    )
    with refused("Its last day is past. Change the date first, then show it again."):
        listings.move(listing, "resume", by=listing.person.user)
    Listing.objects.update(valid_until=today)
    assert listings.move(listing, "resume", by=listing.person.user) == "It is shown again."
    listing.refresh_from_db()
    assert (listing.state, listing.confirmed_at) == ("active", today)


def test_saving_what_had_expired_writes_all_of_it_and_shows_it() -> None:
    owner, old, new = PersonFactory(), CapacityFactory(), CapacityFactory()
    listing = ListingFactory(person=owner, state="expired", capacities=[old])
    long_ago = timezone.now() - datetime.timedelta(days=400)
    Listing.objects.update(updated=long_ago, confirmed_at=long_ago.date())
    row = listings.save(
        listing, by=owner, owner=owner, fields={"title": "New words"}, capacities=[new], keywords=["grants"]
    )
    listing.refresh_from_db()
    assert (row, listing.state, listing.title) == (listing, "active", "New words")
    assert (listing.confirmed_at, listing.updated.date()) == (timezone.localdate(), timezone.now().date())
    assert list(listing.capacities.all()) == [new]
    assert list(listing.keywords.names()) == ["grants"]
    assert moves(listing) == [("resume", "owner", owner.user)]


@pytest.mark.parametrize(("as_draft", "state"), [(True, "draft"), (False, "active")])
def test_a_new_listing_is_its_makers_and_begins_its_log(as_draft: bool, state: str) -> None:
    maker = PersonFactory()
    organisation = OrganisationFactory(managers=[maker])
    row = listings.save(
        None,
        by=maker,
        owner=organisation,
        fields={"title": "A need", "direction": "need", "language": "en"},
        capacities=[],
        keywords=[],
        as_draft=as_draft,
    )
    row.refresh_from_db()
    assert (row.state, row.created_by, row.person, row.organisation) == (state, maker, None, organisation)
    assert moves(row) == [("start", "owner", maker.user)]


def test_time_takes_only_what_is_shown_out_of_sight() -> None:
    shown, draft = ListingFactory(), ListingFactory(state="draft")
    assert listings.expire(shown.pk) is True
    assert listings.expire(draft.pk) is False
    shown.refresh_from_db()
    draft.refresh_from_db()
    assert (shown.state, draft.state) == ("expired", "draft")
    assert moves(shown)[-1] == ("expire", "system", None)


# Organisations ---------------------------------------------------------------------------------------


def told(user: User) -> list[tuple[str, dict[str, str], str, User | None]]:
    rows = Notification.objects.filter(user=user).order_by("id")
    return [(row.kind, row.context, row.url, row.by) for row in rows]


def test_who_belongs_to_it_is_not_invited_again() -> None:
    manager, member = PersonFactory(), PersonFactory(name="Ana")
    house = OrganisationFactory(managers=[manager])
    MembershipFactory(organisation=house, person=member)
    with refused("Ana belongs to this organisation already."):
        organisations.invite(house, member, by=manager)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("hidden", [{"leave_alone": True}, {"user__is_active": False}])
def test_hidden_people_are_not_found(hidden: dict[str, bool]) -> None:
    manager = PersonFactory()
    house = OrganisationFactory(managers=[manager])
    with refused("We could not find this person."):
        organisations.invite(house, PersonFactory(**hidden), by=manager)


def test_an_invitation_names_the_organisation_and_who_invites() -> None:
    manager, person = PersonFactory(name="Ana"), PersonFactory()
    house = OrganisationFactory(name="Circle", managers=[manager])
    organisations.invite(house, person, by=manager)
    organisations.invite(house, person, by=manager)
    assert told(person.user) == [
        (
            "organisation_invited",
            {"organisation": "Circle", "name": "Ana"},
            "/my/organisations/",
            manager.user,
        )
    ]


def test_a_proposed_manager_waits_for_a_managers_yes_and_reads_who_gave_it() -> None:
    manager, member, person = PersonFactory(name="Ana"), PersonFactory(name="Ben"), PersonFactory(name="Eva")
    house = OrganisationFactory(name="Circle", slug="circle", managers=[manager])
    MembershipFactory(organisation=house, person=member)
    administrator = UserFactory(role=Role.ADMINISTRATOR)
    invitation = organisations.invite(house, person, by=member, role=MembershipRole.MANAGER)
    assert told(person.user) == told(administrator) == []
    asked = (
        "organisation_manager_wanted",
        {"organisation": "Circle", "name": "Eva"},
        "/organisations/circle/people/",
        person.user,
    )
    assert told(manager.user) == [asked]
    with refused("One of its managers has to agree first."):
        organisations.accept(invitation)
    with refused("Only its managers may do this."):
        organisations.approve(invitation, by=member)
    organisations.approve(invitation, by=manager)
    invitation.refresh_from_db()
    assert invitation.approved_by == manager
    assert told(person.user) == [
        (
            "organisation_invited_manager",
            {"organisation": "Circle", "name": "Ana"},
            "/my/organisations/",
            manager.user,
        )
    ]
    assert organisations.accept(invitation).role == MembershipRole.MANAGER
    with refused("This invitation is not open any more."):
        organisations.accept(invitation)


def test_where_nobody_manages_administrators_who_are_there_are_asked() -> None:
    member, person = PersonFactory(), PersonFactory(name="Eva")
    house = OrganisationFactory(name="Circle", slug="circle")
    MembershipFactory(organisation=house, person=member)
    there = UserFactory(role=Role.ADMINISTRATOR)
    gone = UserFactory(role=Role.ADMINISTRATOR, is_active=False)
    other = UserFactory(role=Role.COORDINATOR)
    organisations.invite(house, person, by=member, role=MembershipRole.MANAGER)
    assert [kind for kind, *_rest in told(there)] == ["organisation_manager_wanted"]
    assert told(gone) == told(other) == []


def test_administrators_hear_of_an_organisation_without_manager() -> None:
    house = OrganisationFactory(name="Circle", slug="circle")
    first, second = (UserFactory(role=Role.ADMINISTRATOR) for _number in range(2))
    organisations.tell_of_no_manager(house, but=first)
    organisations.tell_of_no_manager(house, but=first)
    assert told(first) == []
    assert told(second) == [
        (
            "organisation_without_manager",
            {"organisation": "Circle", "name": ""},
            "/organisations/circle/",
            None,
        )
    ]


def test_roles_are_two_and_the_last_manager_stays_one() -> None:
    manager, member = PersonFactory(), PersonFactory()
    house = OrganisationFactory(managers=[manager])
    last, other = Membership.objects.get(), MembershipFactory(organisation=house, person=member)
    with refused("Choose manager or member."):
        organisations.set_role(other, "owner", by=manager.user)
    with refused("Only its managers may do this."):
        organisations.set_role(other, MembershipRole.MANAGER, by=member.user)
    sentence = "An organisation needs at least one manager. Make somebody else a manager first."
    with refused(sentence):
        organisations.set_role(last, MembershipRole.MEMBER, by=manager.user)
    with refused(sentence):
        organisations.remove(last, by=manager.user)
    organisations.set_role(other, MembershipRole.MANAGER, by=manager.user)
    organisations.set_role(last, MembershipRole.MEMBER, by=member.user)
    last.refresh_from_db()
    other.refresh_from_db()
    assert (last.role, other.role) == (MembershipRole.MEMBER, MembershipRole.MANAGER)


def test_who_is_made_manager_needs_no_invitation_to_this_organisation_any_more() -> None:
    manager, member = PersonFactory(), PersonFactory()
    house, elsewhere = OrganisationFactory(managers=[manager]), OrganisationFactory()
    membership = MembershipFactory(organisation=house, person=member)
    kept = [
        Invitation.objects.create(organisation=elsewhere, person=member),
        Invitation.objects.create(organisation=house, person=PersonFactory()),
    ]
    Invitation.objects.create(organisation=house, person=member, role=MembershipRole.MANAGER)
    organisations.set_role(membership, MembershipRole.MANAGER, by=manager.user)
    assert set(Invitation.objects.all()) == set(kept)


# A person --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (-1, "Choose a day in the future."),
        (366, "A pause ends after at most a year. You can always begin another."),
    ],
)
def test_a_pause_ends_within_a_year(days: int, sentence: str) -> None:
    person = PersonFactory()
    with refused(sentence):
        people.pause(person, timezone.localdate() + datetime.timedelta(days=days))
    person.refresh_from_db()
    assert person.paused_until is None


def test_what_somebody_says_of_themself_is_kept_and_counts_as_confirmed() -> None:
    person, one, two = PersonFactory(), CapacityFactory(), CapacityFactory()
    Person.objects.update(confirmed_at=None)
    person.refresh_from_db()
    side = "offers"
    people.set_capacities(person, side, [one, two], {one.pk: "A talk"})
    people.set_capacities(person, side, [two], {two.pk: "A book"})
    assert [(row.capacity, row.evidence) for row in person.capacities.all()] == [(two, "A book")]
    person.refresh_from_db()
    assert person.confirmed_at == timezone.localdate()
    Person.objects.update(confirmed_at=None)
    people.confirm(person)
    person.refresh_from_db()
    assert person.confirmed_at == timezone.localdate()


def test_who_sees_what_is_chosen_for_fields_that_can_be_hidden() -> None:
    person = PersonFactory()
    field = sorted(Person.CHOOSABLE)[0]
    people.set_visibility(person, {field: Visibility.HIDDEN, "user": Visibility.PUBLIC, "name": "nobody"})
    person.refresh_from_db()
    assert person.visibility == {field: Visibility.HIDDEN}
    stranger = UserFactory()
    assert not person.shows(field)
    assert not person.shows(field, stranger)
    assert person.shows(field, person.user)
    people.set_visibility(person, {field: Visibility.MEMBERS})
    assert [person.shows(field, reader) for reader in (None, AnonymousUser(), stranger)] == [
        False,
        False,
        True,
    ]
    with pytest.raises(KeyError, match="'user' is no field whose visibility people choose"):
        person.visibility_of("user")


@pytest.mark.parametrize("field", sorted(Person.CHOOSABLE))
def test_where_nothing_was_chosen_a_field_is_seen_as_is_usual(field: str) -> None:
    usual = Person.DEFAULT_VISIBILITY.get(field, Visibility.PUBLIC)
    assert PersonFactory(visibility={}).visibility_of(field) == usual


# Who may ---------------------------------------------------------------------------------------------


def test_what_is_hidden_says_so_to_strangers() -> None:
    stranger = UserFactory()
    withdrawn, organisation = ListingFactory(withdrawn=True), OrganisationFactory(active=False)
    told = {
        permissions.may_see_person(stranger, PersonFactory(unlisted=True)): "This person has no public page.",
        permissions.may_see_listing(stranger, withdrawn): "This is not shown any more.",
        permissions.may_see_listing(AnonymousUser(), withdrawn): "This is not shown any more.",
        permissions.may_edit_listing(stranger, withdrawn): "Only its owner may change this.",
        permissions.may_edit_organisation(stranger, organisation): (
            "Only its managers may change this organisation."
        ),
        permissions.may_see_organisation(stranger, organisation): (
            "Only its managers may change this organisation."
        ),
        permissions.may_name_managers(stranger, organisation): "Only its managers may do this.",
        permissions.may_see_exchange(stranger, ExchangeFactory()): "This is between two other people.",
    }
    for verdict, sentence in told.items():
        assert verdict == (False, sentence)
        assert not verdict


def test_who_looks_after_the_directory_sees_what_is_not_shown_but_no_draft() -> None:
    moderator = UserFactory()
    moderator.user_permissions.add(Permission.objects.get(codename="change_listing"))
    assert permissions.may_see_listing(moderator, ListingFactory(withdrawn=True))
    assert not permissions.may_see_listing(moderator, ListingFactory(state="draft"))


@pytest.mark.parametrize(
    ("state", "seen"),
    [
        ("asked", True),
        ("accepted", True),
        ("done", True),
        ("thanked", True),
        ("declined", False),
        ("ended", False),
    ],
)
def test_whoever_is_in_an_exchange_with_somebody_unlisted_sees_their_page(state: str, seen: bool) -> None:
    asks = PersonFactory(unlisted=True)
    exchange = ExchangeFactory(starter=asks, state=state)
    owner = exchange.listing.person
    assert bool(permissions.may_see_person(owner.user, asks)) is seen
    assert not permissions.may_see_person(UserFactory(), asks)
    # Who was asked is seen once they said yes.
    Person.objects.filter(pk=owner.pk).update(listed=False)
    owner.refresh_from_db()
    assert bool(permissions.may_see_person(asks.user, owner)) is (seen and state != "asked")


@pytest.mark.parametrize("action", ["add", "delete"])
def test_profiles_and_listings_are_made_and_deleted_by_their_owners_alone(action: str) -> None:
    policy, administrator = OwnersOnly(Listing), UserFactory(is_superuser=True)
    assert not policy.user_has_permission(administrator, action)
    assert not policy.user_has_any_permission(administrator, [action])
    assert policy.user_has_any_permission(administrator, [action, "change"])
    assert not policy.user_has_permission_for_instance(administrator, action, ListingFactory())


def test_nobody_but_its_owner_touches_a_draft() -> None:
    policy, administrator = OwnersOnly(Listing), UserFactory(is_superuser=True)
    assert policy.user_has_permission_for_instance(administrator, "change", ListingFactory())
    draft = ListingFactory(state=ListingState.DRAFT)
    assert not policy.user_has_permission_for_instance(administrator, "change", draft)


# Hours -----------------------------------------------------------------------------------------------


def test_whose_hours_an_exchange_takes() -> None:
    asked, starter = PersonFactory(), PersonFactory()
    offer, need = ListingFactory(), ListingFactory(need=True)
    assert bandwidth.giver_of(ExchangeFactory(listing=None, asked_person=asked, starter=starter)) == asked.pk
    assert bandwidth.giver_of(ExchangeFactory(listing=offer, starter=starter)) == offer.person_id
    assert bandwidth.giver_of(ExchangeFactory(listing=need, starter=starter)) == starter.pk
    circle = ListingFactory(person=None, organisation=OrganisationFactory())
    assert bandwidth.giver_of(ExchangeFactory(listing=circle)) is None


def test_hours_of_each_kind_of_exchange_are_taken_and_questions_wait() -> None:
    person = PersonFactory(hours_a_month=10)
    ExchangeFactory(accepted=True, listing=ListingFactory(person=person, hours_a_month=2))
    ExchangeFactory(accepted=True, listing=None, asked_person=person)
    ExchangeFactory(accepted=True, listing=ListingFactory(need=True, hours_a_month=3), starter=person)
    # None of theirs: what they asked for, and their own need.
    ExchangeFactory(accepted=True, starter=person, listing=ListingFactory(hours_a_month=4))
    ExchangeFactory(accepted=True, listing=ListingFactory(need=True, person=person, hours_a_month=4))
    # Waits for their answer; the offer to help with a need waits for another's.
    ExchangeFactory(listing=ListingFactory(person=person, hours_a_month=4))
    ExchangeFactory(listing=ListingFactory(need=True, hours_a_month=4), starter=person)
    assert bandwidth.hours_taken([person.pk]) == {person.pk: 6.0}
    assert bandwidth.hours_free([person]) == {person.pk: 4.0}
    assert bandwidth.standing_of(person) == bandwidth.Standing(free=4.0, waiting=1)
    known = Exchange.objects.select_related("listing")
    assert bandwidth.hours_taken([person.pk], exchanges=known)[person.pk] == 6.0


# The tree of capacities ------------------------------------------------------------------------------


GONE = "This capacity does not exist any more."


@pytest.fixture
def editor(db: None) -> User:
    return UserFactory(role=Role.EDITOR)


def logged(capacity: Capacity) -> list[tuple[str, User | None, dict[str, object]]]:
    rows = ModelLogEntry.objects.filter(object_id=str(capacity.pk)).order_by("id")
    return [(row.action, row.user, row.data) for row in rows]


def names_below(parent: Capacity | None) -> list[str]:
    rows = Capacity.objects.get(pk=parent.pk).get_children() if parent else Capacity.get_root_nodes()
    return [row.slug for row in rows]


def test_a_capacity_is_added_with_its_texts_and_in_the_log(editor: User) -> None:
    parent = CapacityFactory(slug="top")
    texts = [("en", TextRole.PREFERRED, "Grants"), ("fr", TextRole.PREFERRED, "Subventions")]
    made = taxonomy.add(parent, slug="grants", wikidata_id="Q230788", texts=texts, by=editor)
    made.refresh_from_db()
    assert (made.slug, made.wikidata_id, names_below(parent)) == ("grants", "Q230788", ["grants"])
    rows = CapacityText.objects.filter(capacity=made).values_list("language", "role", "text")
    assert sorted(rows) == texts
    assert [(action, by) for action, by, _data in logged(made)] == [("wagtail.create", editor)]


def test_changing_it_writes_what_differs_and_logs_only_that(editor: User) -> None:
    kept = CapacityFactory(slug="grants", label="Grants", fr="Subvention")
    texts = [("en", TextRole.PREFERRED, "Grants"), ("fr", TextRole.PREFERRED, "Subventions")]
    french = CapacityText.objects.get(capacity=kept, language="fr")
    english = CapacityText.objects.get(capacity=kept, language="en")
    assert taxonomy.change(kept, wikidata_id="", texts=texts, by=editor) is True
    assert taxonomy.change(kept, wikidata_id="", texts=texts, by=editor) is False
    assert taxonomy.change(kept, wikidata_id="Q230788", texts=texts, by=editor) is True
    rows = CapacityText.objects.filter(capacity=kept)
    assert sorted(rows.values_list("language", "role", "text")) == texts
    assert english in rows
    assert french not in rows
    assert [(action, by) for action, by, _data in logged(kept)] == [("wagtail.edit", editor)] * 2
    kept.refresh_from_db()
    assert kept.wikidata_id == "Q230788"


def test_it_is_moved_behind_another_to_the_front_and_below(editor: User) -> None:
    top = CapacityFactory(slug="top")
    one, two, three = (CapacityFactory(slug=slug, parent=top) for slug in ("one", "two", "three"))
    taxonomy.move(three, top, after=one, by=editor)
    assert names_below(top) == ["one", "three", "two"]
    taxonomy.move(two, top, after=None, by=editor)
    assert names_below(top) == ["two", "one", "three"]
    taxonomy.move(one, three, after=None, by=editor)
    assert (names_below(top), names_below(three)) == (["two", "three"], ["one"])
    taxonomy.move(one, None, after=top, by=editor)
    assert names_below(None) == ["top", "one"]
    assert logged(one) == [
        ("directory.move", editor, {"parent": "three"}),
        ("directory.move", editor, {"parent": ""}),
    ]


def test_a_neighbour_that_lies_elsewhere_is_refused(editor: User) -> None:
    top, other = CapacityFactory(slug="top"), CapacityFactory(slug="other")
    below = CapacityFactory(slug="below", label="Below", parent=other)
    moved = CapacityFactory(slug="moved")
    with refused("“Below” is not there any more. Choose again.", kind=taxonomy.TaxonomyError):
        taxonomy.move(moved, top, after=below, by=editor)
    assert names_below(None) == ["top", "other", "moved"]


def test_nothing_lies_below_itself_or_too_deep(editor: User) -> None:
    deepest = top = CapacityFactory(slug="top", label="Top")
    for level in range(2, taxonomy.MAX_DEPTH + 1):
        deepest = CapacityFactory(slug=f"level-{level}", label=f"Level {level}", parent=deepest)
    too_deep = f"The tree has at most {taxonomy.MAX_DEPTH} levels. Choose a place further up."
    with refused(too_deep, kind=taxonomy.TaxonomyError):
        taxonomy.add(deepest, slug="more", wikidata_id="", texts=[], by=editor)
    with refused(too_deep, kind=taxonomy.TaxonomyError):
        taxonomy.move(CapacityFactory(slug="another"), deepest, after=None, by=editor)
    below = "“Top” is, or lies below, what you are moving. Choose another place."
    with refused(below, kind=taxonomy.TaxonomyError):
        taxonomy.move(top, top, after=None, by=editor)


def test_only_what_nothing_uses_and_nothing_lies_below_is_deleted(editor: User) -> None:
    top = CapacityFactory(slug="top")
    leaf, used = CapacityFactory(slug="leaf", parent=top), CapacityFactory(slug="used", parent=top)
    ListingFactory(capacities=[used])
    with refused("Other capacities lie below it. Move or merge them first.", kind=taxonomy.TaxonomyError):
        taxonomy.delete(top, by=editor)
    with refused("It is in use. Merge it into another capacity instead.", kind=taxonomy.TaxonomyError):
        taxonomy.delete(used, by=editor)
    pk = leaf.pk
    taxonomy.delete(leaf, by=editor)
    assert names_below(top) == ["used"]
    row = ModelLogEntry.objects.get(object_id=str(pk))
    assert (row.action, row.user, row.deleted) == ("wagtail.delete", editor, True)
    with refused(GONE, kind=taxonomy.TaxonomyError):
        taxonomy.delete(Capacity(pk=pk, path="0001", depth=1), by=editor)
