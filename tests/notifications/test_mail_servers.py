"""Mail servers as they are: silent, slow, gone. Nobody's writes wait for them, and nothing is mailed twice."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django_q.models import OrmQ
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from foundation.accounts.models import User
from foundation.notifications import registry, tasks
from foundation.notifications.models import CLAIM_LASTS, Delivery, Notification, Preference
from foundation.notifications.services import notify
from tests.factories.accounts import UserFactory
from tests.factories.home import make_site
from tests.mail_servers import Silent, Taking, mail_server
from tests.outside import CalledInTransaction

pytestmark = pytest.mark.django_db(transaction=True)
KIND = registry.Kind("test.asked", "test", _("%(name)s asks you"), _("About %(title)s."))


@pytest.fixture(autouse=True)
def declared(monkeypatch, settings):
    monkeypatch.setitem(registry.KINDS, KIND.name, KIND)
    monkeypatch.setitem(registry.GROUPS, "test", "Tests")
    settings.MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 20
    settings.JOBS_RUN_AT_ONCE = False
    cache.delete(tasks.RESTS)
    yield
    cache.delete(tasks.RESTS)


@pytest.fixture
def row():
    return notify(UserFactory(name="Salma Benali"), KIND.name, {"name": "Noor", "title": "maps"}, key="one")


@contextmanager
def beside(function, *args):
    """Runs it in a thread of its own until the block ends."""

    def run():
        try:
            function(*args)
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    raised = []
    thread = threading.Thread(target=run)
    thread.start()
    yield thread
    thread.join(30)
    assert not thread.is_alive()
    assert raised == []


def test_a_silent_mail_server_stops_nobodys_writes(row, settings):
    with mail_server(Silent) as server:
        settings.EMAIL_PORT = server.port
        with beside(tasks.mail, row.pk) as mailing:
            assert server.reached.wait(20)
            with transaction.atomic():
                User.objects.filter(pk=row.user_id).update(name="Salma B.")
                Notification.objects.filter(pk=row.pk).update(read_at=timezone.now())
            assert mailing.is_alive(), "the write waited for the mail server"
            server.go_on.set()
    row.refresh_from_db()
    assert (row.mailed_at, row.mail_due, row.claimed_at) == (None, True, None)


def test_a_server_that_says_nothing_is_waited_for_no_longer_than_the_time_out(row, settings):
    settings.EMAIL_TIMEOUT = 1
    with mail_server(Silent) as server:
        settings.EMAIL_PORT = server.port
        tasks.mail(row.pk)
        server.reached.clear()
        # And then not asked again for a while: other jobs have only this worker.
        tasks.mail(row.pk)
        tasks.sweep()
        assert not server.reached.is_set()


def test_what_waited_for_the_server_is_mailed_once_it_is_back(row, settings):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = nobody.getsockname()[1]
        tasks.mail(row.pk)
    cache.delete(tasks.RESTS)
    Notification.objects.update(created=timezone.now() - CLAIM_LASTS * 2)
    with mail_server(Taking) as server:
        server.go_on.set()
        settings.EMAIL_PORT = server.port
        tasks.sweep()
        tasks.sweep()
        assert ["Noor asks you" in message for message in server.taken] == [True]
    row.refresh_from_db()
    assert row.mailed_at is not None


def test_two_workers_mail_once(row, settings):
    with mail_server(Taking) as server:
        settings.EMAIL_PORT = server.port
        with beside(tasks.mail, row.pk):
            assert server.reached.wait(20)
            tasks.mail(row.pk)
            tasks.sweep()
            server.go_on.set()
        assert len(server.taken) == 1


def test_a_claim_whose_worker_died_lapses(row, settings):
    assert Notification.objects.claim([row.pk]).count() == 1
    with mail_server(Taking) as server:
        server.go_on.set()
        settings.EMAIL_PORT = server.port
        tasks.mail(row.pk)
        assert server.taken == []
        Notification.objects.update(claimed_at=timezone.now() - CLAIM_LASTS * 2)
        tasks.mail(row.pk)
        assert len(server.taken) == 1


def test_the_digest_goes_the_same_way(row, settings):
    Preference.objects.create(user=row.user, group="test", delivery=Delivery.DAILY)
    with mail_server(Silent) as silent:
        settings.EMAIL_PORT = silent.port

        def rests():
            with pytest.raises(tasks.MailRests):
                tasks.digest_of(row.user_id)

        with beside(rests) as mailing:
            assert silent.reached.wait(20)
            User.objects.filter(pk=row.user_id).update(name="Salma B.")
            assert mailing.is_alive()
            silent.go_on.set()
    cache.delete(tasks.RESTS)
    with mail_server(Taking) as server:
        server.go_on.set()
        settings.EMAIL_PORT = server.port
        tasks.digest_of(row.user_id)
        tasks.digest_of(row.user_id)
        assert len(server.taken) == 1


def test_what_other_parts_send_inside_a_transaction_is_queued_with_it(settings):
    settings.EMAIL_BACKEND = "foundation.notifications.backends.QueuedMail"
    settings.EMAIL_TIMEOUT = 1
    message = EmailMultiAlternatives(
        "Please look", "Déjà vu", to=["a@b.example"], headers={"Auto-Submitted": "auto-generated"}
    )
    message.attach_alternative("<p>Déjà vu</p>", "text/html")
    message.attach("notes.txt", "some notes", "text/plain")
    with mail_server(Taking) as server:
        server.go_on.set()
        settings.EMAIL_PORT = server.port
        with transaction.atomic():
            message.send()
            assert server.taken == []
        [job] = OrmQ.objects.all()
        with transaction.atomic():
            message.send()
            transaction.set_rollback(True)
        assert OrmQ.objects.count() == 1
        _key, function, arguments, keywords = job.task["args"]
        import_string(function)(*arguments, **keywords)
        [text] = server.taken
    for part in ("Subject: Please look", "To: a@b.example", "Auto-Submitted: auto-generated", "notes.txt"):
        assert part in text
    assert text.count("Content-Type: text/html") == 1
    with mail_server(Silent) as server:
        settings.EMAIL_PORT = server.port
        with pytest.raises(tasks.MailRests):
            import_string(function)(*arguments, **keywords)


def test_handing_a_page_in_for_review_calls_no_mail_server(settings, client):
    settings.EMAIL_BACKEND = "foundation.notifications.backends.QueuedMail"
    page = make_site()["en"]
    group = Group.objects.get(name="Editors")
    group.user_set.add(UserFactory(email="reviewer@example.org", is_staff=True))
    workflow = Workflow.objects.create(name="Review")
    task = GroupApprovalTask.objects.create(name="Look")
    task.groups.add(group)
    WorkflowTask.objects.create(workflow=workflow, task=task)
    page.save_revision()
    with mail_server(Silent) as server:
        settings.EMAIL_PORT = server.port
        workflow.start(page, UserFactory())
        assert not server.reached.is_set()


def test_every_call_to_the_outside_has_a_time_out(settings):
    from allauth.socialaccount.adapter import get_adapter

    from exchange.settings import base
    from search.engines.elastic.config import address_of

    assert 0 < base.EMAIL_TIMEOUT <= 30
    assert base.WAGTAILEMBEDS_FINDERS == []
    with get_adapter().get_requests_session() as session:
        assert 0 < session.request.keywords["timeout"] <= 30
    assert 0 < address_of("elasticsearch://127.0.0.1:9200/x?tls=off").timeout <= 30


@pytest.mark.parametrize("call", ["connect", "getaddrinfo"])
def test_the_guard_sees_a_call_inside_a_transaction(call):
    with socket.socket() as nobody, transaction.atomic():
        calls = {
            "connect": lambda: nobody.connect(("127.0.0.1", 9)),
            "getaddrinfo": lambda: socket.getaddrinfo("localhost", 80),
        }
        with pytest.raises(CalledInTransaction):
            calls[call]()
