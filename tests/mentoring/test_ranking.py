"""Which mentors may be asked, in which order, and why; nobody beyond their limit."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from directory import bandwidth
from foundation.workflow.errors import TransitionError
from mentoring import services
from mentoring.matching import Candidate, rank
from mentoring.models import MentoringRequest, Pairing, Proposal
from tests.factories.directory import CapacityFactory, PersonFactory
from tests.factories.mentoring import (
    MentorOfferFactory,
    PairingFactory,
    ProgrammeFactory,
    ProposalFactory,
    RequestFactory,
)
from tests.mentoring.conftest import Stage

pytestmark = pytest.mark.django_db


def loaded(request: MentoringRequest) -> MentoringRequest:
    """The request as the board reads it."""
    return MentoringRequest.objects.with_all().get(pk=request.pk)


def only(stage: Stage, request: MentoringRequest | None = None) -> Candidate:
    """The stage's mentor as judged for a request."""
    request = request or RequestFactory(programme=stage.programme, wants=[stage.capacity])
    return next(found for found in rank(loaded(request)) if found.offer.pk == stage.offer.pk)


def part(candidate: Candidate, name: str) -> Any:
    """One named part of the judgement."""
    return next(each for each in candidate.parts if each.name == name)


def test_a_mentor_who_fits_has_no_obstacle_and_reasons(stage: Stage) -> None:
    found = only(stage)
    assert found.is_possible
    assert "Can help with Moderating a discussion." in found.reason
    assert all(each.sentence for each in found.parts)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda s: s.offer.__class__.objects.filter(pk=s.offer.pk).update(languages=["sw"]), "no language"),
        (
            lambda s: s.offer.__class__.objects.filter(pk=s.offer.pk).update(
                pause_until=timezone.localdate()
            ),
            "rest",
        ),
        (lambda s: s.mentor.__class__.objects.filter(pk=s.mentor.pk).update(leave_alone=True), "left alone"),
        (
            lambda s: s.mentor.__class__.objects.filter(pk=s.mentor.pk).update(
                paused_until=timezone.localdate() + datetime.timedelta(days=3)
            ),
            "rest",
        ),
        (lambda s: s.offer.__class__.objects.filter(pk=s.offer.pk).update(max_pairs=0), "as many people"),
        (
            lambda s: s.offer.__class__.objects.filter(pk=s.offer.pk).update(hours_a_month=1),
            "hour a month left",
        ),
        (
            lambda s: s.mentor.__class__.objects.filter(pk=s.mentor.pk).update(hours_a_month=1),
            "no hours left",
        ),
    ],
)
def test_hard_rules_come_before_scores_and_say_why(stage: Stage, change: Any, sentence: str) -> None:
    change(stage)
    found = only(stage)
    assert not found.is_possible
    assert any(sentence in obstacle for obstacle in found.obstacles)


def test_nobody_mentors_themself(stage: Stage) -> None:
    request = RequestFactory(person=stage.mentor, programme=stage.programme, wants=[stage.capacity])
    assert "This is their own request." in only(stage, request).obstacles


def test_a_mentor_with_two_open_questions_is_not_asked_a_third(stage: Stage) -> None:
    for _n in range(2):
        ProposalFactory(offer=stage.offer, request__programme=stage.programme)
    # However long ago they came.
    Proposal.objects.update(created=timezone.now() - datetime.timedelta(days=200))
    assert any("questions to answer" in obstacle for obstacle in only(stage).obstacles)


def test_a_mentor_with_exactly_the_hours_that_a_pair_takes_is_possible(stage: Stage) -> None:
    needed = stage.programme.hours_per_pair
    type(stage.mentor).objects.filter(pk=stage.mentor.pk).update(hours_a_month=needed)
    type(stage.offer).objects.filter(pk=stage.offer.pk).update(hours_a_month=needed)
    assert only(stage).is_possible


def test_hours_given_in_another_programme_count(stage: Stage) -> None:
    other = MentorOfferFactory(person=stage.mentor, hours_a_month=4)
    PairingFactory(offer=other, request__programme=other.programme, hours_a_month=3)
    assert bandwidth.hours_free([stage.mentor])[stage.mentor.pk] == 1
    assert not only(stage).is_possible


def test_narrower_and_broader_capacities_count_for_less(stage: Stage) -> None:
    below = CapacityFactory(slug="agendas", label="Writing an agenda", parent=stage.capacity)
    request = RequestFactory(programme=stage.programme, wants=[stage.capacity])
    narrow = MentorOfferFactory(programme=stage.programme, helps_with=[below])
    nothing = MentorOfferFactory(
        programme=stage.programme, helps_with=[CapacityFactory(slug="bots", label="Bots")]
    )
    found = {each.offer.pk: part(each, "capacities") for each in rank(loaded(request))}
    assert found[stage.offer.pk].score > found[narrow.pk].score > found[nothing.pk].score == 0
    assert "which is part of Moderating a discussion" in found[narrow.pk].sentence
    wide = RequestFactory(programme=stage.programme, wants=[below])
    assert "which includes Writing an agenda" in part(only(stage, wide), "capacities").sentence


def test_of_two_equal_mentors_the_one_with_more_room_comes_first(stage: Stage) -> None:
    idle = MentorOfferFactory(programme=stage.programme, helps_with=[stage.capacity])
    PairingFactory(offer=stage.offer, request__programme=stage.programme)
    request = RequestFactory(programme=stage.programme, wants=[stage.capacity])
    assert [found.offer.pk for found in rank(loaded(request))] == [idle.pk, stage.offer.pk]


def test_a_mentor_who_has_just_finished_may_want_a_rest(stage: Stage) -> None:
    PairingFactory(
        offer=stage.offer, request__programme=stage.programme, state="completed", ended_at=timezone.now()
    )
    assert "may want a rest" in part(only(stage), "rest").sentence


def test_ranking_takes_the_same_queries_for_three_mentors_and_for_thirty(
    stage: Stage, django_assert_max_num_queries: Any
) -> None:
    request = RequestFactory(programme=stage.programme, wants=[stage.capacity])
    for _n in range(30):
        MentorOfferFactory(programme=stage.programme, helps_with=[stage.capacity])
    row = loaded(request)
    with django_assert_max_num_queries(12):
        assert len(rank(row)) == 31


def test_capacity_is_checked_again_when_the_mentor_says_yes(stage: Stage) -> None:
    stage.offer.max_pairs = 1
    stage.offer.save()
    proposals = [ProposalFactory(offer=stage.offer, request__programme=stage.programme) for _n in range(2)]
    services.accept(proposals[0], by=stage.mentor.user)
    with pytest.raises(TransitionError, match="no room"):
        services.accept(proposals[1], by=stage.mentor.user)
    proposals[1].refresh_from_db()
    assert proposals[1].state == "offered"
    assert Pairing.objects.filter(offer=stage.offer).count() == 1


class NeverBeyondTheLimit(TestCase):
    """Whatever is proposed and accepted in whatever order, no mentor exceeds pairs or hours."""

    @given(
        most=st.integers(1, 3),
        hours=st.integers(1, 6),
        profile=st.integers(0, 6),
        steps=st.lists(st.sampled_from(["ask", "yes", "no", "end"]), max_size=9),
    )
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    def test_load_stays_within_the_offer(self, most: int, hours: int, profile: int, steps: list[str]) -> None:
        capacity = CapacityFactory()
        coordinator = PersonFactory()
        programme = ProgrammeFactory(coordinators=[coordinator])
        mentor = PersonFactory(hours_a_month=profile)
        offer = MentorOfferFactory(
            person=mentor, programme=programme, max_pairs=most, hours_a_month=hours, helps_with=[capacity]
        )
        live: list[Any] = []
        pairs: list[Any] = []
        for step in steps:
            try:
                if step == "ask":
                    request = RequestFactory(programme=programme, state="queued", wants=[capacity])
                    live.append(services.propose(request, offer, by=coordinator.user))
                elif step == "yes" and live:
                    pairs.append(services.accept(live.pop(), by=mentor.user))
                elif step == "no" and live:
                    services.decline(live.pop(), by=mentor.user, reason_code="no_time")
                elif step == "end" and pairs:
                    services.move(pairs.pop(), "close", by=mentor.user)
            except TransitionError:
                pass
            taken = [pair.hours_a_month for pair in Pairing.objects.open().filter(offer=offer)]
            assert len(taken) <= most
            assert sum(taken) <= min(hours, profile)
