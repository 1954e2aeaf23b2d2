"""Asking one of the answers to a need: the need stays with the question, and everybody is named."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.urls import reverse

from directory.errors import NotPossible
from directory.models import Exchange
from directory.services import exchanges as services
from tests.factories.directory import (
    CapacityFactory,
    ExchangeFactory,
    ListingFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.search_fixtures import Index

pytestmark = pytest.mark.django_db


@pytest.fixture
def asker():
    return PersonFactory(name="Amina Asker")


@pytest.fixture
def need(asker):
    return ListingFactory(person=asker, need=True, title="A plan for our archive")


def test_from_the_need_to_the_question_the_need_is_kept(client, index: Index, asker) -> None:
    archives = CapacityFactory(slug="archives")
    need = ListingFactory(person=asker, need=True, title="A plan for our archive", capacities=[archives])
    helper = PersonFactory(name="Hana Helper", offers=[archives])
    index.drain()
    client.force_login(asker.user)
    page = client.get(need.get_absolute_url()).content.decode()
    link = re.search(rf'href="([^"]*/people/{helper.pk}/\?need={need.pk})"', page).group(1)
    page = client.get(link).content.decode()
    link = re.search(rf'href="([^"]*/people/{helper.pk}/ask/\?need={need.pk})"', page).group(1)
    form = client.get(link).content.decode()
    assert re.search(rf'<option value="{need.pk}" selected>', form)
    client.post(link, {"message": "Could you look at it?", "need": str(need.pk)})
    exchange = Exchange.objects.get()
    assert exchange.need == need
    assert "A plan for our archive" in client.get(reverse("directory:my_exchanges")).content.decode()
    client.force_login(helper.user)
    assert "A plan for our archive" in client.get(exchange.get_absolute_url()).content.decode()
    assert "A plan for our archive" in client.get(reverse("directory:my_exchanges")).content.decode()
    feed = client.get(reverse("notifications:feed")).content.decode()
    assert "Amina Asker asks you: “A plan for our archive”" in feed


def test_an_offer_asked_for_a_need_names_both(client, asker, need) -> None:
    offer = ListingFactory(title="Scanning old maps")
    exchange = services.ask(offer, asker, "For our archive", need=need)
    client.force_login(offer.person.user)
    for url in (
        exchange.get_absolute_url(),
        reverse("directory:my_exchanges"),
        reverse("notifications:feed"),
    ):
        page = client.get(url).content.decode()
        assert "Scanning old maps" in page
        assert "A plan for our archive" in page


def test_no_address_of_strangers_carries_a_need(client, index: Index, need) -> None:
    person = PersonFactory()
    page = client.get(f"{person.get_absolute_url()}?need={need.pk}").content.decode()
    assert f"ask/?need={need.pk}" not in page
    client.force_login(PersonFactory().user)
    page = client.get(person.get_absolute_url(), {"need": '"><script>'}).content.decode()
    assert "<script>" not in page.split("<main", 1)[1]


def test_nobody_asks_for_a_need_of_somebody_else_or_a_draft(client, asker, need) -> None:
    stranger, helper = PersonFactory(), PersonFactory()
    own_offer = ListingFactory(person=asker)
    draft = ListingFactory(person=asker, need=True, state="draft", title="Not yet to be read")
    for starter, chosen in ((stranger, need), (asker, own_offer), (asker, draft)):
        with pytest.raises(NotPossible, match="needs of your own"):
            services.ask_person(helper, starter, "Please", need=chosen)
    client.force_login(stranger.user)
    url = reverse("directory:ask_person", args=[helper.pk])
    assert need.title not in client.get(f"{url}?need={need.pk}").content.decode()
    client.post(url, {"message": "Please", "need": str(need.pk)})
    assert not Exchange.objects.exclude(need=None).exists()


def test_a_manager_asks_for_the_organisations_need(asker) -> None:
    circle = OrganisationFactory(managers=[asker])
    need = ListingFactory(person=None, organisation=circle, need=True)
    assert services.ask_person(PersonFactory(), asker, "Please", need=need).need == need


def test_a_question_about_nothing_in_particular_reads_the_same_on_both_sides(client) -> None:
    helper = PersonFactory(name="Hana Helper")
    exchange = services.ask_person(helper, PersonFactory(), "Hello")
    for person in (exchange.starter, helper):
        client.force_login(person.user)
        assert "A question to Hana Helper" in client.get(reverse("directory:my_exchanges")).content.decode()


def test_mails_name_who_asks_and_who_answers(asker, need, django_capture_on_commit_callbacks) -> None:
    helper = PersonFactory(name="Hana Helper")
    with django_capture_on_commit_callbacks(execute=True):
        exchange = services.ask_person(helper, asker, "Hello", need=need)
    with django_capture_on_commit_callbacks(execute=True):
        services.accept(exchange, by=helper.user, answer="Yes")
    with django_capture_on_commit_callbacks(execute=True):
        services.finish(exchange, by=helper.user)
    with django_capture_on_commit_callbacks(execute=True):
        services.thank(exchange, by=asker.user, text="It helped.")
    subjects = [message.subject for message in mail.outbox]
    assert subjects == [
        "Amina Asker asks you: “A plan for our archive”",
        "Hana Helper said yes: “A plan for our archive”",
        "Done: “A plan for our archive”",
        "Amina Asker thanks you for “A plan for our archive”",
    ]
    assert all(asker.user.email not in message.body for message in mail.outbox)


def test_an_organisations_answer_comes_in_its_name(django_capture_on_commit_callbacks) -> None:
    manager = PersonFactory(name="Manager Test")
    circle = OrganisationFactory(name="Volta Circle", managers=[manager])
    exchange = ExchangeFactory(listing=ListingFactory(person=None, organisation=circle, title="A router"))
    with django_capture_on_commit_callbacks(execute=True):
        services.accept(exchange, by=manager.user, answer="Yes")
    assert mail.outbox[0].subject == "Volta Circle said yes: “A router”"
    assert "Manager Test" not in mail.outbox[0].body


# Who else can help ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["offer", "person", "person about", "person for a need"])
@pytest.mark.parametrize("end", ["declined", "lapsed", "left", "released"])
def test_after_a_no_others_who_can_help_are_shown(client, index: Index, asker, way: str, end: str) -> None:
    archives = CapacityFactory(slug="archives")
    asked = PersonFactory(name="Hana Helper", offers=[archives])
    PersonFactory(name="Omar Other", offers=[archives])
    index.drain()
    made = {"listing": None, "asked_person": asked, "starter": asker, "state": end}
    if way == "offer":
        made |= {"listing": ListingFactory(person=asked, capacities=[archives]), "asked_person": None}
    elif way == "person about":
        made["about"] = archives
    elif way == "person for a need":
        made["need"] = ListingFactory(person=asker, need=True, capacities=[archives])
    exchange = ExchangeFactory(**made)
    client.force_login(asker.user)
    page = client.get(exchange.get_absolute_url()).content.decode()
    others = page.split('id="others"', 1)[1]
    assert "Omar Other" in others
    assert "Hana Helper" not in others.split("<aside", 1)[0]
    client.force_login(asked.user)
    assert 'id="others"' not in client.get(exchange.get_absolute_url()).content.decode()


def test_where_nobody_else_can_help_the_page_says_where_to_look(client, index: Index, asker) -> None:
    archives = CapacityFactory(slug="archives")
    offer = ListingFactory(title="Scanning old maps", capacities=[archives])
    exchange = ExchangeFactory(listing=offer, starter=asker, state="declined")
    index.drain()
    client.force_login(asker.user)
    page = client.get(exchange.get_absolute_url()).content.decode()
    link = re.search(r'href="([^"]*/listings/new/\?[^"]*)"', page).group(1).replace("&amp;", "&")
    form = client.get(link).content.decode()
    assert 'value="Scanning old maps"' in form
    assert "Nobody else here names this yet" in page


def test_who_offered_help_to_a_need_is_promised_no_list_of_helpers(client, index: Index) -> None:
    need = ListingFactory(need=True)
    exchange = services.ask(need, PersonFactory(), "I can help")
    services.decline(exchange, by=need.person.user)
    client.force_login(exchange.starter.user)
    assert 'id="others"' not in client.get(exchange.get_absolute_url()).content.decode()
    assert "where else to look" not in client.get(reverse("notifications:feed")).content.decode()
