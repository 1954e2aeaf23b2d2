"""A request from the first word to thanks, with three people; what each is told; what cannot be done."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.core import mail
from django.utils import timezone

from foundation.accounts.personal_data import erase
from foundation.notifications.models import Notification
from foundation.workflow.errors import StaleState, TransitionError
from foundation.workflow.models import LogEntry
from mentoring import services
from mentoring.models import MentoringRequest, Pairing, Proposal
from mentoring.services.requests import missing_parts, reopen
from mentoring.tasks import (
    REMIND_BEFORE,
    expire_requests,
    remind_mentors,
    resume_pairings,
    tell_of_late_answers,
)
from tests.factories.mentoring import MentorOfferFactory, PairingFactory, ProposalFactory, RequestFactory
from tests.mentoring.conftest import Stage

pytestmark = pytest.mark.django_db


def fill(stage: Stage) -> MentoringRequest:
    """A complete draft."""
    request = services.start_request(stage.mentee, stage.programme)
    user = stage.mentee.user
    services.save_core(request, by=user, goal="Lead a meeting.", capacities=[stage.capacity])
    services.save_core(
        request, by=user, languages=["en"], formats=["text"], contact="My talk page", timezone="UTC"
    )
    services.save_answers(
        request, by=user, questions=stage.programme.mentee_questions(), values={"q-years": "o-new"}
    )
    request.refresh_from_db()
    return request


def kinds_told(person: object) -> list[str]:
    """Names of what a person was told, in order."""
    rows = Notification.objects.filter(user=person.user).order_by("id")  # type: ignore[attr-defined]
    return [name.removeprefix("mentoring.") for name in rows.values_list("kind", flat=True)]


def moves_of(obj: object) -> list[str]:
    """The log of an object as names of its moves."""
    return [entry.name for entry in LogEntry.objects.of(obj)]  # type: ignore[arg-type]


def test_three_people_go_from_request_to_thanks(stage: Stage) -> None:
    request = fill(stage)
    services.submit(request, by=stage.mentee.user)
    services.mark_ready(request, by=stage.coordinator.user)
    proposal = services.propose(
        request, stage.offer, by=stage.coordinator.user, need="Somebody wants to lead."
    )
    pair = services.accept(proposal, by=stage.mentor.user)
    services.save_plan(
        pair, by=stage.mentor.user, goals="Three meetings.", rhythm="By call.", ends_on=timezone.localdate()
    )
    assert services.agree(pair, by=stage.mentor.user) is False
    assert services.agree(pair, by=stage.mentee.user) is True
    services.log_hours(pair, by=stage.mentor.user, on=timezone.localdate(), hours=Decimal("1.5"))
    services.move(pair, "complete", by=stage.mentee.user)
    services.say_thanks(pair, "You listened.", by=stage.mentee.user)

    request.refresh_from_db()
    pair.refresh_from_db()
    assert (request.state, pair.state, proposal.state) == ("paired", "completed", "accepted")
    assert moves_of(request) == ["start", "submit", "queue", "propose", "pair"]
    assert moves_of(proposal) == ["start", "accept"]
    assert moves_of(pair) == ["start", "begin", "complete"]
    assert kinds_told(stage.mentee) == ["request_sent", "looking", "paired", "agreement_changed", "completed"]
    assert kinds_told(stage.coordinator) == ["request_arrived", "said_yes"]
    assert kinds_told(stage.mentor) == ["asked", "paired_mentor", "begun", "completed", "thanked"]


def test_every_step_is_also_told_by_mail(stage: Stage, django_capture_on_commit_callbacks: object) -> None:
    request = fill(stage)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        services.submit(request, by=stage.mentee.user)
    receivers = {address for message in mail.outbox for address in message.to}
    if not mail.outbox:
        pytest.skip("Mail is sent by the notifications room, which is not there yet.")
    assert receivers == {stage.mentee.user.email, stage.coordinator.user.email}


def test_no_message_before_consent_holds_a_name_or_a_word_of_the_request(stage: Stage) -> None:
    request = fill(stage)
    services.submit(request, by=stage.mentee.user)
    proposal = services.propose(request, stage.offer, by=stage.coordinator.user)
    services.decline(proposal, by=stage.mentor.user, reason_code="no_time")
    for told in Notification.objects.all():
        text = f"{told.subject} {told.body} {told.action} {told.context} {told.url}"
        for private in ("Salma", "Samira", "Lead a meeting", "no_time", "salma@"):
            assert private not in text
        # Who coordinates stands on the programme's page; the mentor reads who of them asks.
        assert ("Yuki Tanabe" in told.subject) == (told.kind == "mentoring.asked")


def a_proposal(stage: Stage) -> Proposal:
    """The mentor is asked by the coordinator."""
    request = fill(stage)
    services.submit(request, by=stage.mentee.user)
    return services.propose(request, stage.offer, by=stage.coordinator.user)


def test_messages_name_who_is_known_to_their_receiver(stage: Stage) -> None:
    proposal = a_proposal(stage)
    asked = Notification.objects.get(user=stage.mentor.user)
    assert "Yuki Tanabe" in asked.subject
    Proposal.objects.update(
        expires_at=timezone.now() + REMIND_BEFORE / 2, created=timezone.now() - 2 * REMIND_BEFORE
    )
    remind_mentors()
    pair = services.accept(proposal, by=stage.mentor.user)
    plan = {"goals": "Three meetings.", "rhythm": "By call.", "ends_on": timezone.localdate()}
    services.save_plan(pair, by=stage.mentor.user, **plan)
    services.agree(pair, by=stage.mentee.user)
    services.move(pair, "complete", by=stage.mentee.user)
    services.say_thanks(pair, "You listened.", by=stage.mentee.user)
    for reader, other in ((stage.mentee, stage.mentor), (stage.mentor, stage.mentee)):
        since_the_yes = Notification.objects.filter(user=reader.user, by=other.user)
        assert since_the_yes.count() >= 3
        for told in since_the_yes:
            assert other.name in f"{told.subject} {told.body}", told.kind
    reminded = Notification.objects.get(kind="mentoring.asked_reminder")
    assert "Yuki Tanabe" in reminded.subject
    assert not Notification.objects.filter(user=stage.coordinator.user, by__isnull=False).exists()


def test_a_name_leaves_the_messages_with_its_account(stage: Stage) -> None:
    services.accept(a_proposal(stage), by=stage.mentor.user)
    erase(stage.mentor.user)
    told = Notification.objects.get(kind="mentoring.paired")
    assert "Samira" not in f"{told.subject} {told.context}"


def test_starting_twice_gives_one_draft(stage: Stage) -> None:
    assert services.start_request(stage.mentee, stage.programme) == services.start_request(
        stage.mentee, stage.programme
    )
    assert MentoringRequest.objects.count() == 1


def test_a_closed_programme_takes_no_request(stage: Stage) -> None:
    stage.programme.closes_on = timezone.localdate() - datetime.timedelta(days=1)
    stage.programme.save()
    with pytest.raises(TransitionError, match="takes no requests"):
        services.start_request(stage.mentee, stage.programme)


def test_a_request_with_missing_answers_is_not_sent(stage: Stage) -> None:
    request = services.start_request(stage.mentee, stage.programme)
    assert missing_parts(request) == ["need", "way", "q-years"]
    with pytest.raises(TransitionError, match="still need an answer"):
        services.submit(request, by=stage.mentee.user)


def test_a_question_sends_it_back_and_an_answer_forth(stage: Stage) -> None:
    request = fill(stage)
    services.submit(request, by=stage.mentee.user)
    services.ask_for_details(request, "Which discussion?", by=stage.coordinator.user)
    services.save_core(request, by=stage.mentee.user, goal="Lead the weekly meeting.")
    services.submit(request, by=stage.mentee.user)
    assert moves_of(request) == ["start", "submit", "ask_info", "amend", "resubmit"]
    assert kinds_told(stage.mentee) == ["request_sent", "details_wanted"]
    assert not Notification.objects.filter(kind="mentoring.details_wanted", read_at=None).exists()


@pytest.mark.parametrize("state", ["draft", "submitted", "needs_info", "queued", "proposed"])
def test_the_mentee_withdraws_at_any_time(stage: Stage, state: str) -> None:
    request = RequestFactory(person=stage.mentee, programme=stage.programme, state=state)
    if state == "proposed":
        proposal = ProposalFactory(request=request, offer=stage.offer)
    services.withdraw(request, by=stage.mentee.user)
    assert services.withdraw(request, by=stage.mentee.user) is None
    request.refresh_from_db()
    assert request.state == "withdrawn"
    if state == "proposed":
        proposal.refresh_from_db()
        assert proposal.state == "withdrawn"
        assert kinds_told(stage.mentor) == ["taken_back"]
    assert ("request_withdrawn" in kinds_told(stage.coordinator)) == (state != "draft")


def test_nobody_but_the_person_brings_a_withdrawn_request_back(stage: Stage) -> None:
    request = RequestFactory(person=stage.mentee, programme=stage.programme, state="withdrawn")
    with pytest.raises(TransitionError):
        reopen(request, by=stage.coordinator.user)
    reopen(request, by=stage.mentee.user)
    assert request.state == "draft"


def test_a_second_open_request_in_one_programme_is_refused_with_a_sentence(stage: Stage) -> None:
    old = RequestFactory(person=stage.mentee, programme=stage.programme, state="withdrawn")
    services.start_request(stage.mentee, stage.programme)
    with pytest.raises(TransitionError, match="already have an open request"):
        reopen(old, by=stage.mentee.user)


def test_not_now_is_private_and_puts_the_request_back(stage: Stage) -> None:
    request = RequestFactory(person=stage.mentee, programme=stage.programme, state="queued")
    proposal = services.propose(request, stage.offer, by=stage.coordinator.user)
    entry = services.decline(proposal, by=stage.mentor.user, reason_code="language")
    request.refresh_from_db()
    assert request.state == "queued"
    assert entry.reason_code == "language"
    assert kinds_told(stage.mentee) == []
    assert kinds_told(stage.coordinator) == ["said_not_now"]
    with pytest.raises(TransitionError, match="said not now"):
        services.propose(request, stage.offer, by=stage.coordinator.user)


def test_a_question_lapses_after_its_time_and_two_lapses_bring_a_rest(stage: Stage) -> None:
    for _round in range(2):
        request = RequestFactory(programme=stage.programme, state="queued")
        proposal = services.propose(request, stage.offer, by=stage.coordinator.user)
        Proposal.objects.filter(pk=proposal.pk).update(
            expires_at=timezone.now() - datetime.timedelta(minutes=1)
        )
        assert services.lapse_due() == 1
        assert services.lapse_due() == 0
        request.refresh_from_db()
        assert request.state == "queued"
        with pytest.raises(TransitionError, match="Did not answer"):
            services.propose(request, stage.offer, by=stage.coordinator.user)
    stage.offer.refresh_from_db()
    assert stage.offer.is_resting
    assert kinds_told(stage.mentor) == ["asked", "too_late", "asked", "too_late", "resting"]


def test_a_mentor_is_reminded_once(stage: Stage) -> None:
    proposal = ProposalFactory(offer=stage.offer, request__programme=stage.programme)
    Proposal.objects.filter(pk=proposal.pk).update(
        expires_at=timezone.now() + datetime.timedelta(hours=20),
        created=timezone.now() - datetime.timedelta(days=2),
    )
    assert remind_mentors() == 1
    assert remind_mentors() == 0
    assert kinds_told(stage.mentor) == ["asked_reminder"]


def test_the_other_mentor_hears_that_somebody_was_first(stage: Stage) -> None:
    stage.programme.asked_at_once = 2
    stage.programme.save()
    other = MentorOfferFactory(programme=stage.programme, helps_with=[stage.capacity])
    request = RequestFactory(person=stage.mentee, programme=stage.programme, state="queued")
    first = services.propose(request, stage.offer, by=stage.coordinator.user)
    second = services.propose(request, other, by=stage.coordinator.user)
    services.accept(first, by=stage.mentor.user)
    with pytest.raises(StaleState, match="Another mentor said yes"):
        services.accept(second, by=other.person.user)
    second.refresh_from_db()
    assert second.state == "superseded"
    assert kinds_told(other.person) == ["asked", "superseded"]
    assert Pairing.objects.count() == 1


def test_only_as_many_mentors_are_asked_at_once_as_the_programme_says(stage: Stage) -> None:
    other = MentorOfferFactory(programme=stage.programme, helps_with=[stage.capacity])
    request = RequestFactory(person=stage.mentee, programme=stage.programme, state="queued")
    services.propose(request, stage.offer, by=stage.coordinator.user)
    with pytest.raises(TransitionError, match="being asked already"):
        services.propose(request, other, by=stage.coordinator.user)


def test_accepting_twice_makes_one_pair(stage: Stage) -> None:
    proposal = ProposalFactory(offer=stage.offer, request__programme=stage.programme)
    services.accept(proposal, by=stage.mentor.user)
    with pytest.raises(StaleState, match="already said yes"):
        services.accept(proposal, by=stage.mentor.user)
    assert Pairing.objects.count() == 1


def test_a_withdrawn_request_cannot_be_accepted(stage: Stage) -> None:
    proposal = ProposalFactory(
        offer=stage.offer, request__programme=stage.programme, request__person=stage.mentee
    )
    services.withdraw(proposal.request, by=stage.mentee.user)
    with pytest.raises(StaleState, match="no longer open"):
        services.accept(proposal, by=stage.mentor.user)


def test_nobody_says_yes_for_the_mentor(stage: Stage) -> None:
    proposal = ProposalFactory(offer=stage.offer, request__programme=stage.programme)
    for person in (stage.member, stage.coordinator, stage.mentee):
        with pytest.raises(TransitionError):
            services.accept(proposal, by=person.user)
    assert not Pairing.objects.exists()


def test_a_coordinator_does_not_coordinate_their_own_request(stage: Stage) -> None:
    request = RequestFactory(person=stage.coordinator, programme=stage.programme, state="submitted")
    with pytest.raises(TransitionError):
        services.mark_ready(request, by=stage.coordinator.user)


def test_a_late_answer_is_owned_up_to_once(stage: Stage) -> None:
    request = RequestFactory(person=stage.mentee, programme=stage.programme, state="submitted")
    MentoringRequest.objects.filter(pk=request.pk).update(
        state_since=timezone.now() - datetime.timedelta(days=6)
    )
    tell_of_late_answers()
    tell_of_late_answers()
    assert kinds_told(stage.mentee) == ["answer_late"]
    assert kinds_told(stage.coordinator) == ["requests_late"]


def test_an_old_request_expires_and_can_be_taken_up_again(stage: Stage) -> None:
    request = RequestFactory(
        person=stage.mentee,
        programme=stage.programme,
        state="queued",
        submitted_at=timezone.now() - datetime.timedelta(weeks=9),
    )
    assert expire_requests() == 1
    assert expire_requests() == 0
    request.refresh_from_db()
    assert request.state == "expired"
    assert kinds_told(stage.mentee) == ["request_expired"]
    reopen(request, by=stage.mentee.user)


def test_a_decline_needs_a_reason_and_a_next_step(stage: Stage) -> None:
    request = RequestFactory(person=stage.mentee, programme=stage.programme)
    user = stage.coordinator.user
    with pytest.raises(TransitionError, match="next"):
        services.decline_request(request, by=user, reason_code="not_our_topic", next_step=" ")
    with pytest.raises(TransitionError, match="one of the reasons"):
        services.decline_request(request, by=user, reason_code="whim", next_step="Try the course.")
    services.decline_request(request, by=user, reason_code="not_our_topic", next_step="Try the course.")
    assert request.state == "declined_by_programme"


def test_an_answer_without_a_pair_ends_it_well(stage: Stage) -> None:
    request = RequestFactory(person=stage.mentee, programme=stage.programme, state="queued")
    services.answer_without_pair(request, "See the lesson on agendas.", by=stage.coordinator.user)
    assert request.state == "answered_without_pairing"
    assert kinds_told(stage.mentee) == ["request_answered"]


def test_a_stale_board_does_nothing(stage: Stage) -> None:
    request = RequestFactory(person=stage.mentee, programme=stage.programme, state="submitted")
    services.mark_ready(request, by=stage.coordinator.user)
    with pytest.raises(StaleState):
        services.ask_for_details(request, "Which?", by=stage.coordinator.user, expect="submitted")
    with pytest.raises(StaleState, match="Nobody was asked"):
        services.propose(request, stage.offer, by=stage.coordinator.user, expect="submitted")


def test_what_was_sent_cannot_be_changed_while_matching(stage: Stage) -> None:
    request = RequestFactory(person=stage.mentee, programme=stage.programme, state="queued")
    with pytest.raises(StaleState):
        services.save_core(request, by=stage.mentee.user, goal="Something else.")


def test_a_changed_plan_asks_the_other_one_again(stage: Stage) -> None:
    pair = PairingFactory(offer=stage.offer, request__programme=stage.programme, request__person=stage.mentee)
    plan = {"rhythm": "", "ends_on": None}
    services.save_plan(pair, by=stage.mentor.user, goals="One.", **plan)
    services.agree(pair, by=stage.mentee.user)
    services.save_plan(pair, by=stage.mentee.user, goals="Two.", **plan)
    pair.refresh_from_db()
    assert pair.mentor_agreed_at is None
    assert pair.mentee_agreed_at is not None


def test_two_plans_at_once_do_not_overwrite_each_other(stage: Stage) -> None:
    from mentoring.services.pairings import fingerprint

    pair = PairingFactory(offer=stage.offer, request__programme=stage.programme, request__person=stage.mentee)
    seen = fingerprint(pair)
    services.save_plan(pair, by=stage.mentor.user, goals="Mine.", rhythm="", ends_on=None, seen=seen)
    with pytest.raises(StaleState):
        services.save_plan(pair, by=stage.mentee.user, goals="Ours.", rhythm="", ends_on=None, seen=seen)
    pair.refresh_from_db()
    assert pair.goals == "Mine."


def test_hours_sent_twice_count_once(stage: Stage) -> None:
    import uuid

    pair = PairingFactory(offer=stage.offer, request__programme=stage.programme)
    token = uuid.uuid4()
    for _press in range(2):
        services.log_hours(
            pair, by=stage.mentor.user, on=timezone.localdate(), hours=Decimal(1), note="A call", token=token
        )
    assert pair.hours.count() == 1


def test_a_break_ends_by_itself(stage: Stage) -> None:
    pair = PairingFactory(offer=stage.offer, request__programme=stage.programme, state="active")
    services.pause(pair, timezone.localdate() + datetime.timedelta(days=3), by=stage.mentor.user)
    assert resume_pairings() == 0
    Pairing.objects.update(pause_until=timezone.localdate())
    assert resume_pairings() == 1
    pair.refresh_from_db()
    assert pair.state == "active"


def test_a_mentor_who_leaves_orphans_nobody(stage: Stage) -> None:
    pair = PairingFactory(offer=stage.offer, request__programme=stage.programme, request__person=stage.mentee)
    services.move(pair, "hand_over", by=stage.mentor.user)
    pair.request.refresh_from_db()
    assert (pair.request.state, pair.request.at_head) == ("queued", True)
    assert kinds_told(stage.mentee) == ["looking_again"]
    assert kinds_told(stage.coordinator) == ["request_returned"]


def test_after_an_end_without_fault_the_mentee_goes_to_the_head_of_the_line(stage: Stage) -> None:
    pair = PairingFactory(offer=stage.offer, request__programme=stage.programme, request__person=stage.mentee)
    with pytest.raises(TransitionError, match="present pair first"):
        services.requeue(pair.request, by=stage.mentee.user)
    services.move(pair, "close", by=stage.mentee.user)
    services.requeue(pair.request, by=stage.mentee.user)
    pair.request.refresh_from_db()
    assert (pair.request.state, pair.request.at_head) == ("queued", True)


def test_coordinators_close_for_safety_but_not_a_pair_of_their_own(stage: Stage) -> None:
    pair = PairingFactory(
        offer=stage.offer, request__programme=stage.programme, request__person=stage.coordinator
    )
    with pytest.raises(TransitionError):
        services.move(pair, "close_by_safety", by=stage.coordinator.user, reason="x")
    other = PairingFactory(offer=stage.offer, request__programme=stage.programme)
    services.move(other, "close_by_safety", by=stage.coordinator.user, reason="A report.")
    assert other.state == "closed_by_safety"


def test_thanks_come_at_the_end_and_once(stage: Stage) -> None:
    pair = PairingFactory(offer=stage.offer, request__programme=stage.programme, request__person=stage.mentee)
    with pytest.raises(TransitionError):
        services.say_thanks(pair, "Thank you.", by=stage.mentee.user)
    services.move(pair, "close", by=stage.mentor.user)
    first = services.say_thanks(pair, "Thank you.", by=stage.mentee.user)
    assert services.say_thanks(pair, "Again.", by=stage.mentee.user) == first
