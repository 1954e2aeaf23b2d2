"""Mail servers as they are: silent, slow, gone, choosy. Nobody's writes wait for them, nothing is mailed twice."""

from __future__ import annotations

import json
import socket
import sqlite3
import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import Group
from django.core.mail import EmailMultiAlternatives, mail_admins
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django_q.models import OrmQ
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from foundation.accounts.models import User
from foundation.notifications import registry, tasks
from foundation.notifications.constants import CLAIM_LASTS, MailState, Reason
from foundation.notifications.models import Delivery, Mail, MailServer, Notification, Preference, Recipient
from foundation.notifications.services import notify
from foundation.notifications.smtp import judge
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.home import make_site
from tests.mail_servers import Silent, Taking, mail_server
from tests.outside import CalledInTransaction

pytestmark = pytest.mark.django_db
# Threads of their own, or what follows a commit.
committed = pytest.mark.django_db(transaction=True)
KIND = registry.Kind("test.asked", "test", _("%(name)s asks you"), _("About %(title)s."))
SAFETY = registry.Kind("test.safety", "test", "Safety", "Read this.", always_mail=True)
SECRET = "https://site.example/reset/9f8e7d/"


@pytest.fixture(autouse=True)
def declared(monkeypatch, settings):
    for kind in (KIND, SAFETY):
        monkeypatch.setitem(registry.KINDS, kind.name, kind)
    monkeypatch.setitem(registry.GROUPS, "test", "Tests")
    settings.EMAIL_BACKEND = "foundation.notifications.backends.QueuedMail"
    settings.MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 20
    settings.JOBS_RUN_AT_ONCE = False


@pytest.fixture
def row():
    return notify(UserFactory(name="Salma Benali"), KIND.name, {"name": "Noor", "title": "maps"}, key="one")


@pytest.fixture
def server(settings):
    """One that takes everything."""
    with mail_server(Taking) as found:
        found.go_on.set()
        settings.EMAIL_PORT = found.port
        yield found


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


def write(*addresses, subject="Your link", body=f"Go to {SECRET}"):
    """A mail of an account page to each address, as rows that wait."""
    for address in addresses:
        EmailMultiAlternatives(subject, body, to=[address]).send()
    return list(Mail.objects.filter(address__in=addresses).order_by("pk"))


def later(**kwargs):
    """Time passes: whatever waits, or rests, has waited so much longer."""
    span = timedelta(**kwargs)
    for mail in Mail.objects.all():
        fields = {"next_try": mail.next_try - span, "created": mail.created - span}
        if mail.claimed_at:
            fields["claimed_at"] = mail.claimed_at - span
        Mail.objects.filter(pk=mail.pk).update(**fields)
    for row in Notification.objects.all():
        Notification.objects.filter(pk=row.pk).update(created=row.created - span)
    for known in MailServer.objects.exclude(next_try=None):
        MailServer.objects.filter(pk=known.pk).update(next_try=known.next_try - span)
    for known in Recipient.objects.all():
        spans = {"first_at": known.first_at - span, "last_at": known.last_at - span}
        Recipient.objects.filter(pk=known.pk).update(**spans)


@committed
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
    assert (row.mailed_at, row.mail.state, row.mail.attempts) == (None, MailState.WAITING, 0)


def test_a_server_that_says_nothing_is_waited_for_no_longer_than_the_time_out(row, settings):
    settings.EMAIL_TIMEOUT = 1
    with mail_server(Silent) as server:
        settings.EMAIL_PORT = server.port
        tasks.mail(row.pk)
        server.reached.clear()
        # And then not asked again for a while: other jobs have only this worker.
        write("a@mails.example")
        tasks.send(Mail.objects.last().pk)
        tasks.sweep()
        assert not server.reached.is_set()


def test_a_server_that_is_away_for_a_day_is_caught_up_with(row, settings):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = nobody.getsockname()[1]
        tasks.mail(row.pk)
        write("a@mails.example", "b@mails.example")
        for _hour in range(26):
            later(hours=1)
            tasks.sweep()
    assert MailServer.current().tries == 27
    # Ten minutes at most after it is back.
    later(minutes=10)
    with mail_server(Taking) as server:
        server.go_on.set()
        settings.EMAIL_PORT = server.port
        tasks.sweep()
        tasks.sweep()
        assert sorted(mail.receiver for mail in server.mails) == sorted(
            ["a@mails.example", "b@mails.example", row.user.email]
        )
    row.refresh_from_db()
    assert row.mailed_at is not None
    assert set(Mail.objects.values_list("state", flat=True)) == {MailState.SENT}
    assert MailServer.current().away_since is None


@committed
def test_two_workers_mail_once(row, settings):
    with mail_server(Taking) as server:
        settings.EMAIL_PORT = server.port
        with beside(tasks.mail, row.pk):
            assert server.reached.wait(20)
            tasks.mail(row.pk)
            tasks.send(Mail.objects.get().pk)
            tasks.sweep()
            server.go_on.set()
        assert len(server.taken) == 1


def test_a_claim_whose_worker_died_before_the_text_lapses(server):
    [mail] = write("a@mails.example")
    assert Mail.objects.claim(mail.pk) is not None
    tasks.sweep()
    assert server.taken == []
    later(seconds=CLAIM_LASTS.total_seconds() + 1)
    tasks.sweep()
    assert len(server.taken) == 1


def test_where_the_worker_died_after_the_text_a_notification_is_not_mailed_again(row, server):
    tasks.put_in_a_mail(row.user, [row.pk])
    claimed = Mail.objects.claim(Mail.objects.get().pk)
    assert claimed.begin_handing_over()
    later(days=1)
    tasks.sweep()
    assert server.taken == []
    assert Mail.objects.get().state == MailState.UNSURE


@pytest.mark.parametrize(("important", "copies"), [(True, 2), (False, 1)])
def test_a_connection_that_breaks_after_the_text(row, server, important, copies):
    """A link that somebody waits for is sent once more, with the name by which a server knows that it has it."""
    server.answers = {".": ""}
    if important:
        Notification.objects.update(mail_due=False)
        write("a@mails.example")
        tasks.sweep()
    else:
        tasks.mail(row.pk)
    for _hour in range(4):
        later(hours=1)
        tasks.sweep()
    assert len(server.mails) == copies
    assert len({mail.message["Message-ID"] for mail in server.mails}) == 1
    assert (Mail.objects.get().state, Mail.objects.get().content) == (MailState.UNSURE, {})


@pytest.mark.parametrize("asked", ["MAIL", "RCPT", "DATA"])
def test_a_connection_that_breaks_before_the_text_loses_and_doubles_nothing(server, asked):
    server.answers = {asked: ""}
    write("a@mails.example")
    tasks.sweep()
    assert Mail.objects.get().state == MailState.WAITING
    server.answers = {}
    later(minutes=1)
    tasks.sweep()
    tasks.sweep()
    assert len(server.mails) == 1


def test_one_refused_address_holds_back_nobody(server):
    server.answers = {"RCPT TO:<gone@": "550 5.1.1 no such user gone@mails.example"}
    message = EmailMultiAlternatives("To all", "Text", to=["a@mails.example", "gone@mails.example", "ü ü@@"])
    message.cc = ["b@mails.example"]
    message.send()
    tasks.sweep()
    assert [mail.receiver for mail in server.mails] == ["a@mails.example", "b@mails.example"]
    # Nobody reads another's address.
    assert [mail.message["To"] for mail in server.mails] == ["a@mails.example", "b@mails.example"]
    refused = Mail.objects.get(address="gone@mails.example")
    assert (refused.state, refused.reason, refused.status) == (MailState.REFUSED, Reason.ADDRESS, "5.1.1")
    assert Mail.objects.get(address="ü ü@@").reason == Reason.UNWRITTEN
    assert MailServer.current().away_since is None
    assert Recipient.objects.get().stopped_at is not None


def test_a_temporary_refusal_is_tried_again_and_in_the_end_given_up(server):
    server.answers = {"RCPT": "451 4.7.1 greylisted, come back later"}
    [mail] = write("a@mails.example")
    tasks.sweep()
    tasks.sweep()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.reason) == (MailState.WAITING, 1, Reason.LATER)
    server.answers = {}
    later(minutes=3)
    tasks.sweep()
    assert len(server.mails) == 1
    server.answers = {"RCPT": "451 4.3.0 never"}
    write("b@mails.example")
    for _half_day in range(12):
        tasks.sweep()
        later(hours=12)
    given_up = Mail.objects.get(address="b@mails.example")
    assert (given_up.state, given_up.content) == (MailState.REFUSED, {})
    assert 5 < given_up.attempts < 15
    assert not Recipient.objects.exists()


def test_a_server_that_closes_down_is_no_refusal(server):
    server.answers = {"RCPT": "421 4.3.2 closing"}
    write("a@mails.example")
    tasks.sweep()
    mail = Mail.objects.get()
    assert (mail.state, mail.attempts) == (MailState.WAITING, 0)
    assert MailServer.current().problem == "421"


@pytest.mark.parametrize(
    ("code", "status", "reason", "final"),
    [
        (550, "5.1.1", Reason.ADDRESS, True),
        (550, "5.2.1", Reason.ADDRESS, True),
        (552, "5.2.2", Reason.FULL, False),
        (552, "552", Reason.FULL, False),
        (452, "4.2.2", Reason.FULL, False),
        (550, "5.7.1", Reason.POLICY, False),
        (554, "5.6.0", Reason.POLICY, True),
        (550, "5.1.8", Reason.SENDER, False),
        (550, "550", Reason.UNCLEAR, True),
        (450, "4.2.0", Reason.LATER, False),
        (0, "4.4.7", Reason.UNREACHABLE, False),
    ],
)
def test_what_a_refusal_means(code, status, reason, final):
    assert judge(code, status) == (reason, final)


def test_neither_a_full_mailbox_nor_a_policy_stops_an_address_until_it_was_full_for_weeks(server):
    for said in ("550 5.7.1 blocked", "554 5.7.1 spam", "552 5.2.2 full"):
        server.answers = {"RCPT": said}
        write("a@mails.example")
        for _try in range(14):
            tasks.sweep()
            later(hours=12)
        assert not Recipient.objects.exclude(stopped_at=None).exists()
    for _week in range(5):
        write("a@mails.example")
        for _try in range(14):
            tasks.sweep()
            later(hours=12)
    assert Recipient.objects.get().stopped_at is not None


def test_an_address_that_stopped_gets_only_what_its_owner_asks_for(row, server):
    Recipient.objects.create(
        address=row.user.email.lower(), reason=Reason.ADDRESS, stopped_at=timezone.now(), count=1
    )
    tasks.mail(row.pk)
    assert (server.mails, Mail.objects.count()) == ([], 0)
    notify(row.user, SAFETY.name, key="safety")
    write(row.user.email)
    later(minutes=11)
    tasks.sweep()
    assert sorted(mail.message["Subject"] for mail in server.mails) == ["Safety", "Your link"]


@committed
def test_the_digest_goes_the_same_way(row, settings):
    Preference.objects.create(user=row.user, group="test", delivery=Delivery.DAILY)
    with mail_server(Silent) as silent:
        settings.EMAIL_PORT = silent.port
        with beside(tasks.digest_of, row.user_id) as mailing:
            assert silent.reached.wait(20)
            User.objects.filter(pk=row.user_id).update(name="Salma B.")
            assert mailing.is_alive()
            silent.go_on.set()
    with mail_server(Taking) as server:
        server.go_on.set()
        settings.EMAIL_PORT = server.port
        tasks.digest_of(row.user_id)
        later(minutes=1)
        tasks.sweep()
        tasks.digest_of(row.user_id)
        assert len(server.taken) == 1


def test_what_is_no_longer_wanted_is_not_sent(row, server):
    tasks.put_in_a_mail(row.user, [row.pk])
    Preference.objects.create(user=row.user, group="test", delivery=Delivery.SITE)
    message = EmailMultiAlternatives("Your code", "123 456", to=["a@mails.example"])
    message.until = timezone.now() - timedelta(seconds=1)
    message.send()
    tasks.sweep()
    assert server.mails == []
    assert list(Mail.objects.order_by("pk").values_list("state", "reason")) == [
        (MailState.DROPPED, ""),
        (MailState.DROPPED, Reason.TOO_LATE),
    ]


def test_a_name_that_left_while_a_mail_waited_is_not_in_it(row, server):
    tasks.put_in_a_mail(row.user, [row.pk])
    Notification.objects.update(context={"name": "", "title": "maps"})
    tasks.sweep()
    assert "Noor" not in server.taken[0]
    assert "A former member asks you" in server.taken[0]


@committed
def test_what_other_parts_send_inside_a_transaction_is_kept_with_it(server):
    message = EmailMultiAlternatives(
        "Please look", "Déjà vu\n.\n..dots", to=["a@b.example"], reply_to=["r@b.example"]
    )
    message.attach_alternative("<p>Déjà vu</p>", "text/html")
    message.attach("notes.txt", "some notes", "text/plain")
    message.attach("picture.png", b"\x89PNG\xff\x00", "image/png")
    with transaction.atomic():
        message.send()
        assert server.taken == []
    [job] = OrmQ.objects.all()
    with transaction.atomic():
        message.send()
        transaction.set_rollback(True)
    assert (OrmQ.objects.count(), Mail.objects.count()) == (1, 1)
    _key, function, arguments, keywords = job.task["args"]
    assert arguments == (Mail.objects.get().pk,)
    import_string(function)(*arguments, **keywords)
    [taken] = server.mails
    read = taken.message
    assert (read["Subject"], read["To"], read["Reply-To"]) == ("Please look", "a@b.example", "r@b.example")
    assert read["Auto-Submitted"] == "auto-generated"
    assert read.get_body(("plain",)).get_content().splitlines() == ["Déjà vu", ".", "..dots"]
    assert "Déjà vu" in read.get_body(("html",)).get_content()
    assert [part.get_content() for part in read.iter_attachments()] == ["some notes", b"\x89PNG\xff\x00"]


@committed
def test_no_words_of_a_mail_are_left_once_it_is_sent(server, caplog):
    """Not in the row, nor in the queue, nor in what is left of the row on the disk."""
    write("a@mails.example")
    assert SECRET in json.dumps(Mail.objects.get().content)
    queued = [job.task for job in OrmQ.objects.all()]
    tasks.sweep()
    assert SECRET in server.taken[0]
    mail = Mail.objects.get()
    assert (mail.state, mail.content) == (MailState.SENT, {})
    assert SECRET not in repr(queued)
    assert SECRET not in caplog.text
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        copy = sqlite3.connect(":memory:")
        with sqlite3.connect(django_settings.DATABASES["default"]["NAME"]) as source:
            source.backup(copy)
        assert SECRET.encode() not in copy.serialize()


def test_the_log_names_no_address(server, caplog):
    server.answers = {"RCPT TO:<gone@": "550 5.1.1 no such user gone@mails.example", "RCPT TO:<b@": ""}
    write("gone@mails.example", "ü ü@@", "b@mails.example")
    with caplog.at_level("INFO"):
        tasks.sweep()
    assert "mails.example" not in caplog.text
    assert "@@" not in caplog.text
    assert "does not answer" in caplog.text


def test_signing_up_and_resetting_wait_for_no_mail_server(settings, client):
    with mail_server(Silent) as server:
        settings.EMAIL_PORT = server.port
        data = {"name": "Salma", "email": "s@mails.example", "password1": PASSWORD, "password2": PASSWORD}
        assert client.post(reverse("account_signup"), data).status_code == 302
        client.logout()
        data = {"email": UserFactory().email}
        assert client.post(reverse("account_reset_password"), data).status_code == 302
        mail_admins("An error", "A trace")
        assert not server.reached.is_set()
    assert Mail.objects.filter(state=MailState.WAITING).count() == 2


@committed
def test_a_queue_that_cannot_be_reached_fails_no_page(settings, monkeypatch, server):
    def gone(*args, **kwargs):
        raise ConnectionError("no queue")

    monkeypatch.setattr("django_q.tasks.async_task", gone)
    write("a@mails.example")
    tasks.sweep()
    assert len(server.mails) == 1


def test_old_rows_are_forgotten(server):
    write("a@mails.example")
    tasks.sweep()
    tasks.purge()
    assert Mail.objects.count() == 1
    Mail.objects.update(done_at=timezone.now() - timedelta(days=31))
    tasks.purge()
    assert not Mail.objects.exists()


def test_what_was_queued_before_the_upgrade_is_sent(server):
    fields = {"subject": "Old", "body": "b", "from_email": "x@y.example", "to": ["a@mails.example"]}
    fields |= {"cc": [], "bcc": [], "reply_to": [], "headers": {}, "alternatives": []}
    tasks.send_queued({**fields, "attachments": [("n.txt", "n", "text/plain")]})
    tasks.sweep()
    assert server.mails[0].message["Subject"] == "Old"


def test_handing_a_page_in_for_review_calls_no_mail_server(settings, client):
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
