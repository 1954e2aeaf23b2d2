"""Answers promised to "the safety team only": not asked any more, and read by whom the writer is told."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import Person
from foundation.accounts.constants import Role
from foundation.accounts.models import User
from foundation.workflow.errors import TransitionError
from mentoring import services
from mentoring.blocks import QuestionBlocks
from mentoring.form_schema import pack
from mentoring.models import MentoringRequest, MentorOffer
from mentoring.safety_answers import kept_for, readers_of
from tests.factories.accounts import UserFactory
from tests.factories.directory import PersonFactory
from tests.factories.mentoring import MentorOfferFactory, RequestFactory
from tests.mentoring.conftest import Stage

pytestmark = pytest.mark.django_db
FEAR = "My neighbour"


def client_of(user: User) -> Client:
    """A browser in which this account is signed in."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def ingrid() -> User:
    """An administrator whom nothing concerns."""
    return UserFactory(name="Ingrid Solheim", role=Role.ADMINISTRATOR)


def answered(stage: Stage, state: str = "queued") -> MentoringRequest:
    """A request with an answer in trust, as it was given while the choice was still offered."""
    request = RequestFactory(person=stage.mentee, programme=stage.programme, state=state)
    question = next(each for each in stage.programme.mentee_questions() if each.id == "q-fear")
    request.answers = {"q-fear": pack(question, FEAR)}
    request.save()
    return request


def seen_by(user: User) -> str:
    """The administrators' page."""
    return client_of(user).get(reverse("mentoring_trust:index"), follow=True).content.decode()


def test_the_choice_is_not_offered_and_an_old_one_shows_as_coordinators(stage: Stage) -> None:
    block = QuestionBlocks().child_blocks["text"]
    offered = [value for value, _label in block.child_blocks["visibility"].field.choices]
    assert "safety" not in offered
    child = next(each for each in stage.programme.mentee_form if each.id == "q-fear")
    assert child.block.get_form_state(child.value)["visibility"] == ["coordinators"]
    assert child.value["visibility"] == "safety"


def test_such_a_question_is_not_asked_any_more(stage: Stage) -> None:
    request = RequestFactory(person=stage.mentee, programme=stage.programme, state="draft")
    client = client_of(stage.mentee.user)
    url = reverse("mentoring:request_screen", args=[request.pk, "q-fear"])
    assert client.get(url).status_code == 404
    assert (
        "somebody you fear"
        not in client.get(reverse("mentoring:request_summary", args=[request.pk])).content.decode()
    )


def test_only_administrators_whom_it_does_not_concern_read_it(stage: Stage, ingrid: User) -> None:
    answered(stage)
    assert FEAR in seen_by(ingrid)
    concerned = {
        "coordinator": stage.coordinator.user,
        "mentor": stage.mentor.user,
        "writer": stage.mentee.user,
    }
    for user in concerned.values():
        assert FEAR not in seen_by(user)
        user.groups.add(*ingrid.groups.all())
        assert FEAR not in seen_by(User.objects.get(pk=user.pk))
    named = PersonFactory(user=UserFactory(name="Named", role=Role.ADMINISTRATOR))
    assert FEAR in seen_by(named.user)
    services.keep_apart(MentoringRequest.objects.get(), [named], by=stage.mentee.user)
    assert FEAR not in seen_by(named.user)
    both = UserFactory(name="Both", role=Role.ADMINISTRATOR)
    both.groups.add(*UserFactory(role=Role.COORDINATOR).groups.all())
    assert FEAR not in seen_by(both)
    for role in (Role.MODERATOR, Role.EDITOR, Role.COORDINATOR):
        assert FEAR not in seen_by(UserFactory(role=role))


def test_a_moderator_who_coordinates_does_not_read_it_on_the_board(stage: Stage) -> None:
    request = answered(stage)
    board = reverse("mentoring:board", args=[stage.programme.translation_key]) + f"?request={request.pk}"
    stage.coordinator.user.groups.add(*UserFactory(role=Role.MODERATOR).groups.all())
    assert FEAR not in client_of(stage.coordinator.user).get(board).content.decode()
    assert FEAR not in client_of(UserFactory(admin=True)).get(board).content.decode()


def test_the_writer_is_told_who_reads_it_and_erases_it(stage: Stage, ingrid: User) -> None:
    request = answered(stage, state="proposed")
    client = client_of(stage.mentee.user)
    summary = reverse("mentoring:request_summary", args=[request.pk])
    page = client.get(summary).content.decode()
    assert FEAR in page
    assert "Read by Ingrid Solheim alone" in page
    erase = reverse("mentoring:erase_answer", args=[request.pk])
    for _press in range(2):
        client.post(erase, {"question": "q-fear"})
    request.refresh_from_db()
    assert request.answers == {}
    assert FEAR not in seen_by(ingrid)
    assert FEAR not in client.get(summary).content.decode()


def test_without_such_an_administrator_the_writer_is_told_that_nobody_reads_it(stage: Stage) -> None:
    stage.mentor.user.groups.add(*UserFactory(role=Role.ADMINISTRATOR).groups.all())
    User.objects.filter(name__startswith="Person", groups__name=Role.ADMINISTRATOR.value).update(
        is_active=False
    )
    request = answered(stage)
    assert readers_of(request) == []
    summary = reverse("mentoring:request_summary", args=[request.pk])
    assert "Nobody reads this at the moment" in client_of(stage.mentee.user).get(summary).content.decode()


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_what_is_the_writer_s_alone_is_read_by_nobody(stage: Stage, ingrid: User, state: str) -> None:
    request = answered(stage, state=state)
    assert FEAR not in seen_by(ingrid)
    summary = reverse("mentoring:request_summary", args=[request.pk])
    assert "Nobody but you reads this now." in client_of(stage.mentee.user).get(summary).content.decode()


def test_nobody_else_erases_an_answer_and_no_other_answer_is_erased(stage: Stage, ingrid: User) -> None:
    request = answered(stage)
    for person in (stage.coordinator, stage.mentor, stage.member):
        erase = reverse("mentoring:erase_answer", args=[request.pk])
        assert client_of(person.user).post(erase, {"question": "q-fear"}).status_code == 404
    with pytest.raises(TransitionError):
        services.erase_answer(request, "q-fear", by=ingrid)
    question = next(each for each in stage.programme.mentee_questions() if each.id == "q-hard")
    request.answers["q-hard"] = pack(question, "It was hard.")
    request.save()
    with pytest.raises(TransitionError):
        services.erase_answer(request, "q-hard", by=stage.mentee.user)
    request.refresh_from_db()
    assert set(request.answers) == {"q-fear", "q-hard"}


def test_mentors_answers_in_trust_are_kept_the_same_way(stage: Stage, ingrid: User) -> None:
    offer: MentorOffer = MentorOfferFactory(
        programme=stage.programme,
        answers={"gone": {"value": FEAR, "label": "Whom not?", "kind": "text", "visibility": "safety"}},
    )
    RequestFactory(person=stage.member, programme=stage.programme)
    assert FEAR in seen_by(ingrid)
    stage.member.user.groups.add(*ingrid.groups.all())
    assert kept_for(User.objects.get(pk=stage.member.user.pk)) == []
    own = client_of(offer.person.user)
    page = own.get(reverse("mentoring:offer", args=[stage.programme.translation_key])).content.decode()
    assert FEAR in page
    assert "Read by Ingrid Solheim alone" in page
    own.post(reverse("mentoring:erase_answer", args=[offer.pk]), {"question": "gone"})
    offer.refresh_from_db()
    assert offer.answers == {}


def test_an_address_of_nobody_s_answer_is_none(stage: Stage) -> None:
    person: Person = PersonFactory()
    erase = reverse("mentoring:erase_answer", args=[uuid.uuid4()])
    assert client_of(person.user).post(erase, {"question": "x"}).status_code == 404
