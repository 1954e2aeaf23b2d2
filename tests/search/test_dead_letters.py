"""The administrators' list of changes that did not reach the index."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.constants import Role
from search.api import drain, find
from search.models import MAX_ATTEMPTS, OutboxEntry
from search.types import Query
from tests.factories.accounts import UserFactory
from tests.search.conftest import NoteDocuments

pytestmark = pytest.mark.django_db
Notes = type[NoteDocuments]


@pytest.fixture
def page() -> str:
    """The address of the list."""
    return reverse("search_index:index")


def signed_in(role: Role | None = None, **more: Any) -> Client:
    user = UserFactory(**more)
    if role is not None:
        user.groups.add(Group.objects.get_or_create(name=role.value)[0])
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def boss() -> Client:
    """An administrator."""
    return signed_in(is_superuser=True, is_staff=True)


def titles() -> set[str]:
    """What is found, but for the groups that accounts belong to."""
    return {hit.title for hit in find(Query(limit=99)).hits} - {role.value for role in Role}


def give_up(notes: Notes, *groups: Group) -> None:
    notes.broken = {str(group.pk) for group in groups}
    for hours in range(MAX_ATTEMPTS + 1):
        with time_machine.travel(timezone.now() + timedelta(hours=2 * hours), tick=False):
            drain()


def test_only_administrators_see_it_and_its_menu_item(notes: Notes, page: str, settings: Any) -> None:
    for role in (Role.EDITOR, Role.TRANSLATOR, Role.COORDINATOR, Role.MODERATOR):
        client = signed_in(role, is_staff=True)
        assert client.get(page).status_code in (302, 403), role
        assert client.post(page, {"do": "drop-all"}).status_code in (302, 403), role
        assert page not in client.get("/admin/").content.decode(), role
    assert Client().get(page).status_code == 302
    boss = signed_in(is_superuser=True, is_staff=True)
    assert boss.get(page).status_code == 200
    assert page in boss.get("/admin/").content.decode()


def test_it_tells_object_error_tries_and_times_and_counts_in_the_menu(
    notes: Notes, page: str, boss: Client
) -> None:
    assert "nothing to do here" in boss.get(page).content.decode()
    assert "Search index (" not in boss.get("/admin/").content.decode()
    bad = Group.objects.create(name="draft: letter of Anna")
    late = Group.objects.create(name="Late")
    give_up(notes, bad)
    notes.broken |= {str(late.pk)}
    late.save()
    drain()
    html = boss.get(page).content.decode()
    assert f"page:{bad.pk}" in html
    assert f"page:{late.pk}" in html
    assert html.index("Given up") < html.index("Tried again at")
    assert "ValueError" in html
    assert f"<td>{MAX_ATTEMPTS}</td>" in html
    assert "Anna" not in html
    assert "Search index (1)" in boss.get("/admin/").content.decode()


def test_what_is_tried_again_and_works_is_gone_from_the_list(notes: Notes, page: str, boss: Client) -> None:
    first, second = (Group.objects.create(name=name) for name in ("First", "Second"))
    give_up(notes, first, second)
    notes.broken = {str(second.pk)}
    rows = {entry.object_id: entry.pk for entry in OutboxEntry.objects.dead()}
    answer = boss.post(page, {"do": "retry", "id": [rows[str(first.pk)]]}, follow=True)
    assert "1 change is tried again." in answer.content.decode()
    drain()
    assert titles() == {"First"}
    assert [entry.object_id for entry in OutboxEntry.objects.dead()] == [str(second.pk)]
    notes.broken = set()
    boss.post(page, {"do": "retry-all"})
    drain()
    assert not OutboxEntry.objects.troubled().exists()
    assert titles() == {"First", "Second"}


def test_what_is_dropped_is_forgotten_until_the_night_finds_it(notes: Notes, page: str, boss: Client) -> None:
    from search.api import verify

    bad, other = (Group.objects.create(name=name) for name in ("Bad", "Other"))
    give_up(notes, bad, other)
    row = OutboxEntry.objects.dead().get(object_id=str(bad.pk))
    boss.post(page, {"do": "drop", "id": [row.pk]})
    assert OutboxEntry.objects.dead().count() == 1
    boss.post(page, {"do": "drop-all"})
    assert not OutboxEntry.objects.dead().exists()
    notes.broken = set()
    assert len(verify(mend=True).missing) == 2
    drain()
    assert titles() == {"Bad", "Other"}


@pytest.mark.parametrize("posted", [{}, {"do": "nothing"}, {"do": "drop", "id": ["x", "-1", "9" * 30, "²"]}])
def test_strange_orders_do_nothing(notes: Notes, page: str, boss: Client, posted: dict[str, Any]) -> None:
    give_up(notes, Group.objects.create(name="Bad"))
    assert boss.post(page, posted).status_code == 302
    assert OutboxEntry.objects.dead().count() == 1


def test_what_waits_or_is_written_is_not_on_the_list(notes: Notes, page: str, boss: Client) -> None:
    written, waits = (Group.objects.create(name=name) for name in ("Written", "Waits"))
    drain()
    waits.save()
    assert "nothing to do here" in boss.get(page).content.decode()
    pks = list(OutboxEntry.objects.values_list("pk", flat=True))
    boss.post(page, {"do": "drop", "id": pks})
    assert OutboxEntry.objects.count() == len(pks)
    assert written.name == "Written"


def test_a_long_list_has_pages_and_few_queries(
    notes: Notes, page: str, boss: Client, django_assert_max_num_queries: Any
) -> None:
    OutboxEntry.objects.bulk_create(
        OutboxEntry(kind="page", object_id=str(number), attempts=8, dead=True) for number in range(120)
    )
    boss.get(page)
    with django_assert_max_num_queries(25):
        html = boss.get(page, {"page": "2"}).content.decode()
    assert html.count('name="id"') == 50
    assert "Page 2 of 3" in html
