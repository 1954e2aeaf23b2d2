"""Who may open what: each address of the room as each kind of person, and what must not stand on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import Person
from foundation.accounts.constants import Role
from mentoring import services
from mentoring.models import MentoringRequest, Pairing, Proposal
from tests.factories.accounts import UserFactory
from tests.factories.mentoring import PairingFactory, ProposalFactory, RequestFactory
from tests.mentoring.conftest import Stage

pytestmark = pytest.mark.django_db

NAME, PLACE, HARD, FEAR = "Salma Bouzid", "Tetouan", "I cried twice", "My neighbour"


@pytest.fixture
def proposal(stage: Stage) -> Proposal:
    """A request with private answers, and a mentor who is being asked."""
    request = RequestFactory(
        person=stage.mentee, programme=stage.programme, state="queued", wants=[stage.capacity]
    )
    MentoringRequest.objects.filter(pk=request.pk).update(state="needs_info")
    services.save_answers(
        request,
        by=stage.mentee.user,
        questions=stage.programme.mentee_questions(),
        values={"q-years": "o-new", "q-hard": HARD, "q-where": PLACE, "q-after": True, "q-fear": FEAR},
    )
    MentoringRequest.objects.filter(pk=request.pk).update(state="proposed")
    request.refresh_from_db()
    return ProposalFactory(request=request, offer=stage.offer, need="Somebody wants to lead a meeting.")


def client_of(person: Person | None) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    if person is not None:
        client.force_login(person.user)
    return client


# (name of the address, who it is about, who may open it)
READABLE: list[tuple[str, Callable[[Any], Any], set[str]]] = [
    ("mentoring:request", lambda p: p.request.pk, {"mentee"}),
    ("mentoring:request_summary", lambda p: p.request.pk, {"mentee"}),
    ("mentoring:request_withdraw", lambda p: p.request.pk, {"mentee"}),
    ("mentoring:proposal", lambda p: p.pk, {"mentor"}),
    ("mentoring:board", lambda p: p.request.programme.translation_key, {"coordinator", "role"}),
]
EVERYBODY = ["anonymous", "mentee", "mentor", "member", "editor", "coordinator", "elsewhere", "role", "admin"]


def person_called(stage: Stage, who: str) -> Person | None:
    """One of the cast, or somebody made for the occasion."""
    if who == "anonymous":
        return None
    if who == "role":
        return Person.objects.create(user=UserFactory(role=Role.COORDINATOR), name="In the role")
    if who == "admin":
        return Person.objects.create(user=UserFactory(admin=True), name="Administrator")
    return getattr(stage, who)  # type: ignore[no-any-return]


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize(("name", "key", "allowed"), READABLE, ids=[row[0] for row in READABLE])
def test_pages_open_only_for_those_they_are_for(
    stage: Stage, proposal: Proposal, who: str, name: str, key: Callable[[Any], Any], allowed: set[str]
) -> None:
    response = client_of(person_called(stage, who)).get(reverse(name, args=[key(proposal)]))
    if who == "anonymous":
        assert response.status_code == 302
        assert "/account/login/" in response["Location"]
    elif who in allowed:
        assert response.status_code in (200, 302)
        assert response.status_code == 200 or "/account/login/" not in response["Location"]
    else:
        assert response.status_code == 404


ACTIONS = [
    ("mentoring:request_send", "request", {"mentee"}),
    ("mentoring:request_withdraw", "request", {"mentee"}),
    ("mentoring:request_again", "request", {"mentee"}),
    ("mentoring:proposal_accept", "proposal", {"mentor"}),
    ("mentoring:proposal_decline", "proposal", {"mentor"}),
]


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who not in ("mentee", "mentor")])
@pytest.mark.parametrize(("name", "of", "allowed"), ACTIONS, ids=[row[0] for row in ACTIONS])
def test_strangers_can_do_nothing(
    stage: Stage, proposal: Proposal, who: str, name: str, of: str, allowed: set[str]
) -> None:
    pk = proposal.pk if of == "proposal" else proposal.request.pk
    response = client_of(person_called(stage, who)).post(reverse(name, args=[pk]), {"reason_code": "no_time"})
    assert response.status_code in (302, 404)
    assert response.status_code == 404 or "/account/login/" in response["Location"]
    proposal.refresh_from_db()
    proposal.request.refresh_from_db()
    assert (proposal.state, proposal.request.state) == ("offered", "proposed")


@pytest.mark.parametrize("who", ["member", "editor", "elsewhere", "mentor", "mentee"])
@pytest.mark.parametrize("action", ["ready", "ask", "answer", "decline", "propose", "back", "safety"])
def test_only_coordinators_of_the_programme_act_on_its_board(
    stage: Stage, proposal: Proposal, who: str, action: str
) -> None:
    url = reverse("mentoring:board_act", args=[stage.programme.translation_key, proposal.request.pk, action])
    response = client_of(person_called(stage, who)).post(url, {"answer": "x", "question": "x"})
    assert response.status_code == 404


def test_a_mentor_who_is_asked_sees_the_need_and_nothing_that_identifies(
    stage: Stage, proposal: Proposal
) -> None:
    client = client_of(stage.mentor)
    for url in (proposal.get_absolute_url(), reverse("mentoring:proposals"), reverse("mentoring:mine")):
        page = client.get(url).content.decode()
        for private in (NAME, PLACE, HARD, FEAR, stage.mentee.user.email, proposal.request.contact, "Salma"):
            assert private not in page
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert "Somebody wants to lead a meeting." in page
    assert "Less than a year" in page


def test_after_a_yes_both_see_each_other(stage: Stage, proposal: Proposal) -> None:
    pair = services.accept(proposal, by=stage.mentor.user)
    for_mentor = client_of(stage.mentor).get(pair.get_absolute_url()).content.decode()
    assert NAME in for_mentor
    assert proposal.request.contact in for_mentor
    assert HARD in for_mentor
    assert FEAR not in for_mentor
    for_mentee = client_of(stage.mentee).get(pair.get_absolute_url()).content.decode()
    assert stage.mentor.name in for_mentee
    assert stage.offer.contact in for_mentee
    for page in (for_mentor, for_mentee):
        assert stage.mentee.user.email not in page
        assert stage.mentor.user.email not in page


def test_after_not_now_the_mentor_no_longer_sees_the_need(stage: Stage, proposal: Proposal) -> None:
    services.decline(proposal, by=stage.mentor.user, reason_code="no_time")
    page = client_of(stage.mentor).get(proposal.get_absolute_url()).content.decode()
    assert "Somebody wants to lead a meeting." not in page
    assert "Less than a year" not in page


@pytest.mark.parametrize("who", ["anonymous", "member", "editor", "coordinator", "elsewhere", "admin"])
def test_the_page_of_a_pair_is_theirs_alone(stage: Stage, who: str) -> None:
    pair: Pairing = PairingFactory(
        offer=stage.offer, request__programme=stage.programme, request__person=stage.mentee
    )
    client = client_of(person_called(stage, who))
    expected = 302 if who == "anonymous" else 404
    assert client.get(pair.get_absolute_url()).status_code == expected
    for name in ("plan", "agree", "hours", "break", "thanks"):
        assert client.post(reverse(f"mentoring:pairing_{name}", args=[pair.pk])).status_code == expected
    assert client.post(reverse("mentoring:pairing_move", args=[pair.pk, "close"])).status_code == expected


def test_a_coordinator_reads_what_is_meant_for_coordinators_and_not_what_is_for_safety(
    stage: Stage, proposal: Proposal
) -> None:
    url = (
        reverse("mentoring:board", args=[stage.programme.translation_key]) + f"?request={proposal.request.pk}"
    )
    page = client_of(stage.coordinator).get(url).content.decode()
    assert NAME in page
    assert PLACE in page
    assert HARD in page
    assert FEAR not in page
    assert proposal.request.contact not in page
    assert stage.mentee.user.email not in page


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_drafts_and_withdrawn_requests_are_not_on_the_board(stage: Stage, state: str) -> None:
    request = RequestFactory(person=stage.mentee, programme=stage.programme, state=state)
    client = client_of(stage.coordinator)
    url = reverse("mentoring:board", args=[stage.programme.translation_key])
    assert NAME not in client.get(f"{url}?request={request.pk}").content.decode()
    act = reverse("mentoring:board_act", args=[stage.programme.translation_key, request.pk, "ready"])
    assert client.post(act).status_code == 404


def test_the_mentee_is_not_told_that_a_mentor_is_asked_or_said_no(stage: Stage, proposal: Proposal) -> None:
    client = client_of(stage.mentee)
    before = client.get(proposal.request.get_absolute_url()).content.decode()
    services.decline(proposal, by=stage.mentor.user, reason_code="not_my_topic")
    after = client.get(proposal.request.get_absolute_url()).content.decode()
    for page in (before, after):
        assert "We are looking for a mentor" in page
        for private in (stage.mentor.name, "Not my topic", "Asked a mentor", "Not now"):
            assert private not in page


def test_a_later_change_of_the_form_does_not_widen_a_promise(stage: Stage, proposal: Proposal) -> None:
    page = stage.programme
    for block in page.mentee_form:
        block.value["visibility"], block.value["sensitive"] = "public", False
    page.save()
    seen = client_of(stage.mentor).get(proposal.get_absolute_url()).content.decode()
    for private in (PLACE, HARD, FEAR):
        assert private not in seen


def test_pages_of_the_room_are_never_kept_in_a_shared_cache(stage: Stage, proposal: Proposal) -> None:
    response = client_of(stage.mentee).get(proposal.request.get_absolute_url())
    assert "no-store" in response["Cache-Control"]
