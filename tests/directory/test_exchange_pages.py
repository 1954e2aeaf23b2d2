"""Asking and answering in the browser: what each side reads, and what nobody else does."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import Exchange
from directory.services import exchanges as services
from foundation.accounts.constants import Role
from tests.factories.accounts import UserFactory
from tests.factories.directory import (
    ExchangeFactory,
    ListingFactory,
    OrganisationFactory,
    PersonFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]


def signed_in(person_or_user) -> Client:
    client = Client()
    client.force_login(getattr(person_or_user, "user", person_or_user))
    return client


def text_of(response) -> str:
    return response.content.decode()


def press(client: Client, exchange: Exchange, name: str, **data):
    url = reverse("directory:exchange_move", args=[exchange.pk, name])
    return client.post(url, {"expect": exchange.state, **data}, follow=True)


def test_asking_for_an_offer_leads_to_the_page_of_the_exchange():
    listing, starter = ListingFactory(), PersonFactory()
    client = signed_in(starter)
    url = reverse("directory:ask", args=[listing.pk])
    assert client.get(url).status_code == 200
    response = client.post(url, {"message": "Could you help?", "contact": ["email"]}, follow=True)
    exchange = Exchange.objects.get()
    assert response.redirect_chain[-1][0] == exchange.get_absolute_url()
    assert "Could you help?" in text_of(response)


def test_pressing_twice_shows_the_first_with_a_message():
    listing, starter = ListingFactory(), PersonFactory()
    client, url = signed_in(starter), reverse("directory:ask", args=[listing.pk])
    for _ in range(2):
        response = client.post(url, {"message": "Could you help?"}, follow=True)
    assert Exchange.objects.count() == 1
    assert "You have asked this already" in text_of(response)


def test_what_was_typed_stays_when_it_cannot_be_sent():
    listing = ListingFactory(person=PersonFactory(hours_a_month=0, name="Full Person"))
    url = reverse("directory:ask", args=[listing.pk])
    response = signed_in(PersonFactory()).post(url, {"message": "My long and careful words"})
    assert response.status_code == 200
    assert "My long and careful words" in text_of(response)
    assert "Full Person has no free hours" in text_of(response)


def test_an_empty_message_is_named_in_place():
    url = reverse("directory:ask", args=[ListingFactory().pk])
    response = signed_in(PersonFactory()).post(url, {"message": "   "})
    assert "Write a sentence or two" in text_of(response)


def test_what_a_stranger_wrote_waits_behind_the_sign_in(client):
    listing, starter = ListingFactory(), PersonFactory()
    url = reverse("directory:ask", args=[listing.pk])
    response = client.post(url, {"message": "Written before signing in"})
    assert response.status_code == 302
    client.force_login(starter.user)
    page = client.get(url)
    assert "Written before signing in" in text_of(page)
    assert not Exchange.objects.exists()


def test_one_asks_a_person_on_their_page():
    asked, starter = PersonFactory(), PersonFactory()
    client = signed_in(starter)
    page = client.get(asked.get_absolute_url())
    assert reverse("directory:ask_person", args=[asked.pk]) in text_of(page)
    client.post(reverse("directory:ask_person", args=[asked.pk]), {"message": "May I ask?"})
    assert Exchange.objects.get().asked_person == asked
    assert "Your question is under way" in text_of(client.get(asked.get_absolute_url()))


def test_contact_details_appear_after_a_yes_and_only_as_chosen():
    listing, starter = ListingFactory(), PersonFactory()
    owner = listing.person
    owner.contact_note = "Mornings, in the village chat"
    owner.save()
    exchange = services.ask(listing, starter, "Please", contact=["email"])
    before = text_of(signed_in(owner).get(exchange.get_absolute_url()))
    assert starter.user.email not in before
    press(signed_in(owner), exchange, "accept", answer="Yes", contact=["note"])
    owner_sees = text_of(signed_in(owner).get(exchange.get_absolute_url()))
    starter_sees = text_of(signed_in(starter).get(exchange.get_absolute_url()))
    assert starter.user.email in owner_sees
    assert "Mornings, in the village chat" in starter_sees
    assert owner.user.email not in starter_sees


def test_contact_details_are_gone_when_it_was_declined_or_ended():
    listing, starter = ListingFactory(), PersonFactory()
    exchange = services.ask(listing, starter, "Please", contact=["email"])
    services.accept(exchange, by=listing.person.user, answer="Yes", contact=["email"])
    services.end(exchange, by=starter.user)
    assert starter.user.email not in text_of(signed_in(listing.person).get(exchange.get_absolute_url()))


def test_the_reason_of_a_no_is_never_shown_to_who_asked():
    listing, starter = ListingFactory(), PersonFactory()
    exchange = services.ask(listing, starter, "Please")
    press(signed_in(listing.person), exchange, "decline", answer="", reason_code="not_my_topic")
    starter_client = signed_in(starter)
    for url in (exchange.get_absolute_url(), reverse("directory:my_exchanges"), listing.get_absolute_url()):
        page = text_of(starter_client.get(url))
        assert "Not my topic" not in page
        assert "not_my_topic" not in page
    assert "Not my topic" in text_of(signed_in(listing.person).get(exchange.get_absolute_url()))


def test_a_yes_without_a_way_on_is_asked_to_name_one():
    exchange = ExchangeFactory()
    response = press(signed_in(exchange.listing.person), exchange, "accept", answer="")
    assert "Write how to go on" in text_of(response)
    exchange.refresh_from_db()
    assert exchange.state == "asked"


def test_a_stale_form_ends_in_a_clear_message():
    exchange = ExchangeFactory()
    services.withdraw(exchange, by=exchange.starter.user)
    url = reverse("directory:exchange_move", args=[exchange.pk, "accept"])
    response = signed_in(exchange.listing.person).post(url, {"expect": "asked", "answer": "Yes"}, follow=True)
    assert "This has changed since you opened the page" in text_of(response)
    assert Exchange.objects.get().state == "withdrawn"


def test_the_page_offers_each_side_what_it_may_do():
    exchange = ExchangeFactory()
    owner = text_of(signed_in(exchange.listing.person).get(exchange.get_absolute_url()))
    starter = text_of(signed_in(exchange.starter).get(exchange.get_absolute_url()))
    assert "Say yes" in owner
    assert "/withdraw/" not in owner
    assert "/withdraw/" in starter
    assert "Say yes" not in starter


def test_nobody_else_reads_an_exchange():
    exchange = ExchangeFactory(message="Between us")
    page, step = exchange.get_absolute_url(), reverse("directory:exchange_move", args=[exchange.pk, "accept"])
    others = [
        PersonFactory(),
        UserFactory(role=Role.COORDINATOR),
        UserFactory(role=Role.MODERATOR),
        UserFactory(admin=True),
    ]
    for other in others:
        client = signed_in(other)
        assert client.get(page).status_code == 404
        assert client.post(step, {"expect": "asked", "answer": "Yes"}).status_code == 404
    assert Client().get(page).status_code == 302
    assert Exchange.objects.get().state == "asked"


def test_a_manager_answers_for_the_organisation_and_a_member_does_not():
    manager, member = PersonFactory(), PersonFactory()
    organisation = OrganisationFactory(managers=[manager])
    organisation.memberships.create(person=member, role="member")
    exchange = ExchangeFactory(listing=ListingFactory(person=None, organisation=organisation))
    assert signed_in(manager).get(exchange.get_absolute_url()).status_code == 200
    assert signed_in(member).get(exchange.get_absolute_url()).status_code == 404


def test_public_thanks_stand_on_the_helpers_page_and_private_ones_do_not():
    for public, text in ((True, "They stayed until midnight"), (False, "Only for your eyes")):
        exchange = ExchangeFactory(done=True)
        services.thank(exchange, by=exchange.starter.user, text=text, public=public)
        page = text_of(Client().get(exchange.listing.person.get_absolute_url()))
        assert (text in page) is public


def test_my_exchanges_says_first_what_waits_for_me(django_assert_max_num_queries):
    me = PersonFactory()
    for _ in range(6):
        ExchangeFactory(listing=ListingFactory(person=me))
        ExchangeFactory(starter=me)
        ExchangeFactory(starter=me, state="declined")
    client = signed_in(me)
    url = reverse("directory:my_exchanges")
    page = client.get(url)
    assert len(page.context["waiting"]) == 6
    assert len(page.context["under_way"]) == 6
    assert len(page.context["over"]) == 6
    with django_assert_max_num_queries(12):
        client.get(url)
