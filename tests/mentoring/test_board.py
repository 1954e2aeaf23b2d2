"""The coordinators' board with few requests and with many: what it shows, and what that costs."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from directory.models import Person
from foundation.accounts.constants import Role
from mentoring import services
from mentoring.matching import rank
from mentoring.models import MentoringRequest, MentorOffer, Pairing, ProgrammeCoordinator
from mentoring.presenters.board import MENTORS_ON_A_PAGE, OTHERS_ON_A_PAGE
from mentoring.presenters.tickets import PER_PAGE, SHOWN_IN_COLUMN
from tests.factories.accounts import UserFactory
from tests.factories.directory import PersonFactory
from tests.factories.mentoring import MentorOfferFactory, PairingFactory, RequestFactory
from tests.mentoring.conftest import Stage

pytestmark = pytest.mark.django_db


def open_board(stage: Stage, query: str = "") -> Any:
    """The response to the stage's coordinator."""
    client = Client()
    client.force_login(stage.coordinator.user)
    return client.get(reverse("mentoring:board", args=[stage.programme.translation_key]) + query)


def requests(stage: Stage, count: int, state: str = "queued") -> list[MentoringRequest]:
    """Many requests, each of somebody else."""
    return [
        RequestFactory(programme=stage.programme, state=state, wants=[stage.capacity]) for _n in range(count)
    ]


def test_a_column_shows_a_few_and_the_list_comes_a_page_at_a_time(stage: Stage) -> None:
    made = requests(stage, PER_PAGE + 3)
    requests(stage, 2, state="submitted")
    page = open_board(stage)
    tickets = page.context["tickets"]
    queued = next(column for column in tickets.columns if column.state == "queued")
    assert (queued.total, len(queued.shown)) == (len(made), SHOWN_IN_COLUMN)
    assert f"{len(made) - SHOWN_IN_COLUMN} more" in page.content.decode()
    assert len(tickets.rows) == PER_PAGE
    listed = open_board(stage, "?state=queued").context["tickets"]
    assert {row.request.state for row in listed.rows} == {"queued"}
    second = open_board(stage, "?state=queued&page=2").context["tickets"]
    seen = [row.request.pk for row in [*listed.rows, *second.rows]]
    assert sorted(seen) == sorted(request.pk for request in made)
    # A page that does not exist is the nearest that does, and a state nobody knows is none.
    assert open_board(stage, "?page=999").context["tickets"].page.number == 2
    assert open_board(stage, "?state=nonsense&page=x").context["tickets"].state == ""


def test_the_one_that_is_open_is_in_its_column(stage: Stage) -> None:
    made = requests(stage, SHOWN_IN_COLUMN + 3)
    page = open_board(stage, f"?request={made[-1].pk}")
    queued = next(column for column in page.context["tickets"].columns if column.state == "queued")
    assert [ticket.request.pk for ticket in queued.shown if ticket.selected] == [made[-1].pk]


def cost(stage: Stage) -> tuple[int, int]:
    """How many queries and how many bytes the board takes."""
    open_board(stage)
    with CaptureQueriesContext(connection) as captured:
        page = open_board(stage)
    return len(captured), len(page.content)


def test_two_hundred_requests_cost_what_thirty_cost(stage: Stage) -> None:
    requests(stage, PER_PAGE + 5)
    for _n in range(MENTORS_ON_A_PAGE + 1):
        MentorOfferFactory(
            person=PersonFactory(hours_a_month=9), programme=stage.programme, helps_with=[stage.capacity]
        )
    few = cost(stage)
    requests(stage, 170)
    for _n in range(30):
        MentorOfferFactory(
            person=PersonFactory(hours_a_month=9), programme=stage.programme, helps_with=[stage.capacity]
        )
    many = cost(stage)
    assert many[0] == few[0]
    assert many[1] < few[1] * 1.1


def test_sentences_are_made_only_of_the_mentors_that_are_shown(stage: Stage) -> None:
    request = requests(stage, 1)[0]
    for n in range(OTHERS_ON_A_PAGE + 15):
        MentorOfferFactory(
            person=PersonFactory(hours_a_month=9), programme=stage.programme, helps_with=[stage.capacity]
        )
        MentorOfferFactory(programme=stage.programme, languages=["sw"], person=PersonFactory(name=f"No {n}"))
    page = open_board(stage, f"?request={request.pk}")
    bench = page.context["bench"]
    candidates = bench.mentors.paginator.object_list
    said = [found for found in candidates if any("sentence" in vars(part) for part in found.parts)]
    assert len(candidates) > len(said) == MENTORS_ON_A_PAGE
    barred = bench.others.paginator.object_list
    assert len(barred) > OTHERS_ON_A_PAGE
    assert len([found for found in barred if "obstacles" in vars(found)]) == OTHERS_ON_A_PAGE
    # The others are a page away, and can be asked from there.
    second = open_board(stage, f"?request={request.pk}&mentors=2").context["bench"]
    assert second.rows[0].number == MENTORS_ON_A_PAGE + 1
    assert second.selected.candidate.offer.pk == second.rows[0].candidate.offer.pk
    far = candidates[-1].offer.pk
    chosen = open_board(stage, f"?request={request.pk}&mentor={far}").context["bench"]
    assert chosen.selected.candidate.offer.pk == far


def test_a_pair_that_goes_on_stays_on_the_board_however_old(stage: Stage) -> None:
    long_ago = timezone.now() - datetime.timedelta(days=200)
    going_on = PairingFactory(request__programme=stage.programme, state="active")
    over = PairingFactory(request__programme=stage.programme, state="completed")
    MentoringRequest.objects.update(paired_at=long_ago)
    Pairing.objects.filter(pk=over.pk).update(ended_at=long_ago)
    page = open_board(stage)
    paired = next(column for column in page.context["tickets"].columns if column.state == "paired")
    assert [ticket.request.pk for ticket in paired.shown] == [going_on.request_id]
    assert "Close for safety" in open_board(stage, f"?request={going_on.request_id}").content.decode()


def test_why_a_pair_was_closed_for_safety_is_read_by_coordinators_and_by_neither_of_the_two(
    stage: Stage,
) -> None:
    pair = PairingFactory(
        request__programme=stage.programme, request__person=stage.mentee, offer=stage.offer, state="active"
    )
    services.move(pair, "close_by_safety", by=stage.coordinator.user, reason="A report of shouting.")
    assert "A report of shouting." in open_board(stage, f"?request={pair.request_id}").content.decode()
    for person in (stage.mentee, stage.mentor):
        client = Client()
        client.force_login(person.user)
        assert "shouting" not in client.get(pair.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("mentee", "mentor", "fits"),
    [
        (["text"], ["live"], False),
        (["live"], ["text"], False),
        (["text"], ["visit", "live"], False),
        (["text", "live"], ["live"], True),
        (["text"], ["text"], True),
        ([], ["live"], True),
        (["text"], [], True),
    ],
)
def test_who_only_writes_is_not_given_to_who_only_calls(
    stage: Stage, mentee: list[str], mentor: list[str], fits: bool
) -> None:
    MentorOffer.objects.filter(pk=stage.offer.pk).update(formats=mentor)
    request = RequestFactory(
        programme=stage.programme, state="queued", wants=[stage.capacity], formats=mentee
    )
    [found] = [found for found in rank(request) if found.offer.pk == stage.offer.pk]
    assert found.is_possible is fits
    assert ("They like different ways to meet." in found.obstacles) is not fits


def test_one_of_a_pair_writes_to_a_coordinator_and_is_answered(stage: Stage) -> None:
    pair = PairingFactory(
        request__programme=stage.programme, request__person=stage.mentee, offer=stage.offer, state="active"
    )
    mentee, mentor, coordinator = Client(), Client(), Client()
    for client, person in ((mentee, stage.mentee), (mentor, stage.mentor), (coordinator, stage.coordinator)):
        client.force_login(person.user)
    url = reverse("mentoring:pairing_coordinators", args=[pair.pk])
    assert url in mentee.get(pair.get_absolute_url()).content.decode()
    form = mentee.get(url)
    assert "Read by" in form.content.decode()
    token = form.context["form"].initial["token"]
    for _press in range(2):
        mentee.post(url, {"text": "He never answers.", "token": token})
    note = pair.notes.get()
    for address in (url, pair.get_absolute_url(), reverse("mentoring:mine")):
        assert "He never answers." not in mentor.get(address).content.decode()

    board = reverse("mentoring:board", args=[stage.programme.translation_key])
    assert "He never answers." in coordinator.get(f"{board}?request={pair.request_id}").content.decode()
    act = reverse("mentoring:board_act", args=[stage.programme.translation_key, pair.request_id, "reply"])
    refused = coordinator.post(act, {"note": note.pk, "reply": ""}).content.decode()
    assert "Write the answer." in refused
    coordinator.post(act, {"note": note.pk, "reply": "I will speak with him."})
    assert "I will speak with him." in mentee.get(url).content.decode()
    again = coordinator.post(act, {"note": note.pk, "reply": "Twice."}).content.decode()
    assert "Somebody has answered this meanwhile." in again


def test_a_coordinator_who_is_one_of_the_pair_reads_no_note_about_them(stage: Stage) -> None:
    offer = MentorOfferFactory(person=stage.coordinator, programme=stage.programme)
    pair = PairingFactory(
        request__programme=stage.programme, request__person=stage.mentee, offer=offer, state="active"
    )
    client = Client()
    client.force_login(stage.mentee.user)
    url = reverse("mentoring:pairing_coordinators", args=[pair.pk])
    assert "No coordinator could read this" in client.get(url).content.decode()
    other: Person = PersonFactory(name="Paulo")
    ProgrammeCoordinator.objects.create(page=stage.programme, person=other)
    services.write_to_coordinators(pair, "About my mentor", by=stage.mentee.user)
    assert "About my mentor" not in open_board(stage, f"?request={pair.request_id}").content.decode()
    assert not stage.coordinator.user.notifications.filter(kind="mentoring.pair_asks").exists()
    assert other.user.notifications.filter(kind="mentoring.pair_asks").count() == 1


def test_all_who_may_read_a_note_are_named_and_a_superuser_is_not_one_of_them(stage: Stage) -> None:
    """The sentence is the permission: whoever is in the role is named, and nobody reads by being a superuser."""
    pair = PairingFactory(
        request__programme=stage.programme, request__person=stage.mentee, offer=stage.offer, state="active"
    )
    further = UserFactory(name="Ngozi Elsewhere", role=Role.COORDINATOR)
    services.write_to_coordinators(pair, "He never answers.", by=stage.mentee.user)
    client = Client()
    client.force_login(stage.mentee.user)
    page = client.get(reverse("mentoring:pairing_coordinators", args=[pair.pk])).content.decode()
    assert "Ngozi Elsewhere" in page
    board = reverse("mentoring:board", args=[stage.programme.translation_key])
    for user, status in ((further, 200), (UserFactory(admin=True), 404)):
        client.force_login(user)
        answer = client.get(f"{board}?request={pair.request_id}")
        assert answer.status_code == status
        assert ("He never answers." in answer.content.decode()) == (status == 200)


@pytest.mark.parametrize("who", ["coordinator", "member", "elsewhere"])
def test_nobody_else_opens_what_one_of_a_pair_wrote(stage: Stage, who: str) -> None:
    pair = PairingFactory(request__programme=stage.programme, request__person=stage.mentee)
    client = Client()
    client.force_login(getattr(stage, who).user)
    url = reverse("mentoring:pairing_coordinators", args=[pair.pk])
    assert client.get(url).status_code == 404
    assert client.post(url, {"text": "x"}).status_code == 404
