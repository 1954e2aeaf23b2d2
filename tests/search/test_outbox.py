"""From a change in the database to the index: nothing is lost, nothing private gets in."""

from __future__ import annotations

import shutil
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search import tasks
from search.api import changed, drain, find, rebuild, similar, status, verify
from search.engines.factory import current_engine
from search.errors import EngineError
from search.indexing import updates
from search.indexing.verify import compare_some
from search.models import MAX_ATTEMPTS, OutboxEntry
from search.signals import index_changed
from search.types import Query
from tests.search.conftest import ON_BOTH, NoteDocuments
from tests.search_fixtures import Index

Notes = type[NoteDocuments]


def titles(text: str = "") -> set[str]:
    return {hit.title for hit in find(Query(text, limit=100)).hits}


def waiting() -> list[str]:
    return list(OutboxEntry.objects.pending().order_by("id").values_list("object_id", flat=True))


@pytest.mark.django_db
@ON_BOTH
def test_a_saved_object_is_found_after_a_drain(notes: Notes) -> None:
    Group.objects.create(name="Harbour walk")
    assert titles("harbour") == set()
    assert drain() == 1
    assert titles("harbour") == {"Harbour walk"}
    assert drain() == 0


@pytest.mark.django_db
@ON_BOTH
def test_drafts_never_enter_and_what_becomes_one_leaves(notes: Notes) -> None:
    draft = Group.objects.create(name="draft plan")
    public = Group.objects.create(name="Open plan")
    drain()
    assert titles() == {"Open plan"}
    public.name = "draft again"
    public.save()
    draft.name = "Plan for all"
    draft.save()
    drain()
    assert titles() == {"Plan for all"}
    draft.delete()
    drain()
    assert titles() == set()


@pytest.mark.django_db
@ON_BOTH
def test_related_rows_and_relations_are_watched_from_both_sides(notes: Notes) -> None:
    group = Group.objects.create(name="Choir")
    first, second = Permission.objects.order_by("pk")[:2]
    drain()
    group.permissions.add(first)
    drain()
    assert titles(first.codename) == {"Choir"}
    first.codename = "zebra_crossing"
    first.save()
    drain()
    assert titles("zebra crossing") == {"Choir"}
    second.group_set.add(group)
    drain()
    assert titles(second.codename) == {"Choir"}
    second.group_set.clear()
    drain()
    assert "Choir" not in titles(f'"{second.codename}"')


@pytest.mark.django_db
@ON_BOTH
def test_several_changes_in_one_transaction_are_one_row(notes: Notes) -> None:
    with transaction.atomic():
        group = Group.objects.create(name="One")
        for name in ("Two", "Three"):
            group.name = name
            group.save()
    assert waiting() == [str(group.pk)]
    drain()
    group.name = "Four"
    group.save()
    assert waiting() == [str(group.pk)]
    drain()
    assert titles() == {"Four"}


@pytest.mark.django_db
def test_a_rolled_back_savepoint_does_not_swallow_a_later_change(notes: Notes) -> None:
    group = Group.objects.create(name="Before")
    drain()

    def fail() -> None:
        with transaction.atomic():
            group.name = "Never"
            group.save()
            raise ZeroDivisionError

    with transaction.atomic():
        with pytest.raises(ZeroDivisionError):
            fail()
        assert waiting() == []
        group.name = "After"
        group.save()
    drain()
    assert titles() == {"After"}


@pytest.mark.django_db(transaction=True)
def test_a_rollback_takes_the_row_with_it(notes: Notes) -> None:
    def fail() -> None:
        with transaction.atomic():
            Group.objects.create(name="Never")
            assert OutboxEntry.objects.pending().count() == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not OutboxEntry.objects.pending().exists()
    assert titles() == set()


@pytest.mark.asks_in_transaction
@pytest.mark.django_db(transaction=True)
@ON_BOTH
def test_a_commit_drains_by_itself(notes: Notes) -> None:
    with transaction.atomic():
        Group.objects.create(name="Committed")
        assert titles() == set()
    assert titles() == {"Committed"}


@pytest.mark.django_db(transaction=True)
def test_the_queue_drains_what_was_committed(notes: Notes, settings: Any) -> None:
    settings.SEARCH_DRAIN = "queue"  # jobs run at once under the test settings
    Group.objects.create(name="Queued")
    assert titles() == {"Queued"}
    assert waiting() == []


@pytest.mark.django_db(transaction=True)
def test_a_drain_under_way_needs_no_second_job(notes: Notes, settings: Any) -> None:
    settings.SEARCH_DRAIN = "off"
    Group.objects.create(name="First")
    settings.SEARCH_DRAIN = "queue"
    Group.objects.create(name="Second")  # the first still waits: its drain takes both
    assert len(waiting()) == 2
    OutboxEntry.objects.update(created=timezone.now() - timedelta(minutes=1))
    Group.objects.create(name="Third")  # but nobody has come for a minute
    assert titles() == {"First", "Second", "Third"}


@pytest.mark.django_db
@ON_BOTH
def test_a_document_that_cannot_be_made_is_tried_again_and_holds_up_no_other(notes: Notes) -> None:
    bad, good = (Group.objects.create(name=name) for name in ("Bad", "Good"))
    notes.broken = {str(bad.pk)}
    drain()
    assert titles() == {"Good"}
    entry = OutboxEntry.objects.pending().get()
    assert entry.attempts == 1
    assert entry.error.startswith("ValueError < tests/search/conftest.py:")
    assert entry.next_try > timezone.now()
    assert drain() == 0  # not due yet
    notes.broken = set()
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        assert drain() == 1
    assert titles() == {"Bad", "Good"}
    assert good.name == "Good"


@pytest.mark.django_db
def test_each_try_waits_twice_as_long_as_the_one_before(notes: Notes) -> None:
    bad = Group.objects.create(name="Bad")
    notes.broken = {str(bad.pk)}
    waits = []
    for _ in range(MAX_ATTEMPTS - 1):
        now = OutboxEntry.objects.pending().get().next_try + timedelta(seconds=1)
        with time_machine.travel(now, tick=False):
            drain()
            waits.append(OutboxEntry.objects.pending().get().next_try - now)
    assert waits == [timedelta(seconds=10 * 2**n) for n in range(MAX_ATTEMPTS - 1)]


@pytest.mark.django_db
def test_a_failed_change_never_brings_old_words_back(notes: Notes) -> None:
    group = Group.objects.create(name="Before")
    notes.broken = {str(group.pk)}
    drain()
    notes.broken = set()
    group.name = "After"
    group.save()
    drain()
    assert titles() == {"After"}
    assert waiting() == []  # what was written answers the older change too
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        assert drain() == 0
    assert titles() == {"After"}


@pytest.mark.django_db
def test_an_object_that_cannot_be_made_is_one_line_however_often_it_changes(notes: Notes) -> None:
    bad = Group.objects.create(name="Bad")
    notes.broken = {str(bad.pk)}
    for attempts in (1, 2, 3):
        bad.save()
        drain()
        assert [entry.attempts for entry in OutboxEntry.objects.pending()] == [attempts]


@pytest.mark.django_db
def test_what_went_wrong_is_told_without_anybodys_words(notes: Notes, caplog: Any) -> None:
    secret = Group.objects.create(name="draft: letter of anna@example.org")
    notes.broken = {str(secret.pk)}
    notes.complaint = "Cannot read 'letter of anna@example.org'"
    drain()
    told = OutboxEntry.objects.pending().get().error + caplog.text
    assert "ValueError" in told
    assert "build" in told
    assert "anna" not in told
    assert "letter" not in told


@pytest.mark.django_db
def test_a_document_is_given_up_at_last_and_stays_listed(notes: Notes) -> None:
    bad = Group.objects.create(name="Bad")
    notes.broken = {str(bad.pk)}
    for hours in range(MAX_ATTEMPTS + 2):
        with time_machine.travel(timezone.now() + timedelta(hours=2 * hours), tick=False):
            drain()
    assert status().dead == 1
    assert status().pending == 0
    assert OutboxEntry.objects.dead().get().attempts == MAX_ATTEMPTS
    notes.broken = set()
    bad.save()  # a new change is a new try
    drain()
    assert titles() == {"Bad"}
    assert status().dead == 0


@pytest.mark.django_db
def test_a_drain_with_little_time_leaves_the_rest_for_the_next(notes: Notes, monkeypatch: Any) -> None:
    monkeypatch.setattr(updates, "BATCH", 2)
    for number in range(5):
        Group.objects.create(name=f"Note {number}")
    told: list[str] = []
    assert drain(within=0) == 2
    assert len(waiting()) == 3
    assert drain(progress=told.append) == 3
    assert told == ["2 written", "3 written"]


@pytest.mark.django_db(transaction=True)
def test_a_job_with_little_time_asks_for_another(notes: Notes, settings: Any, monkeypatch: Any) -> None:
    settings.SEARCH_DRAIN = "off"
    for number in range(3):
        Group.objects.create(name=f"Note {number}")
    monkeypatch.setattr(updates, "BATCH", 1)
    monkeypatch.setattr(tasks, "SECONDS", 0.0)
    tasks.drain_outbox()
    assert titles() == {"Note 0", "Note 1", "Note 2"}


@pytest.mark.django_db(transaction=True)
def test_saving_never_fails_because_search_is_down(notes: Notes, settings: Any, tmp_path: Path) -> None:
    working = settings.INDEX_DIR
    (tmp_path / "file").write_text("")
    settings.INDEX_DIR = tmp_path / "file" / "index"
    group = Group.objects.create(name="Saved anyway")
    assert Group.objects.filter(pk=group.pk).exists()
    with pytest.raises(EngineError):
        drain()
    waiting = OutboxEntry.objects.get(object_id=str(group.pk))
    assert waiting.attempts == 0  # the engine's fault, not the document's
    assert not status().built
    tasks.drain_outbox()  # the queue's jobs do not fail over and over meanwhile
    tasks.sweep()
    settings.INDEX_DIR = working
    tasks.sweep()
    assert "Saved anyway" in titles()


@pytest.mark.django_db
def test_a_watch_with_a_mistake_does_not_stop_a_save(notes: Notes, monkeypatch: Any) -> None:
    from search import documents

    documents.unregister("page")
    monkeypatch.setattr(notes, "watches", {Group: lambda group: [group.no_such_thing]})
    documents.register(notes)
    Group.objects.create(name="Saved anyway")
    found = verify(mend=True)
    assert len(found.missing) == 1
    drain()
    assert titles() == {"Saved anyway"}


@pytest.mark.django_db
@ON_BOTH
def test_changes_without_signals_are_announced_by_hand(notes: Notes) -> None:
    group = Group.objects.create(name="Old name")
    drain()
    Group.objects.filter(pk=group.pk).update(name="New name")
    changed("page", [group.pk])
    drain()
    assert titles() == {"New name"}


@pytest.mark.django_db
@ON_BOTH
def test_a_rebuild_keeps_what_changed_while_it_ran(notes: Notes, index: Index) -> None:
    group, gone = (Group.objects.create(name=name) for name in ("Early", "Gone"))
    drain()
    happened: list[str] = []

    def meanwhile(line: str) -> None:
        if line.startswith("page") and not happened:
            happened.append(line)
            group.name = "Changed meanwhile"
            group.save()
            gone.delete()
            Group.objects.create(name="Drained meanwhile")
            drain()
            Group.objects.create(name="Waiting meanwhile")

    assert rebuild(progress=meanwhile) == 2
    assert happened
    assert titles() == {"Changed meanwhile", "Drained meanwhile", "Waiting meanwhile"}
    assert current_engine().status().generation.endswith("2")


@pytest.mark.django_db
@ON_BOTH
def test_a_rebuild_writes_what_waited_before_it_once(notes: Notes, index: Index) -> None:
    group = Group.objects.create(name="Early")
    assert waiting() == [str(group.pk)]
    with CaptureQueriesContext(connection) as queries:
        assert rebuild() == 1
    documents = [query["sql"] for query in queries if "draft" in query["sql"]]
    assert len([sql for sql in documents if f'"auth_group"."id" IN ({group.pk})' in sql]) == 1
    assert waiting() == []
    group.name = "Late"
    group.save()  # in the same transaction as before: it has to be told again
    assert waiting() == [str(group.pk)]
    drain()
    assert titles() == {"Late"}


@pytest.mark.django_db
@ON_BOTH
def test_a_rebuild_leaves_what_cannot_be_made_to_the_outbox(notes: Notes, index: Index) -> None:
    bad = Group.objects.create(name="Bad")
    Group.objects.create(name="Good")
    notes.broken = {str(bad.pk)}
    assert index.rebuild() == 1
    assert titles() == {"Good"}
    assert OutboxEntry.objects.pending().filter(object_id=bad.pk, attempts__gte=1).exists()


@pytest.mark.django_db
@ON_BOTH
def test_verify_finds_and_mends_what_differs(notes: Notes, index: Index) -> None:
    kept, lost = (Group.objects.create(name=name) for name in ("Kept", "Lost"))
    drain()
    Group.objects.filter(pk=lost.pk).update(name="draft now")
    Group.objects.bulk_create([Group(name="Silent")])
    found = verify()
    assert [id for _, id in found.surplus] == [str(lost.pk)]
    assert len(found.missing) == 1
    assert not found.agrees
    tasks.reconcile()
    assert verify().agrees
    assert titles() == {"Kept", "Silent"}
    assert kept.name == "Kept"


@pytest.mark.django_db(transaction=True)
def test_the_night_finds_what_is_there_but_not_as_it_is_now(notes: Notes, index: Index) -> None:
    group = Group.objects.create(name="Old name")
    Group.objects.create(name="Kept")
    Group.objects.filter(pk=group.pk).update(name="New name")  # no signal, and nobody announced it
    assert verify(content=False).agrees
    assert verify().stale == [("page", str(group.pk))]
    tasks.reconcile()
    assert titles() == {"New name", "Kept"}
    assert verify().agrees


@pytest.mark.django_db
def test_the_night_compares_in_pieces(notes: Notes, index: Index) -> None:
    groups = [Group.objects.create(name=f"Note {number}") for number in range(5)]
    drain()
    for group in (groups[1], groups[4]):
        Group.objects.filter(pk=group.pk).update(name=f"Changed {group.name}")
    first, more = compare_some("page", 0, 3)
    assert (first, more) == ([("page", str(groups[1].pk))], True)
    second, more = compare_some("page", 3, 3)
    assert (second, more) == ([("page", str(groups[4].pk))], False)
    drain()
    assert verify().agrees
    tasks.compare("no such kind", 0)


@pytest.mark.django_db
def test_what_waits_or_cannot_be_made_is_no_difference(notes: Notes, index: Index) -> None:
    bad, group = (Group.objects.create(name=name) for name in ("Bad", "Waiting"))
    drain()
    group.name = "Waiting still"
    group.save()
    notes.broken = {str(bad.pk)}
    assert verify(mend=True).agrees
    assert waiting() == [str(group.pk), str(bad.pk)]
    verify(mend=True)
    assert len(waiting()) == 2  # not told again


@pytest.mark.django_db
def test_an_index_that_is_lost_or_damaged_is_made_anew(notes: Notes, settings: Any) -> None:
    Group.objects.create(name="Kept")
    drain()
    shutil.rmtree(settings.INDEX_DIR)
    assert find(Query("kept")).degraded
    tasks.sweep()
    assert titles("kept") == {"Kept"}
    for file in Path(settings.INDEX_DIR).glob("v*-*/*"):
        file.write_bytes(b"broken")
    settings.INDEX_DIR = Path(f"{settings.INDEX_DIR}/.")  # a process that has not opened it yet
    assert find(Query("kept")).degraded
    tasks.sweep()
    assert titles("kept") == {"Kept"}


@pytest.mark.django_db
def test_readers_are_told_when_the_index_changed(notes: Notes) -> None:
    told: list[Any] = []

    def listener(sender: Any, **kwargs: Any) -> None:
        told.append(sender)

    index_changed.connect(listener)
    try:
        drain()
        assert told == []
        Group.objects.create(name="News")
        drain()
    finally:
        index_changed.disconnect(listener)
    assert len(told) == 1


@pytest.mark.django_db
def test_what_was_done_long_ago_is_forgotten(notes: Notes) -> None:
    Group.objects.create(name="Old")
    drain()
    assert updates.purge() == 0
    with time_machine.travel(timezone.now() + timedelta(days=10), tick=False):
        assert updates.purge() >= 1


@pytest.mark.django_db
@ON_BOTH
def test_similar_objects_share_words_and_leave_out_the_object(notes: Notes) -> None:
    one, two, other = (Group.objects.create(name=name) for name in ("Choir night", "Choir day", "Bakery"))
    drain()
    assert [hit.id for hit in similar("page", str(one.pk))] == [str(two.pk)]
    assert similar("page", "0") == []
    assert other.name == "Bakery"


@pytest.mark.django_db
@ON_BOTH
def test_the_command_rebuilds_drains_shows_and_verifies(notes: Notes) -> None:
    def run(*words: str) -> str:
        out = StringIO()
        call_command("search", *words, stdout=out)
        return out.getvalue()

    group = Group.objects.create(name="Listed")
    assert "1 waiting" in run("status")
    assert "1 changes written" in run("drain")
    assert "1 documents in the new index" in run("rebuild")
    assert "page: 1" in run("status")
    Group.objects.filter(pk=group.pk).update(name="draft")
    with pytest.raises(CommandError):
        run("verify")
    assert "too many: 1" in run("verify", "--mend", "--quick")
    assert "0 in the index" in run("verify")


@pytest.mark.django_db
def test_a_site_without_an_index_says_so(settings: Any, tmp_path: Path) -> None:
    settings.INDEX_DIR = tmp_path / "none"
    found = status()
    assert not found.built
    assert "search rebuild" in found.error
    assert find(Query("x")).degraded


@pytest.mark.django_db
def test_an_index_of_another_release_is_not_read(notes: Notes, settings: Any) -> None:
    pointer = Path(settings.INDEX_DIR) / "CURRENT"
    pointer.write_text("v0-000001")
    assert find(Query("x")).degraded
    Group.objects.create(name="Again")
    rebuild()
    assert titles() == {"Again"}
