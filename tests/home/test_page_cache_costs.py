"""What leaves stored pages alone, and what keeping them costs."""

from __future__ import annotations

import json

import pytest
from django.apps import apps
from django.core.cache import DEFAULT_CACHE_ALIAS, cache, caches
from django.urls import reverse
from wagtail.models import Page

from directory.models import Person
from exchange.home import backends
from exchange.home import cache as pages
from foundation.accounts.constants import Role
from search.api import drain
from search.models import OutboxEntry
from search.outbox import announce
from search.signals import index_changed
from tests.factories.accounts import UserFactory
from tests.factories.directory import ExchangeFactory, ListingFactory, PersonFactory
from tests.factories.home import make_site

# Decided: no page for everybody shows these. A new model is named here or in cache.SHOWN.
NOT_SHOWN = {
    "directory.invitation",
    "learning.attempt",
    "learning.completion",
    "learning.importrecord",
    "learning.progress",
    "learning.study",
    "mentoring.coordinatornote",
    "mentoring.hoursentry",
    "mentoring.mentoringrequest",
    "mentoring.proposal",
    "mentoring.thanks",
    "home.creditedrendition",  # made when a page first shows it; a changed image is a change of the image
    "accounts.browsersession",
    "accounts.counter",
    "home.incident",
    "wagtailcore.collection",
    "wagtailcore.collectionviewrestriction",
}
OUR_APPS = {"accounts", "directory", "learning", "mentoring", "home"}


@pytest.fixture
def told():
    """Each word to the rest of the house that the index changed."""
    heard = []

    def listener(sender, kinds=frozenset(), **kwargs):
        heard.append(kinds)

    index_changed.connect(listener)
    yield heard
    index_changed.disconnect(listener)


def test_of_every_model_it_is_decided_whether_pages_show_it():
    ours = {
        model._meta.label_lower
        for model in apps.get_models()
        if model._meta.app_label in OUR_APPS and not issubclass(model, Page)
    }
    assert ours - pages.SHOWN - NOT_SHOWN - {*pages.SHOWN_FIELDS} == set()
    known = {model._meta.label_lower for model in apps.get_models()}
    assert pages.SHOWN - known == set()
    assert not pages.SHOWN & NOT_SHOWN


@pytest.mark.django_db(transaction=True)
def test_a_sign_in_wakes_nothing(client, index):
    user = UserFactory()
    user.set_password("a-long-password-1")
    user.save()
    PersonFactory(user=user)
    ListingFactory(person=user.person)
    drain()
    before, rows = pages.generation(), OutboxEntry.objects.count()
    client.force_login(user)  # sends user_logged_in, which writes last_login
    user.refresh_from_db()
    assert user.last_login is not None
    assert pages.generation() == before
    assert OutboxEntry.objects.count() == rows


@pytest.mark.django_db(transaction=True)
def test_an_account_that_is_shut_leaves_pages_and_index(index):
    person = PersonFactory()
    drain()
    before, rows = pages.generation(), OutboxEntry.objects.count()
    person.user.is_active = False
    person.user.save(update_fields=["is_active"])
    assert pages.generation() != before
    assert OutboxEntry.objects.count() > rows


@pytest.mark.django_db(transaction=True)
def test_of_an_exchange_only_public_thanks_are_shown(index):
    exchange = ExchangeFactory.build(
        starter=PersonFactory(listed=False), asked_person=PersonFactory(listed=False), listing=None
    )
    drain()
    before = pages.generation()
    exchange.save()
    exchange.save(update_fields=["state_since"])
    drain()
    assert pages.generation() == before
    exchange.thanks, exchange.thanks_public = "Thank you!", True
    exchange.save(update_fields=["thanks", "thanks_public"])
    assert pages.generation() != before


@pytest.mark.django_db(transaction=True)
def test_an_open_editor_and_its_drafts_wake_nothing(client, index):
    home = make_site()["en"]
    client.force_login(UserFactory(role=Role.ADMINISTRATOR))
    drain()
    before, rows = pages.generation(), OutboxEntry.objects.count()
    page_type = [home._meta.app_label, home._meta.model_name, home.pk]
    from django.contrib.contenttypes.models import ContentType
    from wagtail.admin.models import EditingSession

    kind = ContentType.objects.get_for_model(type(home))
    user = client.get(reverse("wagtailadmin_home")).wsgi_request.user
    session = EditingSession.objects.create(
        user=user, content_type=kind, object_id=home.pk, last_seen_at="2026-01-01T00:00Z"
    )
    answer = client.post(reverse("wagtailadmin_editing_sessions:ping", args=[*page_type, session.pk]))
    assert answer.status_code == 200, json.dumps(answer.json())
    home.headline = "half written"
    home.save_revision()
    assert pages.generation() == before
    assert OutboxEntry.objects.count() == rows


@pytest.mark.django_db(transaction=True)
def test_what_is_written_again_as_it_was_is_no_change(index, settings, told):
    person = PersonFactory(listed=True)
    drain()
    told.clear()
    before = pages.generation()
    announce("person", [person.pk])
    announce("offer", ["00000000-0000-4000-8000-000000000000"])
    drain()
    assert told == []
    assert pages.generation() == before
    assert OutboxEntry.objects.pending().count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_change_is_told_under_its_own_kind(index, settings, told):
    listing = ListingFactory(person=PersonFactory(listed=True))
    drain()
    told.clear()
    listing.title = "Another title"
    settings.SEARCH_DRAIN = "off"
    listing.save()
    assert OutboxEntry.objects.pending().count() == 1
    drain()
    assert told == [frozenset({"offer"})]
    Person.objects.filter(pk=listing.person_id).update(listed=False)
    announce("person", [listing.person_id])
    drain()
    assert told[-1] == frozenset({"person"})


@pytest.fixture
def in_files(settings, tmp_path):
    """The cache as a site without Redis has it."""
    settings.CACHES = {
        "default": {
            "BACKEND": "exchange.home.backends.FileCache",
            "LOCATION": tmp_path / "cache",
            "OPTIONS": {"MAX_ENTRIES": 900},
        }
    }
    yield tmp_path / "cache"
    cache.clear()


def test_pages_of_earlier_generations_are_taken_away(in_files):
    cache.set("kept", "of the site")
    for number in range(3):
        pages.begin_generation()
        cache.set("page", number, version=int(pages.generation()))
    assert pages.forget_old_generations() == 2
    assert sorted(entry.name for entry in in_files.iterdir()) == sorted(["1", pages.generation()])
    assert (cache.get("page", version=int(pages.generation())), cache.get("kept")) == (2, "of the site")


def test_looking_for_room_is_not_done_at_each_write(in_files, monkeypatch):
    looks = []
    listed = backends.FileCache._list_cache_files

    def counting(self):
        looks.append(1)
        return listed(self)

    monkeypatch.setattr(backends.FileCache, "_list_cache_files", counting)
    for number in range(4 * backends.LOOK_EVERY):
        cache.set(f"page-{number}", "x", version=17)
    assert len(looks) == 4
    kept = len(listed(caches[DEFAULT_CACHE_ALIAS]))
    assert kept <= 900 + backends.LOOK_EVERY


def test_a_page_for_a_generation_that_ends_meanwhile_is_simply_not_kept(in_files, monkeypatch):
    store = caches[DEFAULT_CACHE_ALIAS]
    write = store._write_content

    def forgotten(*args):
        write(*args)
        store.forget_version("17")

    monkeypatch.setattr(store, "_write_content", forgotten)
    cache.set("page", "x", version=17)
    assert cache.get("page", version=17) is None
