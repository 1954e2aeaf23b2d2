"""What cannot be done in the mentoring room, and the sentence that whoever tried it reads. Nothing changes then."""

from __future__ import annotations

import datetime
import functools
import uuid
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.utils import timezone

from directory.models import Person
from foundation.accounts.constants import Role
from foundation.notifications.models import Notification
from foundation.workflow.errors import StaleState, TransitionError
from foundation.workflow.models import LogEntry
from mentoring import services
from mentoring.matching import rank
from mentoring.models import CoordinatorNote, HoursEntry, MentoringRequest, Pairing, Thanks
from mentoring.services.notes import MOST_A_DAY
from mentoring.services.requests import reopen
from tests import refusals
from tests.factories.accounts import UserFactory
from tests.factories.directory import PersonFactory
from tests.factories.mentoring import (
    MentorOfferFactory,
    PairingFactory,
    ProgrammeFactory,
    ProposalFactory,
    RequestFactory,
)
from tests.mentoring.conftest import Stage

pytestmark = pytest.mark.django_db
refused = functools.partial(refusals.refused, kind=TransitionError)
NOT_THEIRS = "You may not do this."


@pytest.fixture
def pair(stage: Stage) -> Pairing:
    request = RequestFactory(person=stage.mentee, programme=stage.programme, state="paired")
    return PairingFactory(request=request, offer=stage.offer)


@pytest.fixture
def request_(stage: Stage) -> MentoringRequest:
    return RequestFactory(
        person=stage.mentee, programme=stage.programme, wants=[stage.capacity], state="queued"
    )


def ended(pair: Pairing, state: str = "closed_no_fault") -> Pairing:
    Pairing.objects.filter(pk=pair.pk).update(state=state, ended_at=timezone.now())
    pair.refresh_from_db()
    return pair


def plan(pair: Pairing, by: Person, **changed: object) -> None:
    told = {"goals": "Three meetings.", "rhythm": "By call.", "ends_on": None, **changed}
    services.save_plan(pair, by=by.user, **told)  # type: ignore[arg-type]


# A pair ----------------------------------------------------------------------------------------------


PAIRS: dict[str, Callable[[Pairing, Person], object]] = {
    "plan": plan,
    "keep": lambda pair, by: services.keep(pair, by=by.user),
    "agree": lambda pair, by: services.agree(pair, by=by.user),
    "pause": lambda pair, by: services.pause(
        pair, timezone.localdate() + datetime.timedelta(days=3), by=by.user
    ),
    "hours": lambda pair, by: services.log_hours(pair, by=by.user, on=timezone.localdate(), hours=Decimal(1)),
    "thanks": lambda pair, by: services.say_thanks(pair, "Thank you.", by=by.user),
    "note": lambda pair, by: services.write_to_coordinators(pair, "Help, please.", by=by.user),
}


@pytest.mark.parametrize("verb", PAIRS.values(), ids=PAIRS)
def test_what_a_pair_does_is_not_for_others_and_not_for_coordinators(
    stage: Stage, pair: Pairing, verb: Callable[[Pairing, Person], object]
) -> None:
    before = Pairing.objects.values().get(pk=pair.pk)
    for somebody in (stage.member, stage.coordinator):
        with refused(NOT_THEIRS):
            verb(pair, somebody)
    assert Pairing.objects.values().get(pk=pair.pk) == before
    assert not HoursEntry.objects.exists()
    assert not Thanks.objects.exists()
    assert not CoordinatorNote.objects.exists()


def test_the_plan_of_a_pair_that_has_ended_stays(stage: Stage, pair: Pairing) -> None:
    ended(pair)
    with refused("This pair has ended, so its plan can no longer be changed.", kind=StaleState):
        plan(pair, stage.mentee)
    pair.refresh_from_db()
    assert pair.goals == ""


def test_a_plan_is_not_written_over_what_the_other_has_just_written(stage: Stage, pair: Pairing) -> None:
    from mentoring.services.pairings import fingerprint

    opened = fingerprint(pair)
    plan(pair, stage.mentor, seen=opened)
    sentence = "The other one has changed the plan meanwhile. Look at it first; what you typed is still here."
    with refused(sentence, kind=StaleState):
        plan(pair, stage.mentee, goals="Other goals.", seen=opened)
    pair.refresh_from_db()
    assert pair.goals == "Three meetings."


def test_nobody_agrees_with_a_plan_they_have_not_read(stage: Stage, pair: Pairing) -> None:
    from mentoring.services.pairings import fingerprint

    opened = fingerprint(pair)
    plan(pair, stage.mentor)
    with refused("The plan has changed since you opened the page. Read it again, please.", kind=StaleState):
        services.agree(pair, by=stage.mentee.user, seen=opened)
    pair.refresh_from_db()
    assert pair.mentee_agreed_at is None


def test_there_must_be_goals_to_agree_with(stage: Stage, pair: Pairing) -> None:
    with refused("Write down your goals first."):
        services.agree(pair, by=stage.mentee.user)
    pair.refresh_from_db()
    assert pair.mentee_agreed_at is None


def test_a_pair_that_has_ended_cannot_say_that_it_goes_on(stage: Stage, pair: Pairing) -> None:
    ended(pair)
    with refused("This pair has ended.", kind=StaleState):
        services.keep(pair, by=stage.mentee.user)


@pytest.mark.parametrize("days", [-1, 0, 366])
def test_a_break_lasts_from_tomorrow_to_a_year_at_most(stage: Stage, pair: Pairing, days: int) -> None:
    with refused("Choose a day between tomorrow and a year from now."):
        services.pause(pair, timezone.localdate() + datetime.timedelta(days=days), by=stage.mentee.user)


@pytest.mark.parametrize("days", [1, 365])
def test_a_break_of_one_day_and_of_a_year_are_possible(stage: Stage, pair: Pairing, days: int) -> None:
    Pairing.objects.update(state="active")
    until = timezone.localdate() + datetime.timedelta(days=days)
    services.pause(pair, until, by=stage.mentee.user)
    assert pair.state == "paused"
    pair.refresh_from_db()
    assert (pair.state, pair.pause_until) == ("paused", until)


@pytest.mark.parametrize(("state", "possible"), [("completed", True), ("closed_no_fault", False)])
def test_hours_are_added_afterwards_only_where_it_ended_well(
    stage: Stage, pair: Pairing, state: str, possible: bool
) -> None:
    ended(pair, state)
    if possible:
        PAIRS["hours"](pair, stage.mentor)
    else:
        with refused("This pair has ended, so no hours can be added.", kind=StaleState):
            PAIRS["hours"](pair, stage.mentor)
    assert HoursEntry.objects.exists() is possible


@pytest.mark.parametrize("state", ["intro", "active", "closed_by_safety"])
def test_thanks_come_at_a_good_end(stage: Stage, pair: Pairing, state: str) -> None:
    Pairing.objects.update(state=state)
    with refused("Thanks come when you have finished."):
        services.say_thanks(pair, "Thank you.", by=stage.mentee.user)


def test_thanks_have_words(stage: Stage, pair: Pairing) -> None:
    with refused("Write a few words."):
        services.say_thanks(ended(pair, "completed"), " \n", by=stage.mentee.user)
    assert not Thanks.objects.exists()


# Notes -----------------------------------------------------------------------------------------------


def test_a_note_to_coordinators_has_words(stage: Stage, pair: Pairing) -> None:
    with refused("Write at least one sentence."):
        services.write_to_coordinators(pair, "  ", by=stage.mentee.user)


def test_notes_have_a_limit_a_day_for_each_of_the_two(stage: Stage, pair: Pairing) -> None:
    for number in range(MOST_A_DAY):
        services.write_to_coordinators(pair, f"Note {number}", by=stage.mentee.user)
    with refused("You have written as often as anybody can in a day."):
        services.write_to_coordinators(pair, "One more.", by=stage.mentee.user)
    services.write_to_coordinators(pair, "From the other one.", by=stage.mentor.user)
    CoordinatorNote.objects.filter(person=stage.mentee).update(
        created=timezone.now() - datetime.timedelta(days=1, minutes=1)
    )
    assert services.write_to_coordinators(pair, "The day after.", by=stage.mentee.user).text


def test_a_note_that_nobody_could_read_is_not_taken(stage: Stage) -> None:
    pair = PairingFactory(request__programme=ProgrammeFactory(coordinators=[]))
    with refused("No coordinator could read this. Send a report instead."):
        services.write_to_coordinators(pair, "Help, please.", by=pair.mentee.user)
    assert not CoordinatorNote.objects.exists()


def test_the_pair_does_not_answer_its_own_note(stage: Stage, pair: Pairing) -> None:
    note = services.write_to_coordinators(pair, "Help, please.", by=stage.mentee.user)
    for somebody in (stage.mentor, stage.mentee, stage.member):
        with refused(NOT_THEIRS):
            services.answer_note(note, "I answer.", by=somebody.user)


def test_an_answer_to_a_note_has_words_and_comes_once(stage: Stage, pair: Pairing) -> None:
    note = services.write_to_coordinators(pair, "Help, please.", by=stage.mentee.user)
    with refused("Write the answer."):
        services.answer_note(note, " ", by=stage.coordinator.user)
    services.answer_note(note, " We come. ", by=stage.coordinator.user)
    note.refresh_from_db()
    assert (note.answer, note.answered_by) == ("We come.", stage.coordinator)
    with refused("Somebody has answered this meanwhile.", kind=StaleState):
        services.answer_note(note, "We do not.", by=stage.coordinator.user)


# A request -------------------------------------------------------------------------------------------


def closed(stage: Stage) -> None:
    stage.programme.closes_on = timezone.localdate() - datetime.timedelta(days=1)
    stage.programme.save()


def test_a_closed_programme_takes_no_new_request(stage: Stage) -> None:
    closed(stage)
    with refused("This programme takes no requests at the moment."):
        services.start_request(stage.mentee, stage.programme)
    assert not MentoringRequest.objects.exists()


def test_a_draft_waits_while_its_programme_is_closed(stage: Stage) -> None:
    draft = RequestFactory(
        person=stage.mentee,
        programme=stage.programme,
        state="draft",
        answers={"q-years": {"value": "o-new", "visibility": "matched_pair"}},
    )
    closed(stage)
    draft.refresh_from_db()
    with refused("This programme takes no requests at the moment. What you wrote is kept."):
        services.submit(draft, by=stage.mentee.user)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_what_is_missing_keeps_a_draft_from_being_sent(stage: Stage) -> None:
    draft = RequestFactory(person=stage.mentee, programme=stage.programme, state="draft", goal="")
    with refused("Some questions still need an answer before this can be sent."):
        services.submit(draft, by=stage.mentee.user)


def test_only_the_writer_changes_a_request_and_only_before_it_is_read(
    stage: Stage, request_: MentoringRequest
) -> None:
    with refused("This request can no longer be changed. Nothing else was lost.", kind=StaleState):
        services.save_core(request_, by=stage.mentee.user, goal="Another goal.")
    MentoringRequest.objects.update(state="submitted")
    for somebody in (stage.coordinator, stage.mentor, stage.member):
        with refused(NOT_THEIRS):
            services.save_core(request_, by=somebody.user, goal="Another goal.")
    request_.refresh_from_db()
    assert request_.goal != "Another goal."


def test_a_coordinator_says_what_they_would_like_to_know(stage: Stage, request_: MentoringRequest) -> None:
    with refused("Write what you would like to know."):
        services.ask_for_details(request_, " ", by=stage.coordinator.user)
    services.ask_for_details(request_, "Which wiki?", by=stage.coordinator.user)
    assert (request_.state, LogEntry.objects.of(request_).last().reason) == ("needs_info", "Which wiki?")


def test_who_declines_says_what_could_come_next(stage: Stage, request_: MentoringRequest) -> None:
    with refused("Write what the person could do next."):
        services.decline_request(
            request_, by=stage.coordinator.user, reason_code="course_first", next_step=" "
        )
    services.decline_request(
        request_, by=stage.coordinator.user, reason_code="course_first", next_step="Take the course."
    )
    entry = LogEntry.objects.of(request_).last()
    assert (request_.state, entry.reason_code, entry.reason) == (
        "declined_by_programme",
        "course_first",
        "Take the course.",
    )


def test_an_answer_without_a_pair_has_words(stage: Stage, request_: MentoringRequest) -> None:
    with refused("Write the answer."):
        services.answer_without_pair(request_, " ", by=stage.coordinator.user)
    services.answer_without_pair(request_, "Read this page.", by=stage.coordinator.user)
    assert (request_.state, LogEntry.objects.of(request_).last().reason) == (
        "answered_without_pairing",
        "Read this page.",
    )


COORDINATORS: dict[str, Callable[[MentoringRequest, Person, str], object]] = {
    "ready": lambda request, by, expect: services.mark_ready(request, by=by.user, expect=expect),
    "details": lambda request, by, expect: services.ask_for_details(
        request, "Which wiki?", by=by.user, expect=expect
    ),
    "decline": lambda request, by, expect: services.decline_request(
        request, by=by.user, reason_code="conduct", next_step="Read the code.", expect=expect
    ),
    "answer": lambda request, by, expect: services.answer_without_pair(
        request, "Read this page.", by=by.user, expect=expect
    ),
}


@pytest.mark.parametrize("verb", COORDINATORS.values(), ids=COORDINATORS)
def test_a_coordinators_verbs_are_not_for_others_and_not_on_a_stale_page(
    stage: Stage, request_: MentoringRequest, verb: Callable[[MentoringRequest, Person, str], object]
) -> None:
    MentoringRequest.objects.update(state="submitted")
    for somebody in (stage.mentee, stage.mentor, stage.elsewhere):
        with refused(NOT_THEIRS):
            verb(request_, somebody, "")
    with pytest.raises(StaleState):
        verb(request_, stage.coordinator, "queued")
    request_.refresh_from_db()
    assert request_.state == "submitted"
    verb(request_, stage.coordinator, "submitted")
    assert request_.state != "submitted"


def test_a_request_is_not_looked_for_anew_while_its_pair_goes_on(stage: Stage, pair: Pairing) -> None:
    with refused("End your present pair first."):
        services.requeue(pair.request, by=stage.mentee.user)


@pytest.mark.parametrize(
    ("state", "verb"), [("withdrawn", reopen), ("paired", services.requeue)], ids=["reopen", "requeue"]
)
def test_an_old_request_does_not_come_back_beside_an_open_one(
    stage: Stage, state: str, verb: Callable[..., object]
) -> None:
    old = RequestFactory(person=stage.mentee, programme=stage.programme, state=state)
    RequestFactory(person=stage.mentee, programme=stage.programme, state="queued")
    with refused("You already have an open request in this programme."):
        verb(old, by=stage.mentee.user)
    old.refresh_from_db()
    assert old.state == state


# A question to a mentor ------------------------------------------------------------------------------


def test_only_coordinators_of_the_programme_ask_mentors(stage: Stage, request_: MentoringRequest) -> None:
    for somebody in (stage.mentee, stage.mentor, stage.elsewhere, stage.member):
        with refused(NOT_THEIRS):
            services.propose(request_, stage.offer, by=somebody.user)
    assert not request_.proposals.exists()


def test_nobody_is_asked_from_a_stale_page_or_about_a_draft(stage: Stage, request_: MentoringRequest) -> None:
    sentence = "This request has changed since you opened the page. Nobody was asked."
    with refused(sentence, kind=StaleState):
        services.propose(request_, stage.offer, by=stage.coordinator.user, expect="submitted")
    MentoringRequest.objects.update(state="needs_info")
    with refused(sentence, kind=StaleState):
        services.propose(request_, stage.offer, by=stage.coordinator.user)


def test_no_more_mentors_are_asked_at_once_than_the_programme_says(
    stage: Stage, request_: MentoringRequest
) -> None:
    services.propose(request_, stage.offer, by=stage.coordinator.user)
    other = MentorOfferFactory(programme=stage.programme)
    with refused("A mentor is being asked already. Wait for the answer, or take the question back."):
        services.propose(request_, other, by=stage.coordinator.user)
    stage.programme.asked_at_once = 2
    stage.programme.save()
    services.propose(request_, other, by=stage.coordinator.user)
    assert request_.proposals.live().count() == 2


@pytest.mark.parametrize("how", ["ended", "elsewhere"])
def test_who_does_not_mentor_in_the_programme_is_not_asked(
    stage: Stage, request_: MentoringRequest, how: str
) -> None:
    offer = (
        MentorOfferFactory(ended=True, programme=stage.programme) if how == "ended" else MentorOfferFactory()
    )
    with refused("This person no longer mentors in this programme."):
        services.propose(request_, offer, by=stage.coordinator.user)


def test_a_coordinator_takes_a_question_back_and_the_mentor_does_not(stage: Stage) -> None:
    proposal = ProposalFactory(request__programme=stage.programme, offer=stage.offer)
    for somebody in (stage.mentor, stage.elsewhere):
        with refused(NOT_THEIRS):
            services.take_back(proposal, by=somebody.user)
    with pytest.raises(StaleState):
        services.take_back(proposal, by=stage.coordinator.user, expect="accepted")
    entry = services.take_back(proposal, by=stage.coordinator.user, expect="offered")
    assert (proposal.state, entry.by, entry.name) == ("withdrawn", stage.coordinator.user, "withdraw")
    proposal.refresh_from_db()
    proposal.request.refresh_from_db()
    assert (proposal.state, proposal.request.state) == ("withdrawn", "queued")


@pytest.mark.parametrize(
    ("state", "request_state", "sentence"),
    [
        ("superseded", "paired", "Another mentor said yes a moment before you. Thank you for being willing."),
        ("offered", "paired", "Another mentor said yes a moment before you. Thank you for being willing."),
        ("accepted", "paired", "You have already said yes."),
        ("lapsed", "queued", "This question is no longer open. You have nothing to do."),
        ("offered", "queued", "This question is no longer open. You have nothing to do."),
    ],
)
def test_a_yes_that_comes_too_late_says_what_has_happened(
    stage: Stage, state: str, request_state: str, sentence: str
) -> None:
    proposal = ProposalFactory(request__programme=stage.programme, offer=stage.offer, state=state)
    MentoringRequest.objects.update(state=request_state)
    with refused(sentence, kind=StaleState):
        services.accept(proposal, by=stage.mentor.user)
    assert not Pairing.objects.exists()


def test_a_mentor_without_room_says_no_yes(stage: Stage) -> None:
    proposal = ProposalFactory(request__programme=stage.programme, offer=stage.offer)
    stage.offer.max_pairs = 1
    stage.offer.save()
    PairingFactory(offer=stage.offer, request__programme=stage.programme)
    sentence = "You have no room for one more person. Raise your hours or say not now. Nothing has changed."
    with refused(sentence):
        services.accept(proposal, by=stage.mentor.user)
    proposal.refresh_from_db()
    assert proposal.state == "offered"
    assert not Notification.objects.filter(kind="mentoring.paired").exists()


# A mentor's offer ---------------------------------------------------------------------------------------------


def test_only_the_mentor_rests_and_stops(stage: Stage) -> None:
    until = timezone.localdate() + datetime.timedelta(days=9)
    administrator = UserFactory(role=Role.ADMINISTRATOR)
    for somebody in (stage.coordinator.user, stage.mentee.user, administrator):
        with refused(NOT_THEIRS):
            services.pause_offer(stage.offer, until, by=somebody)
        with refused(NOT_THEIRS):
            services.resume_offer(stage.offer, by=somebody)
        with refused(NOT_THEIRS):
            services.end_offer(stage.offer, by=somebody)
    stage.offer.refresh_from_db()
    assert (stage.offer.state, stage.offer.pause_until) == ("active", None)


@pytest.mark.parametrize("days", [-1, 366])
def test_a_rest_ends_within_a_year(stage: Stage, days: int) -> None:
    with refused("Choose a day between today and a year from now."):
        services.pause_offer(
            stage.offer, timezone.localdate() + datetime.timedelta(days=days), by=stage.mentor.user
        )


@pytest.mark.parametrize("days", [0, 365])
def test_a_rest_may_be_of_a_day_or_of_a_year(stage: Stage, days: int) -> None:
    until = timezone.localdate() + datetime.timedelta(days=days)
    services.pause_offer(stage.offer, until, by=stage.mentor.user)
    stage.offer.refresh_from_db()
    assert stage.offer.pause_until == until
    services.resume_offer(stage.offer, by=stage.mentor.user)
    stage.offer.refresh_from_db()
    assert stage.offer.pause_until is None


# Whom somebody does not want to meet -----------------------------------------------------------------


def test_only_the_writer_says_whom_they_do_not_want_to_meet(stage: Stage, request_: MentoringRequest) -> None:
    for somebody in (stage.coordinator, stage.mentor):
        with refused(NOT_THEIRS):
            services.keep_apart(request_, [stage.member], by=somebody.user)
    with refused(NOT_THEIRS):
        services.keep_apart(stage.offer, [stage.member], by=stage.mentee.user)
    assert not request_.not_with.exists()
    assert not stage.offer.not_with.exists()


@pytest.mark.parametrize("state", ["withdrawn", "expired", "answered_without_pairing"])
def test_whom_not_is_said_while_somebody_may_still_be_asked(stage: Stage, state: str) -> None:
    over = RequestFactory(person=stage.mentee, programme=stage.programme, state=state)
    with refused("This request can no longer be changed. Nothing else was lost.", kind=StaleState):
        services.keep_apart(over, [stage.member], by=stage.mentee.user)
    assert not over.not_with.exists()


def test_an_answer_in_trust_is_erased_by_its_writer_and_no_other_answer_here(
    stage: Stage, request_: MentoringRequest
) -> None:
    with refused(NOT_THEIRS):
        services.erase_answer(request_, "q-fear", by=PersonFactory().user)
    request_.answers = {"q-after": {"value": True, "visibility": "coordinators"}}
    request_.save()
    with refused("This answer is changed in your request, not here."):
        services.erase_answer(request_, "q-after", by=stage.mentee.user)
    request_.refresh_from_db()
    assert "q-after" in request_.answers


def test_whom_not_can_still_be_said_once_there_is_a_pair(stage: Stage) -> None:
    paired = RequestFactory(person=stage.mentee, programme=stage.programme, state="paired")
    services.keep_apart(paired, [stage.member], by=stage.mentee.user)
    assert list(paired.not_with.all()) == [stage.member]


# Who cannot be asked ---------------------------------------------------------------------------------


def obstacles(stage: Stage, request_: MentoringRequest) -> tuple[str, ...]:
    """What stands against asking the mentor of the stage, as a coordinator reads it."""
    (found,) = rank(MentoringRequest.objects.with_all().get(pk=request_.pk))
    assert found.is_possible is not bool(found.obstacles)
    return found.obstacles


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("declined", "Has said not now to this request."),
        ("lapsed", "Did not answer about this request in time."),
        ("offered", "Is being asked about this at the moment."),
    ],
)
def test_a_mentor_is_asked_once_about_a_request(
    stage: Stage, request_: MentoringRequest, state: str, sentence: str
) -> None:
    ProposalFactory(request=request_, offer=stage.offer, state=state)
    assert obstacles(stage, request_) == (sentence,)


@pytest.mark.parametrize("state", ["declined", "lapsed", "offered", "withdrawn"])
def test_an_answer_to_another_request_stands_against_nothing(
    stage: Stage, request_: MentoringRequest, state: str
) -> None:
    ProposalFactory(request__programme=stage.programme, offer=stage.offer, state=state)
    assert obstacles(stage, request_) == ()


def test_two_questions_are_enough_for_a_mentor(stage: Stage, request_: MentoringRequest) -> None:
    for _number in range(2):
        ProposalFactory(request__programme=stage.programme, offer=stage.offer)
    assert obstacles(stage, request_) == ("Has 2 questions to answer already.",)


def test_nobody_mentors_themselves(stage: Stage, request_: MentoringRequest) -> None:
    MentoringRequest.objects.update(person=stage.mentor)
    assert "This is their own request." in obstacles(stage, request_)


def test_nobody_is_proposed_who_was_the_mentor_before(stage: Stage, request_: MentoringRequest) -> None:
    ended(PairingFactory(request=request_, offer=stage.offer))
    MentoringRequest.objects.update(state="queued")
    assert obstacles(stage, request_) == ("Was their mentor before; they look for another one.",)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"max_pairs": 1}, "Has as many people as they wish (1 of 1)."),
        ({"hours_a_month": 3}, "Has 1 of 3 hours a month left, and a pair takes 2."),
        ({"hours_a_month": 1}, "Has 0 of 1 hour a month left, and a pair takes 2."),
        ({"languages": ["sw"]}, "Shares no language with this request."),
        ({"formats": ["visit"]}, "They like different ways to meet."),
        ({"not_with_words": "Salma Bouzid"}, "These two are not brought together."),
    ],
    ids=lambda value: "" if isinstance(value, str) else next(iter(value.items()))[0],
)
def test_a_mentor_with_one_pair_of_two_hours_and_a_limit(
    stage: Stage, request_: MentoringRequest, change: dict[str, object], sentence: str
) -> None:
    PairingFactory(offer=stage.offer, request__programme=stage.programme)
    assert obstacles(stage, request_) == ()
    type(stage.offer).objects.filter(pk=stage.offer.pk).update(**change)
    assert obstacles(stage, request_) == (sentence,)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"leave_alone": True}, "Has asked to be left alone."),
        ({"hours_a_month": 1}, "Has no hours left beside what they do elsewhere."),
    ],
)
def test_a_mentor_whose_profile_says_no(
    stage: Stage, request_: MentoringRequest, change: dict[str, object], sentence: str
) -> None:
    Person.objects.filter(pk=stage.mentor.pk).update(**change)
    assert obstacles(stage, request_) == (sentence,)


def test_a_mentor_whose_account_is_closed_is_not_asked(stage: Stage, request_: MentoringRequest) -> None:
    stage.mentor.user.is_active = False
    stage.mentor.user.save()
    assert obstacles(stage, request_) == ("Has asked to be left alone.",)


# Written twice ---------------------------------------------------------------------------------------


def test_hours_are_those_of_who_writes_them_and_are_sent_once(stage: Stage, pair: Pairing) -> None:
    token, other = uuid.uuid4(), uuid.uuid4()
    how = {"on": timezone.localdate(), "hours": Decimal("1.5"), "note": "We called."}
    first = services.log_hours(pair, by=stage.mentee.user, token=token, **how)
    second = services.log_hours(pair, by=stage.mentor.user, token=other, **how)
    again = services.log_hours(pair, by=stage.mentee.user, token=token, **how)
    assert (first.person, second.person, again) == (stage.mentee, stage.mentor, first)
    assert (first.on, first.hours, first.note) == tuple(how.values())
    assert HoursEntry.objects.count() == 2


def test_a_plan_that_has_changed_waits_for_the_other_until_they_agree(stage: Stage, pair: Pairing) -> None:
    plan(pair, stage.mentor)
    unread = Notification.objects.filter(kind="mentoring.agreement_changed", read_at=None)
    waiting = unread.values_list("user", flat=True)
    assert list(waiting.all()) == [stage.mentee.user_id]
    services.agree(pair, by=stage.mentor.user)
    assert list(waiting.all()) == [stage.mentee.user_id]
    services.agree(pair, by=stage.mentee.user)
    assert list(waiting.all()) == []


def test_an_offer_that_is_taken_up_again_says_what_is_new(stage: Stage) -> None:
    services.end_offer(stage.offer, by=stage.mentor.user)
    new = {"languages": ["fr"], "formats": ["live"], "hours_a_month": 6, "max_pairs": 3, "contact": "By mail"}
    services.save_offer(
        stage.mentor,
        stage.programme,
        capacities=[],
        questions=stage.programme.mentor_questions(),
        values={"m-before": "Twice"},
        **new,
    )
    stage.offer.refresh_from_db()
    assert {name: getattr(stage.offer, name) for name in new} == new
    assert stage.offer.answers["m-before"]["value"] == "Twice"
    assert not stage.offer.capacities.exists()
    stage.mentor.refresh_from_db()
    assert stage.mentor.hours_a_month == 6  # more is promised here than the profile said


def test_a_mentor_who_was_asked_often_reads_as_such_for_three_months(
    stage: Stage, request_: MentoringRequest
) -> None:
    asked = [
        ProposalFactory(request__programme=stage.programme, offer=stage.offer, state=state)
        for state in ("declined", "lapsed")
    ]

    def rest() -> tuple[float, str]:
        (found,) = rank(MentoringRequest.objects.with_all().get(pk=request_.pk))
        (part,) = (part for part in found.parts if part.name == "rest")
        return round(part.score, 2), part.sentence

    # Twice asked, and once of that said no.
    assert rest() == (0.4, "Has been asked 2 times in three months.")
    type(asked[0]).objects.update(created=timezone.now() - datetime.timedelta(days=91))
    assert rest() == (1.0, "Has not been asked in three months.")


def test_in_a_pair_that_meets_already_a_new_plan_waits_until_it_is_agreed_with(
    stage: Stage, pair: Pairing
) -> None:
    Pairing.objects.update(state="active")
    plan(pair, stage.mentor)
    unread = Notification.objects.filter(kind="mentoring.agreement_changed", read_at=None)
    assert list(unread.values_list("user", flat=True)) == [stage.mentee.user_id]
    services.agree(pair, by=stage.mentee.user)
    assert not Notification.objects.filter(kind="mentoring.agreement_changed", read_at=None).exists()


def test_the_last_note_of_a_day_pressed_twice_is_sent_once(stage: Stage, pair: Pairing) -> None:
    tokens = [uuid.uuid4() for _number in range(MOST_A_DAY)]
    notes = [
        services.write_to_coordinators(pair, "Help, please.", by=stage.mentee.user, token=token)
        for token in tokens
    ]
    again = services.write_to_coordinators(pair, "Help, please.", by=stage.mentee.user, token=tokens[-1])
    assert again == notes[-1]
    assert CoordinatorNote.objects.count() == MOST_A_DAY
