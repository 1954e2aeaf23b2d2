"""Deleting an account: what goes, what others keep without the name, who is told, and what the download holds."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import models
from django.urls import reverse
from wagtail.models import ModelLogEntry

from directory.models import Exchange, Listing, Person
from directory.services import exchanges
from foundation.accounts.constants import Role
from foundation.accounts.personal_data import DECISIONS, Fate, erase, export, loose_pointers, pointers
from foundation.notifications.models import Notification
from foundation.workflow.models import LogEntry
from learning.models import Enrolment
from mentoring import services as mentoring
from mentoring.models import MentoringRequest, Pairing
from tests.factories import learning as lessons
from tests.factories.accounts import UserFactory, prove
from tests.factories.directory import (
    ExchangeFactory,
    ListingFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.factories.mentoring import (
    MentorOfferFactory,
    PairingFactory,
    ProgrammeFactory,
    ProposalFactory,
    RequestFactory,
)

pytestmark = pytest.mark.django_db


def told(person: Person) -> list[str]:
    return list(Notification.objects.filter(user=person.user).order_by("id").values_list("kind", flat=True))


# Every pointer is decided -------------------------------------------------------------------------------


def test_every_pointer_to_an_account_is_decided():
    """A new pointer to somebody needs a line in its room's `personal_data`: erased, anonymised or kept, and why."""
    names = {pointer.name for pointer in pointers()} | set(loose_pointers())
    assert sorted(names - DECISIONS.keys()) == []


def test_no_decision_is_about_something_that_is_gone():
    names = {pointer.name for pointer in pointers()} | set(loose_pointers())
    assert sorted(DECISIONS.keys() - names) == []


def test_the_database_does_what_was_decided():
    does = {
        Fate.ERASED: (models.CASCADE,),
        Fate.ANONYMISED: (models.SET_NULL,),
        Fate.KEPT: (models.DO_NOTHING,),
    }
    for pointer in pointers():
        decision = DECISIONS[pointer.name]
        assert pointer.field.remote_field.on_delete in does[decision.fate], pointer.name
        assert decision.reason.endswith("."), pointer.name


# The directory ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["starter", "owner"])
@pytest.mark.parametrize("state", ["asked", "accepted", "done"])
def test_the_other_side_keeps_an_exchange_without_the_name_and_is_told(client, side, state):
    owner, starter = PersonFactory(name="Olivia Owner"), PersonFactory(name="Samir Starter")
    listing = ListingFactory(person=owner, title="Scanning old maps")
    exchange = exchanges.ask(listing, starter, "May we bring forty maps?", contact=["email"])
    if state != "asked":
        exchanges.accept(exchange, by=owner.user, answer="Bring them on Monday.", contact=["email"])
    if state == "done":
        exchanges.finish(exchange, by=owner.user, hours=Decimal("3"))
    leaver, keeper = (starter, owner) if side == "starter" else (owner, starter)
    erase(leaver.user)
    exchange.refresh_from_db()
    assert exchange.state == ("settled" if state == "done" else "left")
    assert not exchange.is_open
    assert exchange.message == "May we bring forty maps?"
    assert exchange.hours == (Decimal("3") if state == "done" else None)
    assert told(keeper)[-1] == "exchange_left"
    client.force_login(keeper.user)
    page = client.get(exchange.get_absolute_url()).content.decode()
    assert "Scanning old maps" in page
    assert "A former member" in page
    assert leaver.name not in page
    assert leaver.user.email not in page
    assert client.get(reverse("directory:my_exchanges")).content.decode().count("A former member") == 1
    feed = client.get(reverse("notifications:feed")).content.decode()
    assert leaver.name not in feed


def test_what_was_finished_and_thanked_stays_with_the_helper(client):
    owner, starter = PersonFactory(), PersonFactory(name="Thea Thankful")
    exchange = exchanges.ask(ListingFactory(person=owner), starter, "Please")
    exchanges.accept(exchange, by=owner.user, answer="Yes")
    exchanges.finish(exchange, by=owner.user, hours=Decimal("2.5"))
    exchanges.thank(exchange, by=starter.user, text="It saved our spring.", public=True)
    erase(starter.user)
    exchange.refresh_from_db()
    assert (exchange.state, exchange.hours) == ("thanked", Decimal("2.5"))
    page = client.get(owner.get_absolute_url()).content.decode()
    assert "It saved our spring." in page
    assert "Thea Thankful" not in page


def test_when_both_have_left_nobody_keeps_anything():
    exchange = ExchangeFactory()
    owner, starter = exchange.owner, exchange.starter
    erase(owner.user)
    erase(starter.user)
    assert not Exchange.objects.exists()
    assert not Listing.objects.exists()


def test_an_organisations_exchange_goes_on_when_the_manager_who_answered_leaves():
    first, second, starter = PersonFactory(), PersonFactory(), PersonFactory()
    circle = OrganisationFactory(managers=[first, second])
    exchange = exchanges.ask(ListingFactory(person=None, organisation=circle), starter, "Please")
    exchanges.accept(exchange, by=first.user, answer="Yes", contact=["email"])
    erase(first.user)
    exchange.refresh_from_db()
    assert (exchange.state, exchange.answered_by, exchange.owner_contact) == ("accepted", None, [])
    assert exchange.roles_of(second.user) == {"owner", "giver"}


def test_administrators_hear_of_an_organisation_whose_last_manager_left():
    administrator = PersonFactory(user=UserFactory(role=Role.ADMINISTRATOR))
    alone = PersonFactory()
    OrganisationFactory(managers=[alone])
    OrganisationFactory(managers=[alone, PersonFactory()])
    erase(alone.user)
    assert told(administrator) == ["organisation_without_manager"]


def test_somebody_who_leaves_in_the_very_moment_of_an_ask_is_not_asked():
    owner, starter = PersonFactory(), PersonFactory()
    stale = Person.objects.get(pk=owner.pk)
    erase(owner.user)
    with pytest.raises(exchanges.NotPossible, match="not open"):
        exchanges.ask_person(stale, starter, "Hello?")


def test_deleting_twice_is_deleting_once():
    user = PersonFactory().user
    again = type(user).objects.get(pk=user.pk)
    erase(user)
    erase(again)


def test_the_same_follows_when_an_administrator_deletes_an_account(client):
    exchange, pair = ExchangeFactory(state="accepted"), PairingFactory(state="active")
    client.force_login(UserFactory(admin=True))
    prove(client)
    for leaver in (exchange.starter, pair.mentee):
        client.post(reverse("wagtailusers_users:delete", args=[leaver.user_id]))
    exchange.refresh_from_db()
    pair.refresh_from_db()
    assert (exchange.state, exchange.starter) == ("left", None)
    assert (pair.state, pair.mentee) == ("closed_no_fault", None)
    assert told(exchange.owner) == ["exchange_left"]
    assert told(pair.mentor) == ["mentoring.pair_left"]
    deletions = ModelLogEntry.objects.filter(action="wagtail.delete")
    assert list(deletions.values_list("label", flat=True)) == ["", ""]


# Mentoring ----------------------------------------------------------------------------------------------


def test_a_mentor_keeps_hours_and_thanks_of_a_mentee_who_left(client):
    pair = PairingFactory(state="active")
    mentee, mentor = pair.mentee, pair.mentor
    mentoring.log_hours(pair, by=mentor.user, on=date(2026, 3, 1), hours=Decimal("1.5"), note="First call")
    mentoring.log_hours(pair, by=mentee.user, on=date(2026, 3, 8), hours=Decimal("1"))
    mentoring.move(pair, "complete", by=mentor.user)
    mentoring.say_thanks(pair, "You made it easy.", by=mentee.user)
    request = pair.request
    erase(mentee.user)
    pair.refresh_from_db()
    assert (pair.state, pair.mentee) == ("completed", None)
    client.force_login(mentor.user)
    page = client.get(pair.get_absolute_url()).content.decode()
    assert "of both of you: 2.5" in page
    assert "You made it easy." in page
    assert "A former member" in page
    assert mentee.name not in page
    request.refresh_from_db()
    assert (request.person, request.goal, request.contact, request.answers) == (None, "", "", {})


def test_an_open_pair_is_closed_and_the_mentor_told_when_the_mentee_leaves():
    pair = PairingFactory(state="active")
    erase(pair.mentee.user)
    pair.refresh_from_db()
    assert pair.state == "closed_no_fault"
    assert pair.ended_at is not None
    assert told(pair.mentor) == ["mentoring.pair_left"]


def test_a_mentee_is_first_in_line_again_when_the_mentor_leaves():
    pair = PairingFactory(state="active")
    erase(pair.mentor.user)
    pair.refresh_from_db()
    assert (pair.state, pair.mentor, pair.offer) == ("handover", None, None)
    request = MentoringRequest.objects.get(pk=pair.request_id)
    assert (request.state, request.at_head) == ("queued", True)
    assert told(pair.mentee) == ["mentoring.looking_again"]


def test_a_mentor_who_is_being_asked_is_told_when_the_mentee_leaves():
    coordinator = PersonFactory()
    programme = ProgrammeFactory(coordinators=[coordinator])
    proposal = ProposalFactory(request=RequestFactory(programme=programme, state="proposed"))
    mentee, mentor = proposal.request.person, proposal.offer.person
    erase(mentee.user)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.need) == ("withdrawn", "")
    assert told(mentor) == ["mentoring.taken_back"]
    assert told(coordinator) == ["mentoring.request_withdrawn"]


def test_coordinators_hear_at_once_that_an_asked_mentor_left():
    coordinator = PersonFactory()
    programme = ProgrammeFactory(coordinators=[coordinator])
    proposal = ProposalFactory(request=RequestFactory(programme=programme, state="proposed"))
    erase(proposal.offer.person.user)
    request = MentoringRequest.objects.get(pk=proposal.request_id)
    assert request.state == "queued"
    assert told(coordinator) == ["mentoring.request_returned"]


def test_the_board_still_opens_when_people_of_every_request_have_left(client):
    coordinator = PersonFactory(user=UserFactory(role=Role.COORDINATOR))
    programme = ProgrammeFactory()
    for state in ("submitted", "needs_info", "queued", "expired", "declined_by_programme"):
        erase(RequestFactory(programme=programme, state=state).person.user)
    erase(PairingFactory(request=RequestFactory(programme=programme, state="paired")).mentee.user)
    client.force_login(coordinator.user)
    assert client.get(reverse("mentoring:board", args=[programme.translation_key])).status_code == 200
    assert set(MentoringRequest.objects.values_list("state", flat=True)) == {"left"}


def test_a_draft_is_nobodys_record():
    erase(RequestFactory(state="draft").person.user)
    assert not MentoringRequest.objects.exists()


# Courses ------------------------------------------------------------------------------------------------


def test_the_seat_of_who_left_goes_to_the_next_in_line():
    course = lessons.make_course(slug="course", title="A course")
    cohort = lessons.make_cohort(course, seats=1)
    from learning.services.enrolment import enrol

    first, second = UserFactory(), UserFactory()
    enrol(cohort, first)
    assert enrol(cohort, second).state == "waiting"
    erase(first)
    assert Enrolment.objects.get(user=second).state == "enrolled"


def test_a_course_that_people_have_joined_cannot_be_deleted(client):
    from learning.services.enrolment import enrol

    course = lessons.make_course(slug="course", title="A course")
    cohort = lessons.make_cohort(course)
    enrolment = enrol(cohort, UserFactory())
    client.force_login(UserFactory(admin=True))
    for page in (course, course.get_parent()):
        answer = client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)
        assert answer.status_code == 200
    answer = client.post(reverse("cohorts:delete", args=[cohort.pk]), follow=True)
    assert answer.status_code == 200
    assert Enrolment.objects.filter(pk=enrolment.pk).exists()


def test_an_organisation_with_offers_cannot_be_deleted(client):
    circle = OrganisationFactory()
    exchange = ExchangeFactory(listing=ListingFactory(person=None, organisation=circle))
    client.force_login(UserFactory(admin=True))
    answer = client.post(reverse("directory_organisations:delete", args=[circle.pk]), follow=True)
    assert answer.status_code == 200
    assert Exchange.objects.filter(pk=exchange.pk, listing__organisation=circle).exists()


# The download -------------------------------------------------------------------------------------------


def _models(text: str) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for entry in json.loads(text):
        found.setdefault(entry["model"], []).append(entry["fields"])
    return found


def test_the_download_holds_exchanges_on_ones_own_listings():
    owner = PersonFactory()
    listing = ListingFactory(person=owner, tags=["maps"])
    exchange = exchanges.ask(listing, PersonFactory(), "May we bring forty maps?", contact=["email"])
    exchanges.accept(exchange, by=owner.user, answer="Gladly")
    found = _models(export(owner.user))
    assert found["directory.exchange"][0]["message"] == "May we bring forty maps?"
    assert found["directory.listing"][0]["keywords"] == ["maps"]
    assert [entry["name"] for entry in found["workflow.logentry"]] == ["accept"]


def test_the_download_holds_mentoring_hours_and_thanks():
    pair = PairingFactory(state="active")
    mentee, mentor = pair.mentee, pair.mentor
    mentoring.log_hours(pair, by=mentee.user, on=date(2026, 3, 1), hours=Decimal("1.5"), note="First call")
    mentoring.move(pair, "complete", by=mentor.user)
    mentoring.say_thanks(pair, "You made it easy.", by=mentee.user)
    for person in (mentee, mentor):
        found = _models(export(person.user))
        assert found["mentoring.pairing"]
        assert found["mentoring.hoursentry"][0]["note"] == "First call"
        assert found["mentoring.thanks"][0]["text"] == "You made it easy."
    assert _models(export(mentee.user))["mentoring.mentoringrequest"][0]["goal"]
    assert "mentoring.mentoringrequest" not in _models(export(mentor.user))


def test_the_download_never_tells_a_mentee_whom_the_coordinators_asked():
    proposal = ProposalFactory()
    text = export(proposal.request.person.user)
    assert str(proposal.offer_id) not in text
    assert "mentoring.proposal" not in text


def test_the_download_holds_no_address_of_anybody_else():
    exchange = ExchangeFactory()
    pair = PairingFactory(request=RequestFactory(person=exchange.starter, state="paired"))
    text = export(exchange.starter.user)
    assert exchange.owner.user.email not in text
    assert pair.mentor.user.email not in text
    assert MentorOfferFactory().contact not in text


def test_the_page_says_what_happens_and_does_it(client):
    exchange = ExchangeFactory(state="asked", message="May we bring forty maps?")
    starter = exchange.starter
    client.force_login(starter.user)
    page = client.get(reverse("accounts:privacy")).content.decode()
    for promise in ("without your name", "others are told", "cannot be called back"):
        assert promise in page
    prove(client)
    client.post(reverse("accounts:leave"), {"sure": "on"})
    exchange.refresh_from_db()
    assert exchange.starter is None
    assert exchange.message == "May we bring forty maps?"
    assert told(exchange.owner) == ["exchange_left"]
    assert not LogEntry.objects.filter(by__isnull=False).exists()
    assert Pairing.objects.count() == 0
