"""Nobody drains the outbox here: the worker is dead. What was taken away is in no list all the same."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from directory.constants import ListingState
from directory.matching.selectors import answers_for_need, for_you, helpers_for
from directory.models import Person
from foundation.accounts.models import User
from learning.models import Speaker
from search import visibility
from search.api import changed, fetch, find, suggest
from search.middleware import OneLookAtWaitingChanges
from search.models import OutboxEntry
from search.saved import alerts
from search.saved.models import SavedSearch
from search.types import Query
from tests.factories.accounts import UserFactory
from tests.factories.directory import CapacityFactory, ListingFactory, PersonFactory
from tests.factories.home import make_site
from tests.factories.learning import make_course, make_module, make_webinar
from tests.factories.mentoring import MentorOfferFactory
from tests.search.conftest import ON_BOTH
from tests.search_fixtures import Index

pytestmark = pytest.mark.django_db(transaction=True)
LISTS = [
    "/en/people/",
    "/en/exchange/",
    "/en/search/?q=harbour",
    "/en/search/?kind=mentor",
    "/en/search/results.json?q=harbour",
    "/en/search/results.json?kind=person",
    "/en/search/feed.atom?q=harbour",
    "/en/search/suggest/?q=harb",
    "/en/capacities/walks/",
    "/en/",
]


@pytest.fixture
def dead(settings: Any) -> None:
    """From here on nobody writes into the index."""
    settings.SEARCH_DRAIN = "off"


def seen(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@ON_BOTH
def test_who_leaves_the_lists_is_in_none(index: Index, settings: Any) -> None:
    make_site()
    walks = CapacityFactory(slug="walks", label="Walks")
    gone = PersonFactory(name="Wanda Harbour", offers=[walks])
    ListingFactory(person=gone, title="Harbour offer", capacities=[walks])
    asked = ListingFactory(person=gone, title="Harbour need", capacities=[walks], need=True)
    mentor = MentorOfferFactory(person=gone, helps_with=[walks])
    me = PersonFactory(name="Somebody Else", learns=[walks], offers=[walks])
    need = ListingFactory(person=me, title="Mine", capacities=[walks], need=True)
    SavedSearch.objects.create(user=me.user, name="New", query="q=harbour", language="en")
    index.rebuild()
    settings.PAGE_CACHE_SECONDS = 60
    cache.clear()
    client = Client()
    for address in LISTS:
        seen(client, address)
    assert "Harbour" in "".join(seen(client, address) for address in LISTS[:-1])
    assert find(Query("harbour", facets=("kind",))).total == 4
    settings.SEARCH_DRAIN = "off"

    gone.leave_alone = True  # which hides what they give; what they need they take back
    gone.save()
    asked.state = ListingState.WITHDRAWN
    asked.save()

    for address in LISTS:
        page = seen(client, address)
        assert "Harbour" not in page, (address, page[max(0, page.find("Harbour") - 700) :][:900])
    assert seen(client, "/en/search/results.json?kind=person").count("Somebody Else")
    results = find(Query("harbour", facets=("kind",)))
    assert not results.degraded
    assert (results.total, results.suggestion) == (0, None)
    assert not any(value.count for value in results.facets["kind"])
    assert find(Query("harbuor")).suggestion is None
    assert fetch([("person", str(gone.pk)), ("mentor", str(mentor.pk))]) == []
    assert suggest("wanda") == []
    shown = [
        *helpers_for(["walks"], viewer=me.user, language="en"),
        *answers_for_need(need, viewer=me.user, language="en"),
        *for_you(me, language="en"),
    ]
    assert "Harbour" not in str(shown)
    assert alerts.at_once() == 0
    gone.leave_alone = False
    gone.save()
    assert find(Query("harbour")).total == 3


@ON_BOTH
def test_a_page_made_private_is_in_no_list_with_all_below_it(index: Index, dead: None) -> None:
    lesson, recording, course = make_module(), make_webinar(), make_course()
    speaker = PersonFactory(name="Wanda Harbour")
    Speaker.objects.create(page=recording, person=speaker)
    index.drain()
    keys = [
        (kind, str(page.translation_key))
        for kind, page in (("lesson", lesson), ("recording", recording), ("course", course))
    ]
    assert len(fetch(keys)) == 3
    assert ("recording", keys[1][1]) in {(hit.kind, hit.id) for hit in find(Query("wanda")).hits}
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=lesson.get_parent().pk), restriction_type=PageViewRestriction.LOGIN
    )
    assert fetch(keys) == []
    assert [hit.kind for hit in find(Query("wanda")).hits] == ["person"]


@ON_BOTH
def test_what_somebody_hides_is_hidden_on_their_card(index: Index, dead: None) -> None:
    person = PersonFactory(name="Wanda", city="Sousse", bio="Rows boats.", visibility={"city": "public"})
    index.drain()
    assert "Sousse" in str(find(Query("wanda")).hits)
    person.visibility = {"city": "nobody", "bio": "nobody"}
    person.save()
    [hit] = find(Query("boats wanda", match="any")).hits
    assert "Sousse" not in str(hit)
    assert "boats" not in str(hit)
    person.name = "Zora"
    person.save()
    assert [one.title for one in suggest("wan")] == ["Zora"]


def test_the_name_of_somebody_who_speaks_in_a_recording_changes_there(index: Index) -> None:
    recording, person = make_webinar(), PersonFactory(name="Wanda", listed=False)
    Speaker.objects.create(page=recording, person=person)
    index.drain()
    person.name = "Zora"
    person.save()
    index.drain()
    assert find(Query("zora", match="most")).total == 1
    person.delete()
    index.drain()
    assert find(Query("zora", match="most")).total == 0


def test_a_change_costs_its_questions_once(index: Index, dead: None, django_assert_num_queries: Any) -> None:
    people = PersonFactory.create_batch(6)
    index.drain()
    for person in people:
        person.listed = False
        person.save()
    assert find(Query(kinds=("person",))).total == 0
    with django_assert_num_queries(1):
        assert find(Query(kinds=("person",))).total == 0
    Person.objects.filter(pk=people[0].pk).update(listed=True)
    changed("person", [people[0].pk])
    assert find(Query(kinds=("person",))).total == 1


def looks(queries: CaptureQueriesContext) -> int:
    """How often it was asked what waits."""
    return sum('FROM "search_outboxentry"' in one["sql"] for one in queries.captured_queries)


def test_a_page_with_several_questions_looks_once_what_waits(index: Index, dead: None) -> None:
    make_site()
    walks = CapacityFactory(slug="walks", label="Walks")
    PersonFactory(name="Wanda Harbour", offers=[walks])
    me = PersonFactory(name="Somebody Else", learns=[walks])
    ListingFactory(person=PersonFactory(name="Third"), title="Harbour need", capacities=[walks], need=True)
    index.rebuild()
    client = Client()
    client.force_login(me.user)
    client.get("/en/")
    with CaptureQueriesContext(connection) as page:
        seen(client, "/en/")
    assert looks(page) == 1
    with CaptureQueriesContext(connection) as apart:
        for_you(me, language="en")
    assert looks(apart) > 1  # the page puts these questions too
    with visibility.looked_at_once(), CaptureQueriesContext(connection) as together:
        for_you(me, language="en")
    assert looks(together) == 1


def test_whoever_changes_something_sees_it_in_the_answer(
    index: Index, dead: None, rf: RequestFactory
) -> None:
    person = PersonFactory(name="Wanda Harbour")
    index.drain()

    def change(request: HttpRequest) -> HttpResponse:
        before = find(Query(kinds=("person",))).total
        Person.objects.filter(pk=person.pk).update(listed=False)
        changed("person", [person.pk])
        return HttpResponse(f"{before} {find(Query(kinds=('person',))).total}")

    assert OneLookAtWaitingChanges(change)(rf.post("/")).content == b"1 0"


def test_a_change_that_was_given_up_hides_too_and_nobody_else(index: Index, dead: None) -> None:
    stays, leaves = PersonFactory(name="Stays"), PersonFactory(name="Leaves")
    index.drain()
    leaves.listed = False
    leaves.save()
    OutboxEntry.objects.filter(done_at=None).update(dead=True)
    assert [hit.title for hit in find(Query(kinds=("person",))).hits] == ["Stays"]
    for listed in (False, True):
        stays.listed = listed
        stays.save()
        assert find(Query(kinds=("person",))).total == 0
        index.drain()
        assert find(Query(kinds=("person",))).total == listed


def test_where_too_much_waits_the_database_answers(
    index: Index, dead: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visibility, "MOST", 3)
    people = PersonFactory.create_batch(4)
    index.drain()
    for person in people:
        person.listed = False
        person.save()
    changed("person", ["0b0e7f0e-0000-4000-8000-000000000000"])
    results = find(Query(kinds=("person",)))
    assert (results.total, results.degraded) == (0, True)


def test_who_is_locked_out_is_in_no_list(index: Index, dead: None) -> None:
    person = PersonFactory(name="Wanda", user=UserFactory())
    index.drain()
    user = User.objects.get(pk=person.user_id)
    user.is_active = False
    user.save()
    assert find(Query("wanda", match="most")).total == 0
