"""Whom somebody does not want to meet: never ranked as possible, never asked, never paired, never told."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import Person
from foundation.accounts.constants import Role
from foundation.accounts.models import User
from foundation.accounts.personal_data import export
from foundation.notifications.models import Notification
from foundation.workflow.errors import StaleState, TransitionError
from mentoring import services
from mentoring.exclusions import hidden_from
from mentoring.matching import rank
from mentoring.models import MentoringRequest
from mentoring.models.exclusion import is_named
from tests.factories.accounts import UserFactory
from tests.factories.directory import PersonFactory
from tests.factories.mentoring import MentorOfferFactory, PairingFactory, ProposalFactory, RequestFactory
from tests.mentoring.conftest import Stage

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    """A browser in which this account is signed in."""
    client = Client()
    client.force_login(user)
    return client


def queued(stage: Stage, **more: Any) -> MentoringRequest:
    """A request that is ready to match."""
    return RequestFactory(
        person=stage.mentee, programme=stage.programme, state="queued", wants=[stage.capacity], **more
    )


def possible(request: MentoringRequest) -> set[str]:
    """Names of the mentors who may be asked."""
    request.refresh_from_db()
    return {found.offer.person.name for found in rank(request) if found.is_possible}


def test_whoever_is_named_is_never_possible_and_cannot_be_asked(stage: Stage) -> None:
    request = queued(stage)
    assert possible(request) == {"Samira Belkacem"}
    services.keep_apart(request, [stage.mentor], by=stage.mentee.user)
    assert possible(request) == set()
    with pytest.raises(TransitionError, match="not brought together"):
        services.propose(request, stage.offer, by=stage.coordinator.user)
    assert not request.proposals.exists()


def test_a_mentor_names_whom_they_should_not_be_given(stage: Stage) -> None:
    request = queued(stage)
    services.keep_apart(stage.offer, [stage.mentee], by=stage.mentor.user)
    assert possible(request) == set()
    with pytest.raises(TransitionError, match="not brought together"):
        services.propose(request, stage.offer, by=stage.coordinator.user)


@pytest.mark.parametrize(
    "words", ["Samira Belkacem", "please not samira BELKACEM, she", "Sámira Belkacem;\nand others"]
)
def test_a_name_in_words_keeps_somebody_apart_who_is_in_no_list(stage: Stage, words: str) -> None:
    Person.objects.filter(pk=stage.mentor.pk).update(listed=False)
    request = queued(stage)
    services.keep_apart(request, [], words, by=stage.mentee.user)
    assert possible(request) == set()


def test_part_of_a_word_is_no_name() -> None:
    assert not is_named("Lisa and Ananda", ["Li", "Ana"])
    assert not is_named("", ["Ana"])
    assert not is_named("Ana", ["", "  "])
    assert is_named("Not Ana!", ["Ana"])


def test_a_pair_that_was_closed_for_safety_is_never_proposed_again(stage: Stage) -> None:
    old = RequestFactory(person=stage.mentee, programme=stage.programme, state="paired")
    PairingFactory(request=old, offer=stage.offer, state="closed_by_safety")
    assert possible(queued(stage)) == set()


def test_another_mentor_is_not_the_one_before(stage: Stage) -> None:
    request = queued(stage)
    PairingFactory(request=request, offer=stage.offer, state="closed_no_fault")
    MentorOfferFactory(
        person=PersonFactory(name="Idris", hours_a_month=4),
        programme=stage.programme,
        helps_with=[stage.capacity],
    )
    assert possible(request) == {"Idris"}


def test_naming_somebody_who_is_being_asked_takes_the_question_back(stage: Stage) -> None:
    request = queued(stage)
    proposal = services.propose(request, stage.offer, by=stage.coordinator.user)
    client = client_of(stage.mentee.user)
    url = reverse("mentoring:request_screen", args=[request.pk, "apart"])
    assert client.get(url).status_code == 200
    client.post(url, {"not_with_find": "Samira Belkacem", "not_with_words": ""})
    proposal.refresh_from_db()
    request.refresh_from_db()
    assert (proposal.state, request.state) == ("withdrawn", "queued")
    told = Notification.objects.get(user=stage.mentor.user, kind="mentoring.taken_back")
    assert "Salma" not in told.subject + told.body
    with pytest.raises(StaleState):
        services.accept(proposal, by=stage.mentor.user)


def test_a_yes_is_refused_where_the_mentor_named_the_mentee_meanwhile(stage: Stage) -> None:
    proposal = ProposalFactory(request=queued(stage), offer=stage.offer)
    MentoringRequest.objects.update(state="proposed")
    stage.offer.not_with.add(stage.mentee)  # as if written between the question and the answer
    with pytest.raises(StaleState):
        services.accept(proposal, by=stage.mentor.user)
    assert not stage.mentee.pairings_as_mentee.exists()


def test_a_coordinator_who_is_named_does_not_learn_that_there_is_a_request(stage: Stage) -> None:
    second = UserFactory(role=Role.COORDINATOR, name="Second")
    request = queued(stage)
    services.keep_apart(request, [stage.coordinator], by=stage.mentee.user)
    board = reverse("mentoring:board", args=[stage.programme.translation_key])
    named = client_of(stage.coordinator.user)
    assert "Salma" not in named.get(f"{board}?request={request.pk}").content.decode()
    act = reverse("mentoring:board_act", args=[stage.programme.translation_key, request.pk, "ready"])
    assert named.post(act).status_code == 404
    assert "requests wait" not in named.get(reverse("mentoring:mine")).content.decode()
    assert "request waits" not in named.get(reverse("mentoring:mine")).content.decode()
    with pytest.raises(TransitionError):
        services.mark_ready(request, by=stage.coordinator.user)
    assert "Salma" in client_of(second).get(board).content.decode()
    page = client_of(stage.mentee.user).get(request.get_absolute_url()).content.decode()
    assert "Yuki Tanabe" not in page


def test_it_is_said_when_nobody_is_left_to_read_it(stage: Stage) -> None:
    request = RequestFactory(
        person=stage.mentee,
        programme=stage.programme,
        state="draft",
        answers={"q-years": {"value": "o-new", "kind": "choice", "visibility": "matched_pair"}},
    )
    services.keep_apart(request, [], "Yuki Tanabe", by=stage.mentee.user)
    assert hidden_from(stage.coordinator.user) == {request.pk}
    with pytest.raises(TransitionError, match="Everybody who coordinates"):
        services.submit(request, by=stage.mentee.user)
    UserFactory(role=Role.COORDINATOR)
    services.submit(request, by=stage.mentee.user)
    assert not Notification.objects.filter(user=stage.coordinator.user).exists()


def test_people_are_found_by_name_among_those_who_are_listed(stage: Stage) -> None:
    request = RequestFactory(person=stage.mentee, programme=stage.programme, state="draft")
    PersonFactory(name="Farid Amrani")
    PersonFactory(name="Farid Amrani")
    PersonFactory(name="Hidden Farid", listed=False)
    client = client_of(stage.mentee.user)
    url = reverse("mentoring:request_screen", args=[request.pk, "apart"])
    page = client.get(url).content.decode()
    assert "Samira Belkacem" in page  # who mentors here is suggested
    assert "Farid" not in page
    page = client.post(url, {"not_with_find": "Farid", "not_with_words": "Somebody"}).content.decode()
    assert "Nobody called “Farid” is in the lists." in page
    assert "Farid Amrani" in page
    assert "Hidden" not in page
    assert "Somebody" in page
    page = client.post(url, {"not_with_find": "farid amrani", "not_with_add": "1"}).content.decode()
    assert "2 people of this name" in page
    client.post(url, {"not_with_find": "farid amrani", "not_with_words": ""})
    assert request.not_with.count() == 2
    assert "Farid Amrani" in client.get(url).content.decode()
    summary = client.get(reverse("mentoring:request_summary", args=[request.pk])).content.decode()
    assert "Farid Amrani" in summary


def test_an_offer_keeps_whom_it_names(stage: Stage) -> None:
    client = client_of(stage.mentor.user)
    url = reverse("mentoring:offer", args=[stage.programme.translation_key])
    data = {
        "capacities": [stage.capacity.pk],
        "languages": ["en"],
        "formats": ["text"],
        "hours_a_month": 4,
        "max_pairs": 1,
        "contact": "Here",
        "not_with": [str(stage.mentee.pk)],
    }
    client.post(url, data)
    assert list(stage.offer.not_with.all()) == [stage.mentee]
    assert "Salma Bouzid" in client.get(url).content.decode()
    client.post(url, {**data, "not_with": []})
    assert not stage.offer.not_with.exists()


def test_nobody_else_says_it_and_the_named_never_learn(stage: Stage) -> None:
    request = queued(stage)
    services.keep_apart(request, [stage.mentor], "by name", by=stage.mentee.user)
    with pytest.raises(TransitionError):
        services.keep_apart(request, [], by=stage.mentor.user)
    url = reverse("mentoring:request_screen", args=[request.pk, "apart"])
    for person in (stage.mentor, stage.coordinator, stage.member):
        assert client_of(person.user).get(url).status_code == 404
    assert str(request.pk) not in export(stage.mentor.user)
    assert str(stage.mentee.pk) not in export(stage.mentor.user)
    assert str(stage.mentor.pk) in export(stage.mentee.user)
    board = reverse("mentoring:board", args=[stage.programme.translation_key]) + f"?request={request.pk}"
    page = client_of(stage.coordinator.user).get(board).content.decode()
    assert "These two are not brought together." in page
    assert "by name" in page
