"""Profiles: made lazily, shown field by field, paused, left alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.constants import Visibility
from directory.errors import NotPossible
from directory.models import Listing, Person, PersonCapacity
from directory.presenters.people import local_time
from directory.services import people
from foundation.accounts.constants import Role
from tests.factories.accounts import UserFactory
from tests.factories.directory import (
    CapacityFactory,
    ExchangeFactory,
    ListingFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]


def signed_in(person) -> Client:
    client = Client()
    client.force_login(getattr(person, "user", person))
    return client


def text_of(response) -> str:
    return response.content.decode()


def save(person, section, **data):
    return signed_in(person).post(reverse("directory:profile_section", args=[section]), data)


@pytest.fixture
def revealing():
    """Somebody every field of whom has a word of its own."""
    person = PersonFactory(
        name="Anbessa Test",
        bio="BIOWORD",
        pronouns="PRONOUNWORD",
        city="CITYWORD",
        country="ET",
        speaks={"am": "native"},
        learns=[CapacityFactory(label="LEARNWORD")],
        contact_note="CONTACTWORD",
        hours_a_month=7,
    )
    person.user.wikimedia_name = "WIKIWORD"
    person.user.timezone = "Africa/Addis_Ababa"
    person.user.save()
    MembershipFactory(person=person, organisation=OrganisationFactory(name="ORGWORD"))
    return person


WORDS = {
    "bio": "BIOWORD",
    "pronouns": "PRONOUNWORD",
    "city": "CITYWORD",
    "country": "Ethiopia",
    "languages": "Amharic",
    "learning": "LEARNWORD",
    "wikimedia_name": "WIKIWORD",
    "organisations": "ORGWORD",
    "hours": "About 7 hours",
    "timezone": "Time zone UTC+03",
}


def test_every_field_that_can_be_hidden_is_tried_here():
    assert set(WORDS) == set(Person.CHOOSABLE)


@pytest.mark.parametrize("field", Person.CHOOSABLE)
def test_each_field_is_shown_to_those_who_may_see_it_and_to_nobody_else(revealing, field):
    member = signed_in(PersonFactory())
    word = {"timezone": "there now"}.get(field, WORDS[field])
    for chosen, stranger_sees, member_sees in (
        (Visibility.PUBLIC, True, True),
        (Visibility.MEMBERS, False, True),
        (Visibility.HIDDEN, False, False),
    ):
        people.set_visibility(revealing, {field: chosen})
        url = revealing.get_absolute_url()
        assert (WORDS[field] in text_of(Client().get(url))) is stranger_sees
        assert (word in text_of(member.get(url))) is member_sees
        assert word.replace("there now", "same time as you") in text_of(
            signed_in(revealing).get(url)
        ) or field in ("timezone",)


def test_the_same_choice_holds_in_the_list_and_the_index(index, revealing):
    people.set_visibility(revealing, dict.fromkeys(Person.CHOOSABLE, Visibility.HIDDEN))
    index.rebuild()
    page = text_of(Client().get(reverse("directory:people"), {"q": "Anbessa"}))
    assert "Anbessa Test" in page
    for word in ("BIOWORD", "CITYWORD", "LEARNWORD", "WIKIWORD", "ORGWORD", "7 hours"):
        assert word not in page
    assert "Anbessa" not in text_of(Client().get(reverse("directory:people"), {"q": "BIOWORD"}))


def test_the_organisations_page_keeps_who_hides_it_out(revealing):
    organisation = revealing.memberships.get().organisation
    people.set_visibility(revealing, {"organisations": Visibility.HIDDEN})
    page = text_of(Client().get(organisation.get_absolute_url()))
    assert "Anbessa Test" not in page
    assert "And one person who is not shown here" in page


def test_address_and_contact_note_are_on_no_page_for_anybody_else(index, revealing):
    listing, need = ListingFactory(person=revealing), ListingFactory(person=revealing, need=True)
    index.rebuild()
    lists = [reverse(f"directory:{view}") for view in ("people", "listings", "organisations")]
    urls = [*lists, *(row.get_absolute_url() for row in (revealing, listing, need))]
    urls += [
        reverse("directory:ask", args=[listing.pk]),
        reverse("directory:ask_person", args=[revealing.pk]),
    ]
    for client in (Client(), signed_in(PersonFactory()), signed_in(UserFactory(role=Role.COORDINATOR))):
        for url in urls:
            page = text_of(client.get(url, follow=True))
            assert revealing.user.email not in page
            assert "CONTACTWORD" not in page


def test_who_is_not_listed_has_a_page_for_themselves_and_those_they_deal_with():
    hidden = PersonFactory(unlisted=True)
    url = hidden.get_absolute_url()
    assert Client().get(url).status_code == 404
    assert signed_in(PersonFactory()).get(url).status_code == 404
    assert signed_in(hidden).get(url).status_code == 200
    asked = ExchangeFactory(starter=hidden)
    assert signed_in(asked.listing.person).get(url).status_code == 200
    declined = ExchangeFactory(starter=hidden, state="declined")
    assert signed_in(declined.listing.person).get(url).status_code == 404


def test_left_alone_means_no_page_no_list_no_question(index):
    person = PersonFactory(name="Quiet Person")
    listing = ListingFactory(person=person)
    signed_in(person).post(reverse("directory:leave_alone"))
    index.drain()
    assert Client().get(person.get_absolute_url()).status_code == 404
    assert "Quiet Person" not in text_of(Client().get(reverse("directory:people")))
    assert not Listing.objects.shown().filter(pk=listing.pk).exists()
    url = reverse("directory:ask_person", args=[person.pk])
    assert signed_in(PersonFactory()).post(url, {"message": "But why?"}).status_code == 404
    signed_in(person).post(reverse("directory:leave_alone"), {"end": "1"})
    assert Client().get(person.get_absolute_url()).status_code == 200


def test_who_rests_says_so_kindly_and_shows_others(index):
    topic = CapacityFactory(label="Budgeting")
    resting = PersonFactory(name="Resting Person", paused=True, offers=[topic])
    PersonFactory(name="Rested Person", offers=[topic])
    index.drain()
    page = text_of(Client().get(resting.get_absolute_url()))
    assert "Resting Person is taking a rest until" in page
    assert "Ask for help" not in page
    assert "Rested Person" in page


def test_a_pause_takes_one_click_and_ends_within_a_year():
    person = PersonFactory()
    client, url = signed_in(person), reverse("directory:pause")
    client.post(url, {"until": timezone.localdate() + timedelta(days=30)})
    person.refresh_from_db()
    assert person.is_paused
    client.post(url, {"end": "1"})
    person.refresh_from_db()
    assert not person.is_paused
    for day in (timezone.localdate() + timedelta(days=366), timezone.localdate() - timedelta(days=1)):
        assert client.post(url, {"until": day}).status_code == 200
        with pytest.raises(NotPossible):
            people.pause(person, day)
    assert "Enter a valid date" in text_of(client.post(url, {"until": "soon"}))
    person.refresh_from_db()
    assert not person.is_paused


def test_names_time_zone_and_place_are_saved_together():
    person = PersonFactory()
    data = {"name": "New Name", "country": "MA", "city": "Sefrou", "timezone": "Africa/Casablanca"}
    assert save(person, "about", **data).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.user.name, person.user.timezone) == (
        "New Name",
        "New Name",
        "Africa/Casablanca",
    )
    page = text_of(save(person, "about", **{**data, "timezone": "Mars/Olympus", "bio": "Kept words"}))
    assert "Choose a time zone from the list" in page
    assert "Kept words" in page


def test_languages_are_found_by_any_name_and_keep_their_level():
    person = PersonFactory(speaks={"en": "basic"})
    save(person, "languages", languages=["en"], languages_extra_en="native", languages_find="العربية")
    spoken = dict(person.languages.values_list("language", "level"))
    assert spoken == {"en": "native", "ar": "fluent"}
    page = text_of(save(person, "languages", languages_find="Klingonese"))
    assert "We know no language called “Klingonese”" in page


def test_what_one_can_help_with_keeps_its_evidence_and_what_is_unticked_goes():
    old, new = CapacityFactory(label="Old"), CapacityFactory(label="New")
    person = PersonFactory(offers=[old])
    save(person, "help", capacities=[new.pk], **{f"capacities_extra_{new.pk}": "Did it twice"})
    row = person.capacities.get(side=PersonCapacity.Side.OFFERS)
    assert (row.capacity, row.evidence) == (new, "Did it twice")
    save(person, "help")
    assert not person.capacities.exists()


def test_made_up_keys_and_values_are_left_out():
    person = PersonFactory(speaks={})
    save(person, "help", capacities=["999999", "x"])
    save(person, "languages", languages=["en", "nonsense"], languages_extra_en="perfect")
    assert not person.capacities.exists()
    assert dict(person.languages.values_list("language", "level")) == {"en": "fluent"}
    people.set_visibility(person, {"email": "public", "bio": "everybody"})
    assert person.visibility == {}


def test_a_way_to_be_reached_that_is_not_described_is_asked_for():
    page = text_of(save(PersonFactory(), "contact", contact_by=["note"]))
    assert "Describe the way" in page


def test_two_first_visits_make_one_profile():
    user = UserFactory()
    assert people.person_of(user) == people.person_of(user)
    assert Person.objects.filter(user=user).count() == 1


@pytest.mark.parametrize(
    ("theirs", "mine", "expected"),
    [
        ("Africa/Accra", "Africa/Lagos", "1 hour behind you"),
        ("Asia/Tokyo", "Africa/Lagos", "8 hours ahead of you"),
        ("Africa/Lagos", "Africa/Luanda", "same time as you"),
        ("Asia/Kathmandu", "UTC", "UTC+05:45"),
    ],
)
def test_the_time_there_is_told_from_here(theirs, mine, expected):
    person = PersonFactory(user__timezone=theirs)
    now = datetime(2026, 1, 15, 12, tzinfo=UTC)
    assert expected in local_time(person, UserFactory(timezone=mine), now)
    assert local_time(person, AnonymousUser(), now).startswith("Time zone UTC")


def test_the_profile_asks_for_nothing_row_by_row(django_assert_max_num_queries):
    person = PersonFactory(offers=CapacityFactory.create_batch(6), learns=CapacityFactory.create_batch(6))
    client = signed_in(person)
    client.get(reverse("directory:profile_edit"))
    with django_assert_max_num_queries(15):
        client.get(reverse("directory:profile_edit"))


def test_a_field_nobody_can_choose_about_is_shown_to_nobody(settings):
    person = PersonFactory()
    with pytest.raises(KeyError, match="portrait"):
        person.shows("portrait")
    settings.TESTING = False
    person.visibility = {"portrait": "public"}
    assert not person.shows("portrait")
    assert not person.shows("portrait", UserFactory())


def test_what_shows_a_capacity_is_not_cut_and_its_length_is_told():
    person, capacity = PersonFactory(), CapacityFactory(label="Bookkeeping")
    long = "x" * 301
    sent = save(person, "help", capacities=[capacity.pk], **{f"capacities_extra_{capacity.pk}": long})
    assert "Bookkeeping: please keep it to 300 characters. These are 301." in text_of(sent)
    assert f'value="{long}"' in text_of(sent)
    assert not person.capacities.exists()
