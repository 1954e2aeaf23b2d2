"""How the site is doing: facts that are kept, a page that says what to do, for administrators alone."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_q.models import OrmQ

from exchange.home.models import Incident
from exchange.home.operations import retention, status
from exchange.home.operations.status import BACKUP, look, note_incidents
from foundation.accounts.constants import Role
from foundation.jobs.models import Attempt, Heartbeat
from foundation.jobs.services import record_heartbeat
from foundation.notifications.constants import MailState, Reason
from foundation.notifications.models import Mail, MailServer
from foundation.notifications.tasks import sweep
from tests.factories.accounts import UserFactory
from tests.factories.home import make_site
from tests.search_fixtures import Index

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def running_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status, "KEPT", -1.0)
    monkeypatch.setattr(status, "STARTED", time.monotonic() - status.SILENT - 1)


@pytest.fixture
def boss() -> Client:
    make_site()
    client = Client()
    client.force_login(UserFactory(role=Role.ADMINISTRATOR, email="boss@example.org"))
    return client


def page(client: Client) -> str:
    answer = client.get(reverse("site_status:index"))
    assert answer.status_code == 200
    return answer.content.decode()


def problem(name: str) -> tuple[str, str]:
    part = look()["parts"][name]
    return part["state"], part.get("problem", "")


def test_a_worker_is_starting_silent_slow_or_well(monkeypatch: pytest.MonkeyPatch) -> None:
    assert problem("worker") == ("down", "silent")
    monkeypatch.setattr(status, "STARTED", time.monotonic())
    assert problem("worker") == ("warning", "starting")
    note_incidents()
    assert not Incident.objects.filter(part="worker").exists()
    record_heartbeat()
    assert problem("worker") == ("ok", "")
    OrmQ.objects.create(key="exchange", payload="x", lock=timezone.now() - timedelta(seconds=900))
    assert problem("worker") == ("warning", "slow")
    assert look()["parts"]["worker"]["waiting"] == 1


def test_mail_is_judged_by_its_rows_and_its_server() -> None:
    assert problem("mail") == ("ok", "")
    row = Mail.objects.create(address="ann@example.org", next_try=timezone.now() + timedelta(hours=2))
    assert problem("mail") == ("ok", "")  # its receiver asked for later
    Mail.objects.update(next_try=timezone.now() - timedelta(seconds=400))
    assert problem("mail") == ("warning", "late")
    Mail.objects.update(reason=Reason.SENDER)
    assert problem("mail") == ("down", "refused")
    MailServer.note_away("ConnectionRefusedError")
    assert problem("mail") == ("warning", "away")
    MailServer.objects.update(away_since=timezone.now() - timedelta(hours=1))
    assert problem("mail") == ("down", "away")
    MailServer.note_answer()
    Mail.objects.filter(pk=row.pk).update(state=MailState.REFUSED, done_at=timezone.now())
    assert problem("mail") == ("ok", "")
    told = look()["parts"]["mail"]
    assert (told["waiting"], told["refused_today"], told["last_answer_seconds"]) == (0, 1, 0)


def test_since_when_is_written_once_and_ends_when_all_is_well(index: Index, settings: Any) -> None:
    settings.DEMO_CONTENT = False
    note_incidents()
    note_incidents()
    began = Incident.objects.get(part="backup").began
    assert status.since()["backup"] == began
    record_heartbeat(BACKUP)
    note_incidents()
    row = Incident.objects.get(part="backup")
    assert (row.began, row.ended is None) == (began, False)
    assert "backup" not in status.since()
    Heartbeat.objects.all().delete()
    note_incidents()
    assert Incident.objects.filter(part="backup").count() == 2
    Incident.objects.filter(pk=row.pk).update(ended=timezone.now() - timedelta(days=91))
    retention.prune()
    assert Incident.objects.filter(part="backup").get().ended is None


def test_it_says_what_is_wrong_since_when_and_what_to_do(boss: Client, settings: Any, tmp_path: Any) -> None:
    settings.SEARCH_URL, settings.INDEX_DIR = "tantivy://", tmp_path / "none"
    Mail.objects.create(address="ann@example.org", user=UserFactory(name="Wanda Private"))
    MailServer.note_away("ConnectionRefusedError")
    Attempt.objects.create(
        key="k", function="learning.tasks.complete_courses", given_up=True, error="ValueError: it broke"
    )
    note_incidents()
    told = page(boss)
    for sentence in (
        "1 part needs you. Pages are answered.",
        "Worker: It gives no sign of life.",
        "Mail: The mail server does not answer.",
        "Search index: There is no index that answers.",
        "Backups: No copy was made in the last eight days.",
        "Jobs: Some were given up.",
        "learning.tasks.complete_courses",
        "ValueError: it broke",
        "1 mail waits.",
    ):
        assert sentence in told, sentence
    assert "Since" in told
    assert reverse("failed_jobs:index") in told
    assert reverse("mail_admin:index") in told
    assert 'value="search"' in told
    assert "ann@example.org" not in told
    assert "Wanda" not in told
    facts = boss.get(reverse("site_status:json")).json()
    assert facts["state"] == "down"
    assert facts["parts"]["index"]["since"] == Incident.objects.get(part="index").began.isoformat()
    assert facts["failed_jobs"][0]["job"] == "learning.tasks.complete_courses"


def test_where_all_is_well_nothing_needs_anybody(boss: Client, index: Index) -> None:
    record_heartbeat()
    record_heartbeat(BACKUP)
    told = page(boss)
    assert "Nothing needs you today." in told
    assert "help-critical" not in told
    assert "help-warning" not in told


def test_a_demonstration_is_not_said_to_have_copies(boss: Client, settings: Any) -> None:
    settings.DEMO_CONTENT = True
    assert "There is none: a demonstration needs none." in page(boss)
    assert "The copies are as they should be." not in page(boss)
    record_heartbeat(status.BACKUP)
    assert "The copies are as they should be." in page(boss)


def test_a_search_engine_that_stays_silent_holds_no_page(
    boss: Client, settings: Any, monkeypatch: pytest.MonkeyPatch, silent_port: int
) -> None:
    monkeypatch.setattr(status, "PATIENCE", 0.3)
    settings.SEARCH_URL = f"elasticsearch://127.0.0.1:{silent_port}/quiet?tls=off&timeout=1"
    began = time.monotonic()
    assert "There is no index that answers." in page(boss)
    assert time.monotonic() - began < 5


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Takes connections and says nothing."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(20)
        yield listening.getsockname()[1]


def test_its_buttons_do_what_they_say(boss: Client, settings: Any) -> None:
    settings.JOBS_RUN_AT_ONCE = False
    settings.EMAIL_BACKEND = "foundation.notifications.backends.QueuedMail"
    url = reverse("site_status:index")
    told = boss.post(url, {"do": "mail"}, follow=True).content.decode()
    assert "on its way" in told
    assert "waits already" in boss.post(url, {"do": "mail"}, follow=True).content.decode()
    assert Mail.objects.get().address == "boss@example.org"
    assert MailServer.current().last_answer is None
    sweep()
    assert outbox.outbox[0].to == ["boss@example.org"]
    assert "the test mail that you asked for" in outbox.outbox[0].body
    assert MailServer.current().last_answer is not None
    OrmQ.objects.all().delete()
    boss.post(url, {"do": "search"})
    assert OrmQ.objects.get().task["args"][1] == "search.tasks.build_anew"
    assert "no such button" in boss.post(url, {"do": "dance"}, follow=True).content.decode()
    assert (OrmQ.objects.count(), Mail.objects.count()) == (1, 1)


def test_others_neither_see_it_nor_press_its_buttons() -> None:
    make_site()
    for role in (Role.EDITOR, Role.TRANSLATOR, Role.COORDINATOR, Role.MODERATOR):
        other = Client()
        other.force_login(UserFactory(role=role))
        for name in ("site_status:index", "site_status:json"):
            assert other.get(reverse(name)).status_code in (302, 403), (role, name)
        other.post(reverse("site_status:index"), {"do": "mail"})
        assert reverse("site_status:index") not in other.get("/admin/").content.decode()
    assert not Mail.objects.exists()
    assert not outbox.outbox


def test_the_index_is_built_anew_when_asked(index: Index) -> None:
    from search.api import status as of_search
    from search.tasks import build_anew

    before = of_search().engine
    build_anew()
    after = of_search().engine
    assert before is not None
    assert after is not None
    assert before.generation != after.generation
