"""Pages and forms: what was typed stays, errors stand in place, stale pages say so, queries are counted."""

from __future__ import annotations

import datetime
import html
import re
from typing import Any
from urllib.parse import urljoin

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring import selectors, services
from mentoring.models import MentoringRequest, MentorOffer, Pairing, Proposal
from tests.factories.directory import PersonFactory
from tests.factories.mentoring import (
    MentorOfferFactory,
    PairingFactory,
    ProposalFactory,
    RequestFactory,
    mentoring_index,
)
from tests.mentoring.conftest import Stage
from tests.search_fixtures import Index

pytestmark = pytest.mark.django_db


def sign_in(person: Any) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(person.user)
    return client


def text(response: Any) -> str:
    """The page as text."""
    return response.content.decode()  # type: ignore[no-any-return]


def board_url(stage: Stage, request: MentoringRequest, action: str = "") -> str:
    """The board, or one of its actions."""
    if action:
        return reverse("mentoring:board_act", args=[stage.programme.translation_key, request.pk, action])
    return reverse("mentoring:board", args=[stage.programme.translation_key]) + f"?request={request.pk}"


def test_the_whole_way_through_the_pages(stage: Stage) -> None:
    mentee, coordinator, mentor = sign_in(stage.mentee), sign_in(stage.coordinator), sign_in(stage.mentor)
    start = reverse("mentoring:request_start", args=[stage.programme.translation_key])
    assert "Before you begin" in text(mentee.get(start))
    response = mentee.post(start)
    made = MentoringRequest.objects.get()
    assert response["Location"] == reverse("mentoring:request_screen", args=[made.pk, "need"])
    typed = {
        "need": {"goal": "Lead a meeting.", "capacities": [stage.capacity.pk]},
        "way": {"languages": ["en"], "formats": ["text"], "contact": "My talk page"},
        "apart": {"not_with_words": ""},
        "q-years": {"q-q-years": "o-new"},
        "q-hard": {"q-q-hard": "Much."},
        "q-where": {"q-q-where": "By the sea"},
        "q-after": {"q-q-after": "no"},
    }
    url = response["Location"]
    for name, data in typed.items():
        assert name in url
        assert mentee.get(url).status_code == 200
        response = mentee.post(url, data)
        assert response.status_code == 302, text(response)
        url = response["Location"]
    page = text(mentee.get(url))
    assert "Lead a meeting." in page
    assert "Less than a year" in page
    mentee.post(reverse("mentoring:request_send", args=[made.pk]), {"state": "draft"})
    made.refresh_from_db()
    assert made.state == "submitted"
    assert made.answers["q-after"]["value"] is False
    assert "A coordinator is reading your request" in text(mentee.get(made.get_absolute_url()))

    page = text(coordinator.get(board_url(stage, made)))
    assert "Salma Bouzid" in page
    assert "Samira Belkacem" in page
    assert "Can help with Moderating a discussion." in page
    coordinator.post(board_url(stage, made, "ready"), {"state": "submitted"})
    data = {"state": "queued", "offer": stage.offer.pk, "need": "Somebody wants to lead."}
    coordinator.post(board_url(stage, made, "propose"), data)
    proposal = Proposal.objects.get()
    assert "Somebody wants to lead." in text(mentor.get(reverse("mentoring:proposals")))
    response = mentor.post(reverse("mentoring:proposal_accept", args=[proposal.pk]))
    pair = Pairing.objects.get()
    assert response["Location"] == pair.get_absolute_url()
    assert "You have a mentor" in text(mentee.get(made.get_absolute_url()))

    until = timezone.localdate() + datetime.timedelta(days=90)
    plan = {"goals": "Three meetings.", "rhythm": "A call every week.", "ends_on": until}
    mentor.post(reverse("mentoring:pairing_plan", args=[pair.pk]), plan)
    mentee.post(reverse("mentoring:pairing_agree", args=[pair.pk]))
    pair.refresh_from_db()
    assert pair.state == "active"
    mentee.post(reverse("mentoring:pairing_move", args=[pair.pk, "complete"]), {"state": "active"})
    mentee.post(reverse("mentoring:pairing_thanks", args=[pair.pk]), {"text": "You listened."})
    assert "You listened." in text(mentor.get(pair.get_absolute_url()))


def test_an_empty_screen_says_in_place_what_is_missing_and_keeps_the_rest(stage: Stage) -> None:
    made = services.start_request(stage.mentee, stage.programme)
    url = reverse("mentoring:request_screen", args=[made.pk, "need"])
    page = text(sign_in(stage.mentee).post(url, {"goal": "Keep this sentence."}))
    assert "Keep this sentence." in page
    assert "Choose at least one. A broad one is fine." in page
    assert 'id="form-errors"' in page


def test_save_and_leave_keeps_half_an_answer(stage: Stage) -> None:
    made = services.start_request(stage.mentee, stage.programme)
    url = reverse("mentoring:request_screen", args=[made.pk, "need"])
    response = sign_in(stage.mentee).post(url, {"goal": "Half a", "later": "1"})
    assert response["Location"] == reverse("mentoring:mine")
    made.refresh_from_db()
    assert made.goal == "Half a"


def test_a_capacity_typed_by_name_is_added_without_javascript(stage: Stage) -> None:
    made = services.start_request(stage.mentee, stage.programme)
    url = reverse("mentoring:request_screen", args=[made.pk, "need"])
    data = {"goal": "Lead.", "capacities_find": "moderating a discussion", "capacities_add": "1"}
    page = text(sign_in(stage.mentee).post(url, data))
    assert f'value="{stage.capacity.pk}" id="id_capacities_{stage.capacity.pk}" checked' in page
    assert "Lead." in page


def test_a_screen_left_open_after_withdrawing_keeps_the_words_and_says_why(stage: Stage) -> None:
    made = services.start_request(stage.mentee, stage.programme)
    services.withdraw(made, by=stage.mentee.user)
    url = reverse("mentoring:request_screen", args=[made.pk, "need"])
    data = {"goal": "Words I wrote.", "capacities": [stage.capacity.pk]}
    page = text(sign_in(stage.mentee).post(url, data))
    assert "can no longer be changed" in page
    assert "Words I wrote." in page


def test_sending_twice_sends_once(stage: Stage) -> None:
    made = RequestFactory(
        person=stage.mentee, programme=stage.programme, state="draft", wants=[stage.capacity]
    )
    services.save_answers(
        made, by=stage.mentee.user, questions=stage.programme.mentee_questions(), values={"q-years": "o-old"}
    )
    client, url = sign_in(stage.mentee), reverse("mentoring:request_send", args=[made.pk])
    for _press in range(2):
        assert client.post(url, {"state": "draft"})["Location"] == made.get_absolute_url()
    made.refresh_from_db()
    assert made.state == "submitted"


def test_sending_without_an_answer_comes_back_to_the_summary(stage: Stage) -> None:
    made = RequestFactory(
        person=stage.mentee, programme=stage.programme, state="draft", wants=[stage.capacity]
    )
    response = sign_in(stage.mentee).post(reverse("mentoring:request_send", args=[made.pk]), follow=True)
    assert "This needs an answer." in text(response)


@pytest.mark.parametrize("state", ["draft", "submitted", "needs_info", "queued", "proposed"])
def test_every_open_status_page_says_how_to_get_out(stage: Stage, state: str) -> None:
    made = RequestFactory(person=stage.mentee, programme=stage.programme, state=state)
    client = sign_in(stage.mentee)
    page = text(client.get(made.get_absolute_url()))
    for question in (
        "Where is it?",
        "Who acts next?",
        "Until when?",
        "How do I get out?",
        "Withdraw my request",
    ):
        assert question in page
    assert "Withdraw your request?" in text(client.get(reverse("mentoring:request_withdraw", args=[made.pk])))
    page = text(client.post(reverse("mentoring:request_withdraw", args=[made.pk]), follow=True))
    assert "You withdrew this request" in page


@pytest.mark.parametrize(
    "state", ["paired", "withdrawn", "declined_by_programme", "expired", "answered_without_pairing"]
)
def test_every_ended_status_page_reads(stage: Stage, state: str) -> None:
    made = RequestFactory(person=stage.mentee, programme=stage.programme, state=state)
    assert sign_in(stage.mentee).get(made.get_absolute_url()).status_code == 200


def test_a_refused_board_form_keeps_what_was_typed(stage: Stage) -> None:
    made = RequestFactory(person=stage.mentee, programme=stage.programme)
    data = {"state": "submitted", "next_step": "Try the course on agendas."}
    page = text(sign_in(stage.coordinator).post(board_url(stage, made, "decline"), data))
    assert "Try the course on agendas." in page
    assert "Choose a reason." in page


def test_the_board_tells_of_earlier_requests_and_of_the_time_left(stage: Stage) -> None:
    made = RequestFactory(person=stage.mentee, programme=stage.programme, state="proposed")
    for state in ("declined_by_programme", "expired", "withdrawn"):
        RequestFactory(person=stage.mentee, programme=stage.programme, state=state)
    until = timezone.now() + datetime.timedelta(days=2, minutes=5)
    ProposalFactory(request=made, offer=stage.offer, expires_at=until)
    ProposalFactory(request=made, expires_at=until + datetime.timedelta(days=9))
    page = text(sign_in(stage.coordinator).get(board_url(stage, made)))
    assert "2 earlier requests" in page
    assert "a mentor is asked, 2 days left" in page


def test_links_of_a_refused_board_form_lead_back_to_the_board(stage: Stage) -> None:
    made = RequestFactory(programme=stage.programme, state="queued", wants=[stage.capacity])
    address = board_url(stage, made, "decline")
    page = text(sign_in(stage.coordinator).post(address, {"reason_code": "", "state": "queued"}))
    links = [
        urljoin(address, html.unescape(link)) for link in re.findall(r'href="([./]*\?request=[^"]*)"', page)
    ]
    assert f"{board_url(stage, made)}#need" in links
    assert f"{board_url(stage, made)}&mentor={stage.offer.pk}#mentors" in links
    forms = [urljoin(address, action) for action in re.findall(r'<form method="post" action="([^"]*)"', page)]
    assert f"{address}#need" in forms
    assert f"{board_url(stage, made, 'propose')}#ask" in forms


def test_a_stale_board_says_what_happened_and_keeps_the_words(stage: Stage) -> None:
    made = RequestFactory(person=stage.mentee, programme=stage.programme)
    services.mark_ready(made, by=stage.coordinator.user)
    data = {"state": "submitted", "question": "Which discussion is it?"}
    page = text(sign_in(stage.coordinator).post(board_url(stage, made, "ask"), data))
    assert "This has changed since you opened the page." in page
    assert "Which discussion is it?" in page
    made.refresh_from_db()
    assert made.state == "queued"


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("ask", {"question": "Which discussion is it?"}),
        ("answer", {"answer": "Our lesson on calm talk may do."}),
        ("propose", {"need": "Somebody wants to calm a quarrel."}),
    ],
)
def test_a_form_that_the_board_no_longer_has_gives_the_words_back(
    stage: Stage, action: str, data: dict[str, str]
) -> None:
    """Another window has asked a mentor meanwhile, so the board shows no such form any more."""
    made = RequestFactory(person=stage.mentee, programme=stage.programme, wants=[stage.capacity])
    services.propose(made, stage.offer, by=stage.coordinator.user, need="A need.")
    sent = {"state": "submitted", "offer": str(stage.offer.pk), **data}
    answer = sign_in(stage.coordinator).post(board_url(stage, made, action), sent)
    page = text(answer)
    assert "has changed since you opened the page." in page
    assert next(iter(data.values())) in page
    made.refresh_from_db()
    assert made.state == "proposed"


def test_the_second_mentor_reads_a_kind_sentence(stage: Stage) -> None:
    other = MentorOfferFactory(programme=stage.programme)
    made = RequestFactory(person=stage.mentee, programme=stage.programme, state="proposed")
    first, second = (
        ProposalFactory(request=made, offer=stage.offer),
        ProposalFactory(request=made, offer=other),
    )
    sign_in(stage.mentor).post(reverse("mentoring:proposal_accept", args=[first.pk]))
    response = sign_in(other.person).post(reverse("mentoring:proposal_accept", args=[second.pk]), follow=True)
    assert "Another mentor said yes" in text(response)


def test_not_now_asks_for_a_reason_code(stage: Stage) -> None:
    proposal = ProposalFactory(offer=stage.offer, request__programme=stage.programme)
    url = reverse("mentoring:proposal_decline", args=[proposal.pk])
    assert "Choose one." in text(sign_in(stage.mentor).post(url))
    sign_in(stage.mentor).post(url, {"reason_code": "no_time"})
    proposal.refresh_from_db()
    assert proposal.state == "declined"


def test_becoming_a_mentor_without_javascript(stage: Stage) -> None:
    url = reverse("mentoring:offer", args=[stage.programme.translation_key])
    client = sign_in(stage.member)
    data = {
        "capacities": [stage.capacity.pk],
        "languages": ["en", "ar"],
        "formats": ["text"],
        "hours_a_month": 6,
        "max_pairs": 1,
        "contact": "My talk page",
        "q-m-before": "Twice",
    }
    assert "Say how the other one can reach you." in text(client.post(url, {**data, "contact": ""}))
    client.post(url, data)
    offer = MentorOffer.objects.get(person=stage.member)
    assert offer.languages == ["en", "ar"]
    assert offer.answers["m-before"]["value"] == "Twice"
    stage.member.refresh_from_db()
    assert stage.member.hours_a_month == 6
    client.post(
        reverse("mentoring:offer_rest", args=[stage.programme.translation_key]), {"until": "2000-01-01"}
    )
    offer.refresh_from_db()
    assert not offer.is_resting
    until = timezone.localdate() + datetime.timedelta(days=20)
    client.post(reverse("mentoring:offer_rest", args=[stage.programme.translation_key]), {"until": until})
    offer.refresh_from_db()
    assert offer.pause_until == until
    client.post(reverse("mentoring:offer_end", args=[stage.programme.translation_key]))
    offer.refresh_from_db()
    assert not offer.is_active


def test_a_pair_s_forms_keep_what_was_typed(stage: Stage) -> None:
    pair = PairingFactory(offer=stage.offer, request__programme=stage.programme, request__person=stage.mentee)
    client = sign_in(stage.mentee)
    page = text(
        client.post(
            reverse("mentoring:pairing_plan", args=[pair.pk]),
            {"goals": "Our goals.", "ends_on": "2001-01-01"},
        )
    )
    assert "Our goals." in page
    assert "Choose a day in the future." in page
    page = text(
        client.post(reverse("mentoring:pairing_hours", args=[pair.pk]), {"hours": "900", "note": "A call"})
    )
    assert "A call" in page


@pytest.mark.parametrize("name", ["mentoring:mine", "mentoring:proposals"])
def test_empty_pages_say_what_to_do(stage: Stage, name: str) -> None:
    assert "waits for you" in text(sign_in(stage.member).get(reverse(name)))


def test_the_programme_page_shows_one_door_to_each(stage: Stage) -> None:
    url = stage.programme.get_url()
    anonymous = text(Client().get(url))
    assert "Request a mentor" in anonymous
    assert "Open the board" not in anonymous
    assert "Open the board" in text(sign_in(stage.coordinator).get(url))
    RequestFactory(person=stage.mentee, programme=stage.programme)
    assert "See where it is" in text(sign_in(stage.mentee).get(url))
    stage.programme.closes_on = timezone.localdate() - datetime.timedelta(days=1)
    stage.programme.save()
    assert "Closed since" in text(Client().get(url))


def test_the_index_lists_programmes(stage: Stage) -> None:
    page = text(Client().get(mentoring_index().get_url()))
    assert "First steps in leading" in page
    assert "You coordinate" in text(sign_in(stage.coordinator).get(mentoring_index().get_url()))


def test_board_inbox_and_own_page_take_few_queries(
    stage: Stage, index: Index, django_assert_max_num_queries: Any
) -> None:
    for n in range(12):
        state = ["submitted", "queued", "needs_info", "proposed"][n % 4]
        made = RequestFactory(programme=stage.programme, state=state, wants=[stage.capacity])
        if state == "proposed":
            ProposalFactory(request=made, offer=stage.offer)
        MentorOfferFactory(programme=stage.programme, helps_with=[stage.capacity])
        PairingFactory(request__programme=stage.programme)
    # While changes wait for the index, its answers are looked through once more.
    index.drain()
    chosen = MentoringRequest.objects.filter(state="queued").first()
    assert chosen is not None
    clients = [sign_in(stage.coordinator), sign_in(stage.mentor)]
    # Among them where the site begins, what pages look like in it and which pages the footer names, which a running
    # site remembers.
    with django_assert_max_num_queries(27):
        clients[0].get(board_url(stage, chosen))
    with django_assert_max_num_queries(15):
        clients[1].get(reverse("mentoring:proposals"))
    with django_assert_max_num_queries(20):
        clients[1].get(reverse("mentoring:mine"))
    # Among them one for changes that wait for the index.
    with django_assert_max_num_queries(17):
        Client().get(stage.programme.get_url())


def test_summary_for_says_what_waits_for_each(stage: Stage) -> None:
    made = RequestFactory(person=stage.mentee, programme=stage.programme, state="draft")
    sent = RequestFactory(programme=stage.programme, state="queued")
    ProposalFactory(request__programme=stage.programme, offer=stage.offer)
    assert [item.kind for item in selectors.waiting_for(stage.mentee.user)] == ["request"]
    assert [item.kind for item in selectors.waiting_for(stage.mentor.user)] == ["proposal"]
    assert [item.kind for item in selectors.waiting_for(stage.coordinator.user)] == ["board"]
    assert selectors.waiting_for(stage.member.user) == []
    assert [item.kind for item in selectors.summary_for(sent.person.user).running] == ["request"]
    assert made.get_absolute_url() in [item.url for item in selectors.waiting_for(stage.mentee.user)]
    assert selectors.summary_for(PersonFactory().user).waiting == []


def test_no_page_carries_inline_style_or_script(stage: Stage) -> None:
    made = RequestFactory(
        person=stage.mentee, programme=stage.programme, state="queued", wants=[stage.capacity]
    )
    pages = [
        sign_in(stage.coordinator).get(board_url(stage, made)),
        sign_in(stage.mentee).get(made.get_absolute_url()),
        Client().get(stage.programme.get_url()),
    ]
    for response in pages:
        page = text(response)
        assert " style=" not in page
        assert "<script>" not in page
