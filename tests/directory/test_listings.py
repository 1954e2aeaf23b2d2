"""Offers and needs: making, changing, moving, expiring."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory import tasks
from directory.constants import ListingState
from directory.errors import NotPossible
from directory.models import Listing
from directory.services import listings as services
from foundation.accounts.constants import Role
from foundation.notifications.models import Notification
from search.models import OutboxEntry
from tests.factories.accounts import UserFactory
from tests.factories.directory import (
    CapacityFactory,
    ExchangeFactory,
    ListingFactory,
    OrganisationFactory,
    PersonFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]
NEW_OFFER = "/en/listings/new/?direction=offer"
NEW_NEED = "/en/listings/new/?direction=need"


def signed_in(person) -> Client:
    client = Client()
    client.force_login(getattr(person, "user", person))
    return client


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def topic():
    return CapacityFactory(
        label="Event planning", es="Planificación de eventos", alternatives=["party planning"]
    )


def filled(topic, **changes):
    data = {"asset": "skill", "title": "We plan with you", "capacities": [topic.pk], "formats": ["live"]}
    return {name: value for name, value in (data | changes).items() if value is not None}


def test_a_new_offer_is_shown_at_once_with_all_that_was_said(topic):
    person = PersonFactory()
    data = filled(topic, summary="One hour", languages=["ar", "sw"], keywords="party, table", hours_a_month=2)
    response = signed_in(person).post(NEW_OFFER, data)
    listing = Listing.objects.get()
    assert response.url == listing.get_absolute_url()
    assert (listing.person, listing.state, listing.direction) == (person, "active", "offer")
    assert listing.languages == ["ar", "sw"]
    assert {tag.name for tag in listing.keywords.all()} == {"party", "table"}
    assert list(listing.capacities.all()) == [topic]


def test_a_capacity_is_found_by_any_of_its_names_in_any_language(topic):
    for typed in ("event PLANNING", "party  planning", "planificación de eventos"):
        Listing.objects.all().delete()
        data = filled(topic, capacities=None, capacities_find=typed)
        assert signed_in(PersonFactory()).post(NEW_OFFER, data).status_code == 302, typed
        assert Listing.objects.get().capacities.get() == topic


def test_an_unknown_capacity_keeps_what_was_typed_and_says_what_may_be_meant(topic):
    data = filled(topic, capacities=None, capacities_find="evnt planing", description="Many careful words")
    page = text_of(signed_in(PersonFactory()).post(NEW_OFFER, data))
    assert "We know no capacity called “evnt planing”" in page
    assert "Event planning" in page
    assert "Many careful words" in page
    assert not Listing.objects.exists()


def test_add_takes_it_into_the_list_and_complains_of_nothing_else(topic):
    data = {"capacities_find": "Event planning", "capacities_add": "1", "title": ""}
    response = signed_in(PersonFactory()).post(NEW_OFFER, data)
    assert response.status_code == 200
    form = response.context["form"]
    assert not form.errors
    assert f'value="{topic.pk}" id="id_capacities_{topic.pk}" checked' in text_of(response)


def test_enter_in_the_picker_adds_and_publishes_nothing(topic):
    person = PersonFactory()
    data = filled(topic, capacities=None, capacities_find="event PLANNING", entered="1")
    html = text_of(signed_in(person).post(NEW_NEED, data))
    assert not Listing.objects.exists()
    assert f'value="{topic.pk}" id="id_capacities_{topic.pk}" checked' in html
    assert 'value="We plan with you"' in html

    # Enter where nothing is left to be added saves, as it does in every form.
    signed_in(person).post(NEW_NEED, filled(topic, entered="1"))
    assert Listing.objects.count() == 1


def test_what_may_have_been_meant_can_be_pressed(topic):
    person = PersonFactory()
    data = filled(topic, capacities=None, capacities_find="Evnt planing", entered="1")
    html = text_of(signed_in(person).post(NEW_NEED, data))
    button = '<button class="button compact" type="submit" name="capacities_meant" value="Event planning" formnovalidate>'
    assert button in html
    pressed = data | {"capacities_meant": "Event planning"}
    del pressed["entered"]
    html = text_of(signed_in(person).post(NEW_NEED, pressed))
    assert f'value="{topic.pk}" id="id_capacities_{topic.pk}" checked' in html
    assert "Evnt planing" not in html
    assert not Listing.objects.exists()


def test_a_language_that_one_speaks_a_little_is_not_offered_to_work_in():
    person = PersonFactory(speaks={"ar": "native", "fr": "basic"})
    html = text_of(signed_in(person).get(NEW_NEED))
    assert 'name="languages" value="ar"' in html
    assert 'id="id_languages_fr"' not in html


def test_without_a_capacity_or_title_nothing_is_published(topic):
    page = text_of(signed_in(PersonFactory()).post(NEW_OFFER, filled(topic, capacities=None, title="")))
    assert "Choose at least one capacity" in page
    assert not Listing.objects.exists()


def test_a_draft_needs_only_a_title_and_nobody_else_sees_it(topic):
    person = PersonFactory()
    client = signed_in(person)
    client.post(NEW_NEED, {"title": "Half a thought", "draft": "1"})
    draft = Listing.objects.get()
    assert draft.state == ListingState.DRAFT
    assert Client().get(draft.get_absolute_url()).status_code == 404
    assert signed_in(UserFactory(admin=True)).get(draft.get_absolute_url()).status_code == 404
    assert client.get(draft.get_absolute_url()).status_code == 200
    with pytest.raises(NotPossible, match="at least one capacity"):
        services.move(draft, "publish", by=person.user)
    url = reverse("directory:listing_edit", args=[draft.pk])
    client.post(url, filled(topic, title="A whole thought"))
    draft.refresh_from_db()
    assert (draft.state, draft.title) == ("active", "A whole thought")


def test_what_a_stranger_wrote_waits_behind_the_sign_in(client, topic):
    assert client.post(NEW_OFFER, filled(topic, title="Kept for later")).status_code == 302
    client.force_login(PersonFactory().user)
    assert "Kept for later" in text_of(client.get(NEW_OFFER))
    assert not Listing.objects.exists()


def test_a_day_that_is_past_or_money_without_a_currency_is_named(topic):
    data = filled(topic, valid_until="2020-01-01", amount="100")
    page = text_of(signed_in(PersonFactory()).post(NEW_OFFER, data))
    assert "Choose a day in the future" in page
    assert "Say in which currency" in page


def test_a_change_made_elsewhere_is_not_overwritten_without_a_word(topic):
    listing = ListingFactory(capacities=[topic])
    client, url = signed_in(listing.person), reverse("directory:listing_edit", args=[listing.pk])
    seen = client.get(url).context["form"]["seen"].value()
    listing.title = "Changed in another window"
    listing.save()
    response = client.post(url, filled(topic, title="My words", seen=seen))
    assert "changed elsewhere" in text_of(response)
    assert "My words" in text_of(response)
    listing.refresh_from_db()
    assert listing.title == "Changed in another window"
    again = response.context["form"]["seen"].value()
    assert client.post(url, filled(topic, title="My words", seen=again)).status_code == 302


def test_a_manager_offers_for_the_organisation_and_a_member_cannot(topic):
    manager, member = PersonFactory(), PersonFactory()
    organisation = OrganisationFactory(managers=[manager])
    organisation.memberships.create(person=member, role="member")
    signed_in(manager).post(NEW_OFFER, filled(topic, owner=organisation.pk))
    assert Listing.objects.get().organisation == organisation
    signed_in(member).post(NEW_OFFER, filled(topic, owner=organisation.pk))
    assert Listing.objects.filter(organisation=organisation).count() == 1
    assert not Listing.objects.filter(person=manager).exists()


def test_others_can_neither_change_nor_move_it():
    listing = ListingFactory(title="Mine")
    for other in (PersonFactory(), UserFactory(role=Role.COORDINATOR), UserFactory(role=Role.EDITOR)):
        client = signed_in(other)
        assert client.get(reverse("directory:listing_edit", args=[listing.pk])).status_code == 404
        assert client.post(reverse("directory:listing_move", args=[listing.pk, "pause"])).status_code == 404
    assert Client().post(reverse("directory:listing_move", args=[listing.pk, "pause"])).status_code == 302
    listing.refresh_from_db()
    assert listing.state == "active"


def test_the_owner_pauses_shows_again_confirms_and_withdraws(topic):
    listing = ListingFactory(capacities=[topic], confirmed_at=timezone.localdate() - timedelta(days=100))
    by = listing.person.user
    services.move(listing, "pause", by=by, expect="active")
    assert not Listing.objects.shown().exists()
    services.move(listing, "resume", by=by)
    services.move(listing, "confirm", by=by)
    listing.refresh_from_db()
    assert listing.confirmed_at == timezone.localdate()
    services.move(listing, "withdraw", by=by)
    assert "withdrawn" in services.move(listing, "withdraw", by=by)
    assert not Listing.objects.shown().exists()


def test_only_a_need_can_be_met(topic):
    offer, need = ListingFactory(capacities=[topic]), ListingFactory(need=True, capacities=[topic])
    with pytest.raises(NotPossible):
        services.move(offer, "met", by=offer.person.user)
    services.move(need, "met", by=need.person.user)
    assert need.state == ListingState.MET


def test_a_stale_button_changes_nothing_and_says_what_is_now(topic):
    listing = ListingFactory(capacities=[topic])
    Listing.objects.update(state="withdrawn")
    url = reverse("directory:listing_move", args=[listing.pk, "pause"])
    response = signed_in(listing.person).post(url, {"expect": "active"}, follow=True)
    assert "It is now: Withdrawn" in text_of(response)


def test_who_saw_another_state_is_asked_to_look_again_even_where_the_move_would_fit():
    listing = ListingFactory()
    Listing.objects.update(state="paused")
    with pytest.raises(NotPossible, match="Paused"):
        services.move(listing, "withdraw", by=listing.person.user, expect="active")
    listing.refresh_from_db()
    assert listing.state == "paused"


def test_what_is_over_is_told_kindly_and_shows_nothing():
    listing = ListingFactory(withdrawn=True, title="Gone words")
    response = Client().get(listing.get_absolute_url())
    assert response.status_code == 404
    assert "not shown any more" in text_of(response)
    assert "Gone words" not in text_of(response)


def test_who_asked_still_opens_what_is_over():
    exchange = ExchangeFactory(listing=ListingFactory(withdrawn=True))
    assert signed_in(exchange.starter).get(exchange.listing.get_absolute_url()).status_code == 200


def test_the_list_finds_offers_and_counts_what_narrows_it(index, client, topic):
    child = CapacityFactory(label="Photo walks", parent=topic)
    ListingFactory(title="Walks with a camera", capacities=[child], languages=["ar"])
    ListingFactory(need=True, title="A room for a day", capacities=[topic], languages=["en"])
    ListingFactory(withdrawn=True, title="No longer", capacities=[topic])
    index.drain()
    page = text_of(client.get(reverse("directory:listings"), {"capacity": topic.slug}))
    assert "Walks with a camera" in page
    assert "A room for a day" in page
    assert "No longer" not in page
    page = text_of(client.get(reverse("directory:listings"), {"kind": "need", "language": "en"}))
    assert "A room for a day" in page
    assert "Walks with a camera" not in page


def test_without_an_index_the_list_comes_from_the_database_with_a_notice(client, settings, tmp_path, topic):
    ListingFactory(title="Still to be found", capacities=[topic])
    ListingFactory(withdrawn=True, title="No longer")
    settings.INDEX_DIR = tmp_path / "none"
    settings.SEARCH_URL = "http://127.0.0.1:9/index"
    page = text_of(client.get(reverse("directory:listings")))
    assert "Search is resting" in page
    assert "Still to be found" in page
    assert "No longer" not in page


@pytest.mark.parametrize("text", ['"', "\x00", "x" * 10_000, "   ", "😀", "a AND (", "../../etc"])
def test_any_text_is_an_answer(client, text):
    for view in ("listings", "people", "organisations"):
        assert client.get(reverse(f"directory:{view}"), {"q": text, "page": text}).status_code == 200


def test_what_is_past_its_time_is_hidden_and_its_owner_told_once():
    today = timezone.localdate()
    over = ListingFactory(valid_until=today - timedelta(days=1))
    late = ListingFactory(need=True, deadline=today - timedelta(days=20))
    silent = ListingFactory(confirmed_at=today - timedelta(days=300))
    fresh = ListingFactory(valid_until=today)
    assert tasks.expire_listings() == 3
    assert tasks.expire_listings() == 0
    states = dict(Listing.objects.values_list("pk", "state"))
    assert [states[row.pk] for row in (over, late, silent, fresh)] == ["expired"] * 3 + ["active"]
    assert Notification.objects.filter(kind="listing_expired").count() == 3


def test_after_half_a_year_the_owner_is_asked_once_whether_it_is_true():
    listing = ListingFactory(confirmed_at=timezone.localdate() - timedelta(days=190))
    tasks.ask_still_true()
    tasks.ask_still_true()
    assert Notification.objects.get(user=listing.person.user).kind == "listing_still_true"


def test_a_question_without_answer_is_remembered_once_and_then_closes():
    exchange = ExchangeFactory()
    type(exchange).objects.update(state_since=timezone.now() - timedelta(days=8))
    tasks.daily()
    tasks.daily()
    assert Notification.objects.filter(kind="exchange_reminder").count() == 1
    type(exchange).objects.update(state_since=timezone.now() - timedelta(days=22))
    tasks.daily()
    exchange.refresh_from_db()
    assert exchange.state == "lapsed"
    assert Notification.objects.filter(user=exchange.starter.user, kind="exchange_lapsed").count() == 1


def test_a_pause_that_is_over_ends_by_itself():
    person = PersonFactory(paused_until=timezone.localdate() - timedelta(days=1))
    tasks.end_expired_pauses()
    person.refresh_from_db()
    assert person.paused_until is None


def test_an_organisations_offer_is_shown_whatever_its_managers_do():
    manager = PersonFactory(paused=True, left_alone=True)
    listing = ListingFactory(person=None, organisation=OrganisationFactory(managers=[manager]))
    assert list(Listing.objects.shown()) == [listing]


@pytest.mark.parametrize("view", ["listings", "people", "organisations"])
def test_public_lists_ask_for_nothing_row_by_row(index, client, topic, view, django_assert_max_num_queries):
    for _ in range(8):
        ListingFactory(capacities=[topic], tags=["x"], person=PersonFactory(offers=[topic]))
        OrganisationFactory()
    index.rebuild()
    url = reverse(f"directory:{view}")
    assert len(client.get(url).context["list"].cards) == 8
    with django_assert_max_num_queries(4):
        client.get(url)


@pytest.mark.parametrize("view", ["listings", "people", "organisations"])
def test_lists_without_an_index_ask_for_nothing_row_by_row(
    client, settings, tmp_path, topic, view, django_assert_max_num_queries
):
    for _ in range(8):
        ListingFactory(capacities=[topic], tags=["x"], person=PersonFactory(offers=[topic]))
        OrganisationFactory()
    settings.INDEX_DIR = tmp_path / "none"
    settings.SEARCH_URL = "http://127.0.0.1:9/index"
    OutboxEntry.objects.all().delete()
    with django_assert_max_num_queries(12):
        client.get(reverse(f"directory:{view}"))


def test_my_listings_ask_for_nothing_row_by_row(topic, django_assert_max_num_queries):
    person = PersonFactory()
    organisation = OrganisationFactory(managers=[person])
    for _ in range(6):
        ListingFactory(person=person, capacities=[topic], tags=["x"])
        ListingFactory(person=None, organisation=organisation, capacities=[topic])
    client = signed_in(person)
    url = reverse("directory:my_listings")
    assert len(client.get(url).context["lines"]) == 12
    with django_assert_max_num_queries(15):
        client.get(url)


def test_detail_pages_stay_within_fifteen_queries(index, topic, django_assert_max_num_queries):
    person = PersonFactory(offers=[topic], learns=[CapacityFactory()])
    organisation = OrganisationFactory(managers=[person])
    pages = [person, organisation]
    for _ in range(5):
        pages.append(ListingFactory(person=person, capacities=[topic], tags=["x"]))
        pages.append(ListingFactory(person=None, organisation=organisation, need=True, capacities=[topic]))
    index.rebuild()
    client = Client()
    for page in [*pages[:2], *pages[-2:]]:
        client.get(page.get_absolute_url())
        with django_assert_max_num_queries(15):
            client.get(page.get_absolute_url())


def test_a_text_is_in_the_language_its_writer_names_or_in_that_of_the_page(topic):
    client = signed_in(PersonFactory())
    client.post(NEW_OFFER.replace("/en/", "/ar/"), filled(topic, title="First"))
    client.post(NEW_OFFER, filled(topic, title="Second", language="fr"))
    assert dict(Listing.objects.values_list("title", "language")) == {"First": "ar", "Second": "fr"}


def test_a_row_that_is_read_says_the_same_as_the_database_on_what_is_shown():
    today = timezone.localdate()
    ListingFactory()
    ListingFactory(withdrawn=True)
    ListingFactory(valid_until=today - timedelta(days=1))
    ListingFactory(valid_until=today)
    ListingFactory(person=PersonFactory(paused=True))
    ListingFactory(person=PersonFactory(paused_until=today))
    ListingFactory(person=PersonFactory(left_alone=True))
    ListingFactory(person=PersonFactory(user__is_active=False))
    ListingFactory(person=None, organisation=OrganisationFactory())
    ListingFactory(person=None, organisation=OrganisationFactory(active=False))
    shown = set(Listing.objects.shown())
    assert {row for row in Listing.objects.all() if row.is_shown} == shown
    assert len(shown) == 3
