"""The cache of whole pages: quick for everybody, and nothing of a signed-in person ever in it."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from directory.models import CapacityText, Person
from exchange.home import cache as pages
from exchange.home.cache import AnonymousPageCache, generation, shown_in_public
from search.api import changed
from search.documents import watchers
from search.models import OutboxEntry
from search.signals import index_changed
from tests.factories.accounts import UserFactory
from tests.factories.directory import CapacityFactory, ListingFactory, OrganisationFactory, PersonFactory
from tests.factories.home import make_site
from tests.factories.learning import make_module


@pytest.fixture(autouse=True)
def empty_cache(settings):
    settings.PAGE_CACHE_SECONDS = 60
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def site(db, index):
    made = make_site("ar")
    index.drain()
    return made


def hit(response):
    return response.headers.get("X-Page-Cache") == "hit"


def test_the_second_reader_gets_the_page_from_the_cache(client, site, index, django_assert_num_queries):
    capacity = CapacityFactory(slug="governance", label="Governance")
    index.drain()
    first = client.get(capacity.get_absolute_url())
    assert first.status_code == 200
    assert not hit(first)
    with django_assert_num_queries(0):
        second = client.get(capacity.get_absolute_url())
    assert hit(second)
    assert second.content == first.content
    assert second.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


@pytest.mark.django_db(transaction=True)
def test_a_change_of_what_the_page_shows_purges_it(client, index):
    make_site()
    capacity = CapacityFactory(slug="governance", label="Governance")
    client.get(capacity.get_absolute_url())
    label = CapacityText.objects.get(capacity=capacity, language="en")
    label.text = "Boards and governance"
    label.save()
    page = client.get(capacity.get_absolute_url())
    assert not hit(page)
    assert "Boards and governance" in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_publishing_a_page_purges(client, index):
    home = make_site()["en"]
    client.get("/en/")
    assert hit(client.get("/en/"))
    home.headline = "Something new to read"
    home.save_revision().publish()
    assert "Something new to read" in client.get("/en/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_purges_nothing():
    before = generation()

    class Undo(Exception):
        pass

    def change_and_undo():
        with transaction.atomic():
            PersonFactory()
            raise Undo

    with pytest.raises(Undo):
        change_and_undo()
    assert generation() == before
    PersonFactory()
    assert generation() != before


def test_what_nobody_sees_purges_nothing(db):
    from django.contrib.sessions.models import Session

    from foundation.notifications.models import Notification

    assert not shown_in_public(Session)
    assert not shown_in_public(Notification)
    assert shown_in_public(CapacityText)


def test_a_change_of_the_index_purges(db):
    before = generation()
    index_changed.send(sender=None)
    assert generation() != before


def test_nothing_of_a_signed_in_person_enters_the_cache(client, site):
    user = UserFactory(name="Hidden Person Behind The Session")
    urls = [
        "/en/",
        reverse("home:capacities"),
        reverse("home:figures"),
        reverse("directory:people"),
        reverse("directory:organisations"),
        reverse("directory:listings"),
        reverse("search:search"),
        reverse("account_login"),
    ]
    client.force_login(user)
    for url in urls:
        client.get(url)
    client.logout()
    for url in urls:
        answer = client.get(url)
        assert not hit(answer), url
        assert "Hidden Person" not in answer.content.decode(), url
    # And the other way round: the page made for everybody is not given to who is signed in.
    client.force_login(user)
    assert not hit(client.get("/en/"))


@pytest.mark.parametrize(
    "change",
    [
        lambda request, response: response.set_cookie("mine", "1"),
        lambda request, response: response.headers.__setitem__("Cache-Control", "private"),
        lambda request, response: response.headers.__setitem__("Cache-Control", "no-store"),
        lambda request, response: get_token(request),
        lambda request, response: setattr(response, "status_code", 404),
        lambda request, response: response.headers.__setitem__("Content-Type", "application/json"),
    ],
)
def test_what_may_be_personal_is_not_kept(settings, change, db):
    settings.PAGE_CACHE_SECONDS = 60
    calls = []

    def view(request):
        calls.append(request)
        response = HttpResponse("for one person")
        change(request, response)
        return response

    middleware = AnonymousPageCache(view)
    for _ in range(2):
        middleware(RequestFactory().get("/en/page/"))
    assert len(calls) == 2


def test_a_view_may_ask_to_be_kept_shorter(settings):
    from exchange.home.cache import allowed_seconds

    request = RequestFactory().get("/en/")
    response = HttpResponse("x", headers={"Cache-Control": "max-age=5"})
    assert allowed_seconds(request, response) == 5


def test_a_request_with_a_session_or_a_long_address_is_never_answered_from_it(settings):
    from exchange.home.cache import may_ask

    factory = RequestFactory()
    assert may_ask(factory.get("/en/"))
    assert not may_ask(factory.post("/en/"))
    assert not may_ask(factory.get("/admin/"))
    assert not may_ask(factory.get("/en/?q=" + "x" * 400))
    request = factory.get("/en/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "abc"
    assert not may_ask(request)


def test_languages_and_compression_have_pages_of_their_own(client, site):
    CapacityFactory(slug="governance", label="Governance", ar="الحوكمة")
    english = client.get("/en/capacities/governance/")
    arabic = client.get("/ar/capacities/governance/")
    packed = client.get("/en/capacities/governance/", headers={"accept-encoding": "gzip"})
    assert 'dir="rtl"' in arabic.content.decode()
    assert 'dir="ltr"' in english.content.decode()
    assert packed.headers["Content-Encoding"] == "gzip"
    assert not hit(packed)


def spied(monkeypatch):
    """What is forgotten, each time anything is."""
    forgotten, begin = [], pages.begin_generation

    def spy(kinds=(pages.ANYTHING,)):
        forgotten.append({*kinds})
        begin(kinds)

    monkeypatch.setattr(pages, "begin_generation", spy)
    return forgotten


@pytest.mark.django_db(transaction=True)
def test_publishing_a_lesson_purges_once_and_only_what_may_show_it(client, index, monkeypatch):
    make_site()
    capacity = CapacityFactory(slug="governance", label="Governance")
    lesson = make_module(title="Chairing a board", capacities=[capacity])
    person = PersonFactory(name="Wanda", offers=[capacity])
    organisation = OrganisationFactory(name="Circle")
    offer = ListingFactory(person=person, capacities=[capacity])
    need = ListingFactory(need=True, capacities=[capacity])
    without = [reverse(f"directory:{name}") for name in ("people", "organisations", "listings")]
    without.append(organisation.get_absolute_url())
    showing = [
        lesson.url,
        capacity.get_absolute_url(),
        person.get_absolute_url(),
        offer.get_absolute_url(),
        need.get_absolute_url(),
        lesson.get_parent().url,
        reverse("search:search"),
        f"{reverse('directory:people')}?q=board",
    ]
    for url in [*without, *showing, "/en/", reverse("home:figures")]:
        client.get(url)
        assert hit(client.get(url)), url
    forgotten = spied(monkeypatch)
    lesson.title = "Leading a board"
    lesson.save_revision().publish()
    assert forgotten == [{"lesson"}]
    for url in without:
        assert hit(client.get(url)), url
    for url in showing[:-1]:
        page = client.get(url)
        assert not hit(page), url
        assert "Leading a board" in page.content.decode(), url
    for url in (showing[-1], "/en/", reverse("home:figures")):
        assert not hit(client.get(url)), url


@pytest.mark.django_db(transaction=True)
def test_a_page_that_the_index_has_not_reached_is_not_kept(client, index, settings):
    make_site()
    person = PersonFactory(name="Wanda")
    settings.SEARCH_DRAIN = "off"
    person.name = "Wanda Wild"
    person.save()
    url = reverse("directory:people")
    assert "Wanda Wild" in client.get(url).content.decode()
    assert not hit(client.get(url))
    index.drain()
    page = client.get(url)
    assert not hit(page)
    assert "Wanda Wild" in page.content.decode()
    assert hit(client.get(url))


@pytest.mark.django_db(transaction=True)
def test_what_reaches_the_index_late_purges_once_more(client, index, settings, monkeypatch):
    make_site()
    person = PersonFactory(name="Wanda")
    settings.SEARCH_DRAIN = "off"
    person.name = "Wanda Wild"
    person.save()
    url = reverse("directory:people")
    # Nobody has drained for a minute: pages are kept again as they are.
    OutboxEntry.objects.update(created=timezone.now() - timedelta(minutes=1))
    client.get(url)
    assert hit(client.get(url))
    forgotten = spied(monkeypatch)
    index.drain()
    assert forgotten == [{pages.ANYTHING}]
    assert "Wanda Wild" in client.get(url).content.decode()


@pytest.mark.django_db(transaction=True)
def test_changes_without_signals_purge_once(index, monkeypatch):
    person = PersonFactory(name="Wanda")
    forgotten = spied(monkeypatch)
    changed("person", [person.pk])
    assert forgotten == []
    with transaction.atomic():
        Person.objects.filter(pk=person.pk).update(name="Wanda Wild")
        changed("person", [person.pk])
    assert forgotten == [{pages.ANYTHING}]


def test_whatever_the_index_follows_by_signals_purges_by_them():
    for model, made in watchers().items():
        assert shown_in_public(model), model
        for document_type in made:
            if (shown := document_type.fields.get(model)) is not None:
                assert shown <= pages.SHOWN_FIELDS[model._meta.label_lower], model


@pytest.mark.django_db(transaction=True)
def test_a_moved_page_purges(index, monkeypatch):
    make_site()
    lesson = make_module(title="Chairing a board")
    forgotten = spied(monkeypatch)
    lesson.slug = "leading-a-board"
    lesson.save_revision().publish()
    assert any(pages.ANYTHING in kinds for kinds in forgotten)
