"""Saved searches: keeping them, looking again, telling once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from foundation.accounts import personal_data
from foundation.accounts.models import User
from foundation.jobs.registry import declared
from foundation.notifications import tasks as mailing
from foundation.notifications.models import Delivery, Notification, Preference
from search.api import find
from search.engines.factory import current_engine
from search.models import OutboxEntry
from search.saved import alerts as looking
from search.saved import services
from search.saved.models import MOST_SAVED, Alerts, KnownAnswers, SavedSearch
from search.types import Change, Document, Query, Results, Text
from tests.factories.accounts import UserFactory
from tests.search.samples import SAMIRA, page, puts
from tests.search_fixtures import Index

pytestmark = pytest.mark.django_db
NEW = "/en/my/searches/new/"


@pytest.fixture
def reader(db: Any) -> User:
    return UserFactory(name="Noor", language="en")


@pytest.fixture
def member(client: Client, reader: User) -> Client:
    client.force_login(reader)
    return client


def write(*documents: Document) -> None:
    """Puts documents into the index, as the worker would: the outbox knows when."""
    with current_engine().writing() as writing:
        writing.apply(puts(*documents))
    done(documents)


def take_away(*documents: Document) -> None:
    with current_engine().writing() as writing:
        writing.apply([Change(document.kind, document.id, None) for document in documents])
    done(documents)


def done(documents: Sequence[Document]) -> None:
    OutboxEntry.objects.bulk_create(
        OutboxEntry(kind=document.kind, object_id=document.id, done_at=timezone.now())
        for document in documents
    )


def kept(user: User, query: str = "q=note", alerts: str = Alerts.AT_ONCE, name: str = "Notes") -> SavedSearch:
    """A saved search that has had its first look."""
    row = services.save(user, query=query, language="en", name=name, alerts=alerts)
    looking.begin(row.pk)
    row.refresh_from_db()
    return row


def told(user: User) -> list[Notification]:
    return list(Notification.objects.filter(user=user).order_by("pk"))


# Saving, changing, letting go


def test_a_search_is_saved_with_a_name_from_the_page_that_shows_it(index: Index, member: Client) -> None:
    html = member.get("/en/search/?q=budget&language=ar").content.decode()
    assert 'href="/en/my/searches/new/?q=budget&amp;language=ar"' in html
    form = member.get(f"{NEW}?q=budget&language=ar").content.decode()
    assert "“budget” · Arabic" in form
    response = member.post(f"{NEW}?q=budget&language=ar", {"name": " My\n budget ", "alerts": "weekly"})
    assert response["Location"] == "/en/my/searches/"
    row = SavedSearch.objects.get()
    assert (row.name, row.query, row.language, row.alerts) == (
        "My budget",
        "q=budget&language=ar",
        "en",
        "weekly",
    )
    assert "My budget" in member.get("/en/my/searches/").content.decode()


def test_a_list_of_the_directory_is_saved_with_its_kinds(index: Index, client: Client) -> None:
    html = client.get("/en/people/?q=grant").content.decode()
    assert "/en/my/searches/new/?q=grant&amp;kind=person" in html
    offers = client.get("/en/exchange/?q=grant").content.decode()
    assert "/en/my/searches/new/?q=grant&amp;kind=offer&amp;kind=need&amp;kind=grant" in offers


def test_who_is_not_signed_in_comes_back_to_the_search_after_it(client: Client) -> None:
    response = client.get(f"{NEW}?q=budget")
    assert response.status_code == 302
    assert "/account/login/?next=/en/my/searches/new/%3Fq%3Dbudget" in response["Location"]


def test_the_same_search_again_is_the_same_row(index: Index, member: Client) -> None:
    for given, name in (("q=budget&language=ar&page=3", "One"), ("language=ar&q=%20budget%20&x=1", "Two")):
        member.post(f"{NEW}?{given}", {"name": name, "alerts": "none"})
    assert [row.name for row in SavedSearch.objects.all()] == ["Two"]


@pytest.mark.parametrize("address", ["", "?page=2", "?kind=nonsense", "?q=%20%00"])
def test_nothing_asked_cannot_be_saved(index: Index, member: Client, address: str) -> None:
    assert member.get(f"{NEW}{address}").status_code == 400
    assert member.post(f"{NEW}{address}", {"name": "x", "alerts": "weekly"}).status_code == 400
    assert not SavedSearch.objects.exists()


def test_a_form_with_a_mistake_comes_back_with_what_was_written(index: Index, member: Client) -> None:
    html = member.post(f"{NEW}?q=budget", {"name": "Mine", "alerts": "hourly"}).content.decode()
    assert 'value="Mine"' in html
    assert not SavedSearch.objects.exists()


def test_there_is_a_limit_and_a_sentence_that_says_so(index: Index, member: Client, reader: User) -> None:
    for number in range(MOST_SAVED):
        SavedSearch.objects.create(user=reader, name="n", query=f"q={number}", language="en", alerts="none")
    html = member.post(f"{NEW}?q=more", {"name": "x", "alerts": "none"}).content.decode()
    assert "Delete one first" in html
    assert member.post(f"{NEW}?q=7", {"name": "again", "alerts": "none"}).status_code == 302


def test_a_search_too_long_to_keep_is_refused(index: Index, member: Client) -> None:
    many = "&".join(f"region={'é' * 70}{number}" for number in range(40))
    html = member.post(f"{NEW}?{many}", {"name": "x", "alerts": "none"}).content.decode()
    assert "too many filters" in html


def test_it_opens_newest_first_in_its_own_language(index: Index, member: Client, reader: User) -> None:
    row = SavedSearch.objects.create(user=reader, name="n", query="q=%D8%AA%D8%AF", language="ar")
    response = member.get(f"/en/my/searches/{row.pk}/")
    assert response["Location"] == "/ar/search/?q=%D8%AA%D8%AF&sort=recent"


def test_it_is_renamed_and_deleted_by_its_owner_alone(index: Index, member: Client, reader: User) -> None:
    row = kept(reader)
    stranger = Client()
    stranger.force_login(UserFactory())
    for address in ("", "change/"):
        assert stranger.get(f"/en/my/searches/{row.pk}/{address}").status_code == 404
    assert stranger.post(f"/en/my/searches/{row.pk}/delete/").status_code == 404
    assert (
        stranger.post(f"/en/my/searches/{row.pk}/change/", {"name": "x", "alerts": "none"}).status_code == 404
    )
    member.post(f"/en/my/searches/{row.pk}/change/", {"name": "Better", "alerts": "none"})
    row.refresh_from_db()
    assert (row.name, row.alerts) == ("Better", "none")
    assert member.get(f"/en/my/searches/{row.pk}/delete/").status_code == 405
    member.post(f"/en/my/searches/{row.pk}/delete/")
    assert not SavedSearch.objects.exists()
    assert not KnownAnswers.objects.exists()


def test_the_list_asks_the_database_as_often_for_many_as_for_one(
    index: Index, member: Client, reader: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        SavedSearch.objects.create(
            user=reader,
            name=f"n{number}",
            query=f"q={number}&owner=circle-{number}&region=europe",
            language="en",
        )
    member.get("/en/my/searches/")
    with django_assert_max_num_queries(9):
        member.get("/en/my/searches/")


# Looking again


def test_only_what_is_new_since_the_search_was_saved_is_told(index: Index, reader: User) -> None:
    write(page("old", "An old note"))
    kept(reader)
    assert looking.at_once() == 0
    write(page("new", "A new note"), page("other", "Something else"))
    assert looking.at_once() == 1
    [notification] = told(reader)
    assert notification.subject == "New for your search “Notes”"
    assert notification.body == "Page: A new note"


def test_nothing_is_told_twice(index: Index, reader: User) -> None:
    kept(reader)
    write(page("new", "A new note"))
    assert [looking.at_once() for _ in range(3)] == [1, 0, 0]
    write(page("new", "A new note, edited"))
    assert looking.at_once() == 0
    take_away(page("new", ""))
    looking.at_once()
    write(page("new", "A new note, back again"))
    assert looking.at_once() == 0
    assert len(told(reader)) == 1


def test_two_looks_at_the_same_moment_tell_once(index: Index, reader: User) -> None:
    kept(reader)
    write(page("new", "A new note"))
    first, second = SavedSearch.objects.get(), SavedSearch.objects.get()
    assert [looking.look_and_tell(first), looking.look_and_tell(second)] == [True, False]
    assert len(told(reader)) == 1


def test_what_begins_to_match_is_new(index: Index, reader: User) -> None:
    write(page("plain", "A plain page"))
    kept(reader)
    write(page("plain", "A plain note"))
    assert looking.at_once() == 1


def test_what_has_only_some_of_the_words_is_no_news(index: Index, reader: User) -> None:
    kept(reader, query="q=museum+letter+archive")
    write(page("some", "An archive"))
    assert services.listed(SavedSearch.objects.get()).total == 1
    assert looking.at_once() == 0
    write(page("all", "A letter to a museum archive"))
    assert looking.at_once() == 1
    assert [row.body for row in told(reader)] == ["Page: A letter to a museum archive"]


def test_nobody_is_told_while_the_index_rests_and_nothing_is_lost(
    index: Index, reader: User, settings: Any, tmp_path: Any, django_capture_on_commit_callbacks: Any
) -> None:
    kept(reader)
    write(page("new", "A new note"))
    folder = settings.INDEX_DIR
    (tmp_path / "a-file").write_text("no folder")
    settings.INDEX_DIR = tmp_path / "a-file" / "index"
    OutboxEntry.objects.create(kind="page", object_id="waits")
    with django_capture_on_commit_callbacks() as jobs:
        assert looking.at_once() == 0
    assert jobs == [], "asking again at once would be in vain"
    OutboxEntry.objects.filter(object_id="waits").delete()
    settings.INDEX_DIR = folder
    assert looking.at_once() == 1


def test_a_search_is_not_asked_again_while_nothing_changes(index: Index, reader: User) -> None:
    row = kept(reader)
    looking.at_once()
    looking.at_once()
    row.refresh_from_db()
    assert row.looks == 1


def test_a_search_not_looked_at_for_long_is_asked_whatever_the_outbox_says(
    index: Index, reader: User
) -> None:
    row = kept(reader)
    SavedSearch.objects.filter(pk=row.pk).update(looked=timezone.now() - timedelta(days=20))
    with current_engine().writing() as writing:
        writing.apply(puts(page("new", "A new note")))
    assert looking.at_once() == 1


def test_people_are_counted_and_not_named(index: Index, reader: User) -> None:
    kept(reader, query="capacity=grant-writing")
    write(SAMIRA)
    assert looking.at_once() == 1
    [notification] = told(reader)
    assert notification.body == "1 person who may help"
    assert "Samira" not in json.dumps(notification.context)


def test_many_new_answers_are_a_short_message(index: Index, reader: User) -> None:
    kept(reader)
    write(*(page(str(number), f"Note {number}") for number in range(230)))
    looking.at_once()
    [notification] = told(reader)
    assert len(notification.body.splitlines()) == 11
    assert notification.body.endswith("and 220 more")
    assert SavedSearch.objects.get().told_count == 230


def test_it_is_told_in_the_readers_language_and_found_in_that_of_the_search(index: Index) -> None:
    reader = UserFactory(language="fr")
    row = services.save(reader, query="q=تدريب", language="ar", name="x", alerts="at_once")
    looking.begin(row.pk)
    write(Document("lesson", "t", (Text("en", "Training"), Text("ar", "تدريب المتطوعين")), "/t/"))
    looking.at_once()
    assert "\u2068تدريب المتطوعين\u2069" in told(reader)[0].context["lines"]


# What a look costs


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many answers each question to the index gave."""
    counted: list[int] = []

    def counting(query: Query) -> Results:
        results = find(query)
        counted.append(len(results.hits))
        return results

    monkeypatch.setattr(looking, "find", counting)
    return counted


def test_a_look_reads_what_changed_and_not_all_there_is(index: Index, reader: User, asked: list[int]) -> None:
    write(*(page(str(number), f"Note {number}") for number in range(300)))
    OutboxEntry.objects.update(done_at=timezone.now() - 2 * looking.OVERLAP)
    kept(reader)
    asked.clear()
    write(page("new", "A new note"), page("other", "Something else"), page("7", "Note 7, edited"))
    assert looking.at_once() == 1
    assert len(asked) <= 2
    assert sum(asked) <= looking.FEW + 3
    assert [row.body for row in told(reader)] == ["Page: A new note"]


def test_searches_for_other_kinds_are_not_asked_at_all(index: Index, reader: User, asked: list[int]) -> None:
    for number in range(20):
        kept(reader, query=f"q=note+{number}&kind=person")
    asked.clear()
    write(page("new", "A new note"))
    looking.at_once()
    assert asked == []


def test_a_look_begins_no_longer_run_than_until_a_change_waits_for_the_index(
    index: Index, reader: User, asked: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    for number in range(5):
        kept(reader, query=f"q=note&region=r{number}", name=str(number))
    asked.clear()
    write(page("new", "A new note"))
    index.drain()  # what is known of the reader
    waiting = OutboxEntry.objects.create(kind="page", object_id="waits")
    with django_capture_on_commit_callbacks() as jobs:
        looking.at_once()
    assert len(asked) <= 2
    assert len(jobs) == 1, "the rest is a job behind that change"
    waiting.delete()
    with django_capture_on_commit_callbacks() as jobs:
        looking.at_once()
    assert jobs == []


def test_the_weekly_run_gives_way_and_goes_on_where_it_was(
    index: Index, django_capture_on_commit_callbacks: Any
) -> None:
    people = [UserFactory() for _ in range(3)]
    for person in people:
        kept(person, alerts=Alerts.WEEKLY)
    write(page("a", "A note"))
    index.drain()  # what is known of the people
    waiting = OutboxEntry.objects.create(kind="page", object_id="waits")
    with django_capture_on_commit_callbacks() as jobs:
        assert looking.weekly() == 1
    waiting.delete()
    for job in jobs:
        job()
    assert [len(told(person)) for person in people] == [1, 1, 1]


def test_after_very_many_changes_all_answers_are_read(
    index: Index, reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "MOST_CHANGED", 3)
    row = kept(reader)
    write(*(page(str(number), f"Note {number}") for number in range(6)))
    row.refresh_from_db()
    assert looking.News().since(row.looked) is None
    assert looking.News().since(timezone.now() + timedelta(hours=1)) == frozenset()
    assert looking.at_once() == 1
    assert SavedSearch.objects.get().told_count == 6


# Once a week


def test_a_week_is_one_message_about_all_searches(
    index: Index, reader: User, django_capture_on_commit_callbacks: Any
) -> None:
    kept(reader, "q=note", Alerts.WEEKLY, "Notes")
    kept(reader, "q=picture", Alerts.WEEKLY, "Pictures")
    kept(reader, "q=harvest", Alerts.NONE, "Never")
    write(page("a", "A note"), page("b", "A picture"), page("c", "A harvest"))
    assert looking.at_once() == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert looking.weekly() == 1
    [notification] = told(reader)
    assert notification.body == "“Notes”: 1 new\nPage: A note\n\n“Pictures”: 1 new\nPage: A picture"


def test_a_weekly_job_that_runs_again_neither_tells_twice_nor_loses_anything(
    index: Index, reader: User
) -> None:
    kept(reader, alerts=Alerts.WEEKLY)
    write(page("a", "A note"))
    assert looking.weekly_of(reader.pk, "2026-47")
    write(page("b", "B note"))
    assert not looking.weekly_of(reader.pk, "2026-47")
    assert looking.weekly_of(reader.pk, "2026-48")
    assert [row.body.splitlines()[1:] for row in told(reader)] == [["Page: A note"], ["Page: B note"]]


def test_a_week_without_news_is_silent(index: Index, reader: User) -> None:
    kept(reader, alerts=Alerts.WEEKLY)
    assert not looking.weekly_of(reader.pk, "2026-47")
    assert told(reader) == []


def test_who_begins_to_be_told_hears_only_of_what_comes_from_then_on(
    index: Index, reader: User, member: Client, django_capture_on_commit_callbacks: Any
) -> None:
    row = kept(reader, alerts=Alerts.NONE)
    write(page("before", "A note"))
    with django_capture_on_commit_callbacks(execute=True):
        member.post(f"/en/my/searches/{row.pk}/change/", {"name": "n", "alerts": "at_once"})
    assert looking.at_once() == 0
    write(page("after", "B note"))
    looking.at_once()
    assert [row.body for row in told(reader)] == ["Page: B note"]


# Mail, leaving, one's data


def test_an_alert_is_an_e_mail_that_one_click_stops(
    index: Index, reader: User, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    kept(reader)
    write(page("new", "A new note"))
    with django_capture_on_commit_callbacks(execute=True):
        looking.at_once()
    [message] = mail.outbox
    assert message.to == [reader.email]
    assert "Page: A new note" in message.body
    assert "/my/searches/" in message.body
    stop = message.extra_headers["List-Unsubscribe"].strip("<>")
    client.post(stop, {"List-Unsubscribe": "One-Click"})
    assert Preference.objects.get(user=reader, group="searches").delivery == Delivery.SITE
    write(page("newer", "A newer note"))
    with django_capture_on_commit_callbacks(execute=True):
        looking.at_once()
    mailing.sweep()
    assert len(mail.outbox) == 1
    assert len(told(reader)) == 2


def test_each_has_one_look_while_a_change_cannot_be_written(
    index: Index, reader: User, django_capture_on_commit_callbacks: Any
) -> None:
    rows = [kept(reader), kept(UserFactory()), kept(UserFactory())]
    write(page("new", "A new note"))
    OutboxEntry.objects.create(kind="page", object_id="waits")
    with django_capture_on_commit_callbacks(execute=True):
        looking.at_once()
    looks = [SavedSearch.objects.get(pk=row.pk).looks - row.looks for row in rows]
    assert looks == [1, 1, 1]


def test_who_has_left_or_is_shut_out_is_not_told(index: Index, reader: User) -> None:
    kept(reader)
    write(page("new", "A new note"))
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert looking.at_once() == 0
    User.objects.filter(pk=reader.pk).update(is_active=True)
    personal_data.erase(reader)
    assert looking.at_once() == 0
    assert not SavedSearch.objects.exists()
    assert not KnownAnswers.objects.exists()


def test_saved_searches_are_in_ones_own_data(index: Index, reader: User) -> None:
    kept(reader, query="q=secret+wish")
    kept(UserFactory(), query="q=somebody+elses")
    exported = personal_data.export(reader)
    assert "q=secret+wish" in exported
    assert "elses" not in exported
    assert "digests" not in exported


def test_the_queue_runs_both_kinds_of_alert() -> None:
    functions = {schedule.function for schedule in declared().values()}
    assert {"search.tasks.tell_at_once", "search.tasks.tell_weekly"} <= functions
