"""Mail that comes back, as servers write it: what it means for the address, and who may say it."""

from __future__ import annotations

import io
import re
import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as outbox
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.constants import Role
from foundation.notifications import registry
from foundation.notifications.bounces import Kind, parsed, read, take_in
from foundation.notifications.constants import MailState, Reason
from foundation.notifications.models import Delivery, Mail, Notification, Preference, Recipient
from foundation.notifications.recipients import mail_of, return_path
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "jonas@example.net"
NO_SUCH = (b"5.2.2", b"5.1.1")


@pytest.fixture(autouse=True)
def path(settings):
    settings.MAIL_RETURN_PATH = "bounce@exchange.example.org"


@pytest.fixture
def case(shared_data):
    """A mail of the field, by its name."""

    def found(name):
        file = shared_data / "field-cases" / "round-2" / f"{name}.eml"
        if not file.exists():
            pytest.skip(f"{file} is not here")
        return file.read_bytes()

    return found


@pytest.fixture
def jonas():
    user = UserFactory(email=ADDRESS)
    EmailAddress.objects.update_or_create(
        user=user, email=ADDRESS, defaults={"verified": True, "primary": True}
    )
    return user


def sent(user, **fields):
    return Mail.objects.create(user=user, address=user.email, state=MailState.SENT, **fields)


@pytest.mark.parametrize(
    ("name", "kind", "status"),
    [
        ("bounce-full", Kind.FAILED, "5.2.2"),
        ("bounce-delayed", Kind.DELAYED, ""),
        ("away-exchange", Kind.AUTOMATIC, ""),
        ("complaint", Kind.COMPLAINT, ""),
        ("reply-outlook-german", Kind.PERSON, ""),
        ("reply-html-only-arabic", Kind.PERSON, ""),
    ],
)
def test_what_came_in(case, name, kind, status):
    reading = read(parsed(case(name)))
    assert (reading.kind, reading.status) == (kind, status)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Auto-Submitted: auto-replied", Kind.AUTOMATIC),
        ("Auto-Submitted: no", Kind.PERSON),
        ("Precedence: bulk", Kind.AUTOMATIC),
        (
            "X-Auto-Response-Suppress: All\nReturn-Path: <jonas@example.net>\nSubject: Re: Thursday",
            Kind.PERSON,
        ),
        ("X-Auto-Response-Suppress: All\nSubject: =?utf-8?B?2LHYryDYqtmE2YLYp9im2Yo6?= x", Kind.AUTOMATIC),
        ("Subject: Away in the mountains, and an idea", Kind.PERSON),
        ("Content-Type: multipart/report; report-type=delivery-status; boundary=x", Kind.PERSON),
        ("Subject: =?no-such-charset?B?////?=\nContent-Type: multipart/mixed", Kind.PERSON),
    ],
)
def test_a_machines_answer_is_known_by_what_it_says_of_itself(head, kind):
    assert read(parsed(f"From: a@b.example\n{head}\n\nWords".encode())).kind == kind


def test_a_full_mailbox_stops_nothing_until_it_was_full_for_weeks(case, jonas):
    mail = sent(jonas)
    assert take_in(case("bounce-full"), receiver=return_path(mail)) == Kind.FAILED
    take_in(case("bounce-full"), receiver=return_path(mail))
    known = Recipient.objects.get(address=ADDRESS)
    assert (known.reason, known.count, known.stopped_at) == (Reason.FULL, 1, None)
    for _week in range(4):
        Recipient.objects.update(first_at=Recipient.objects.get().first_at - timedelta(days=7))
        take_in(case("bounce-full"), receiver=return_path(sent(jonas)))
    assert Recipient.objects.get().stopped_at is not None
    # They are told in the site, since by mail they cannot be.
    assert Notification.objects.get(user=jonas).kind == "mail_stopped"
    assert not Notification.objects.filter(mail_due=True).exists()


@pytest.mark.parametrize(
    ("status", "reason", "stops"),
    [
        (b"5.1.1", Reason.ADDRESS, True),
        (b"5.7.1", Reason.POLICY, False),
        (b"5.6.1", Reason.POLICY, False),
        (b"4.4.7", Reason.UNREACHABLE, False),
        (b"", Reason.UNCLEAR, False),
    ],
)
def test_only_what_says_that_there_is_no_mailbox_stops_an_address_at_once(case, jonas, status, reason, stops):
    raw = re.sub(rb"Status: 5.2.2", b"Status: " + status, case("bounce-full"))
    for _time in range(9):
        take_in(raw, receiver=return_path(sent(jonas)))
    known = Recipient.objects.get()
    assert (known.reason, known.stopped_at is not None) == (reason, stops)


@pytest.mark.parametrize("name", ["bounce-delayed", "away-exchange", "reply-outlook-german"])
def test_what_is_no_failure_changes_nothing(case, jonas, name):
    mail = sent(jonas)
    take_in(case(name), receiver=return_path(mail))
    assert not Recipient.objects.exists()
    assert not Notification.objects.exists()
    mail.refresh_from_db()
    assert not mail.returned


@pytest.mark.parametrize(
    "receiver",
    [
        "",
        "bounce@exchange.example.org",
        "bounce+{pk}@exchange.example.org",
        "bounce+{pk}.00000000000000000000@exchange.example.org",
        "bounce+{pk}.@exchange.example.org",
        "bounce+²3.a@exchange.example.org",
        "bounce+99999999999999999999.a@exchange.example.org",
        "\x00@",
    ],
)
def test_nobody_says_of_anothers_mail_that_it_came_back(case, jonas, receiver):
    raw = case("bounce-full").replace(b"5.2.2", b"5.1.1")
    mail = sent(jonas)
    assert take_in(raw, receiver=receiver.format(pk=mail.pk)) is None
    assert not Recipient.objects.exists()
    # The signature of one mail is none for another.
    other = return_path(sent(UserFactory())).replace(f"+{mail.pk + 1}.", f"+{mail.pk}.")
    assert mail_of(other) in (None, Mail.objects.last())


def test_the_return_path_is_found_in_the_head_and_in_capitals(case, jonas):
    mail = sent(jonas)
    raw = case("bounce-full").replace(
        b"bounce+7f3a9c@exchange.example.org", return_path(mail).upper().encode()
    )
    assert take_in(raw) == Kind.FAILED


def test_a_complaint_ends_news_and_reminders_and_not_what_keeps_an_account_safe(case, jonas):
    mail = sent(jonas)
    raw = case("complaint").replace(b"digest-8", mail.mark.encode())
    take_in(raw)
    take_in(raw)
    chosen = dict(Preference.objects.filter(user=jonas).values_list("group", "delivery"))
    assert chosen == dict.fromkeys(registry.GROUPS, Delivery.SITE)
    assert [row.kind for row in Notification.objects.filter(user=jonas)] == ["mail_complaint"]
    assert Recipient.objects.get().stopped_at is None


def test_a_complaint_is_believed_by_the_stop_link_too_or_from_a_feedback_loop(case, jonas):
    raw = case("complaint")
    assert take_in(raw) is None  # anybody could have written it
    assert not Preference.objects.exists()
    token = Preference.objects.create(user=jonas, group="reports").token
    assert take_in(raw.replace(b"/u/abc", f"/en/notifications/stop/{token}/".encode())) == Kind.COMPLAINT
    Preference.objects.all().delete()
    assert take_in(raw, trusted=True) == Kind.COMPLAINT
    assert Preference.objects.filter(user=jonas, delivery=Delivery.SITE).exists()


def test_the_command_reads_what_the_mail_server_pipes(case, jonas, monkeypatch):
    mail = sent(jonas)
    raw = case("bounce-full").replace(b"5.2.2", b"5.1.1")
    for text, said in (
        (raw, "failed"),
        (b"\xff\x00 no mail at all", "about no mail of ours"),
        (b"", "about no mail"),
    ):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(text)))
        out = io.StringIO()
        receiver = return_path(mail) if text is raw else ""
        call_command("read_returned_mail", "--to", receiver, stdout=out)
        assert out.getvalue().startswith(said)
    assert Recipient.objects.get().stopped_at is not None


def test_its_owner_reads_why_and_says_when_it_works_again(jonas, client):
    other = UserFactory()
    for user in (jonas, other):
        Recipient.objects.create(
            address=user.email.lower(), reason=Reason.ADDRESS, stopped_at=timezone.now(), count=1
        )
    client.force_login(jonas)
    page = client.get(reverse("accounts:account")).content.decode()
    assert "There is no such mailbox." in page
    assert other.email not in page
    again = reverse("notifications:try_address_again")
    client.post(again, {"address": other.email})
    assert Recipient.objects.count() == 2
    for _twice in range(2):
        assert client.post(again, {"address": ADDRESS}).status_code == 302
    assert [row.address for row in Recipient.objects.all()] == [other.email.lower()]
    assert "There is no such mailbox." not in client.get(reverse("accounts:account")).content.decode()


def test_an_administrator_reads_it_in_words_and_nobody_else(jonas, client):
    Recipient.objects.create(address=ADDRESS, reason=Reason.FULL, count=3)
    Mail.objects.create(
        address="gone@mails.example",
        purpose="account/email/password_reset_key",
        state=MailState.REFUSED,
        reason=Reason.ADDRESS,
        content={"body": "https://secret.example"},
    )
    address = reverse("mail_admin:index")
    for role in (None, Role.EDITOR, Role.COORDINATOR):
        client.force_login(UserFactory(role=role))
        page = client.get(address)
        assert page.status_code in (302, 403)
        assert ADDRESS not in page.content.decode()
    client.force_login(UserFactory(role=Role.ADMINISTRATOR))
    page = client.get(address).content.decode()
    for words in (ADDRESS, "The mailbox is full.", "gone@mails.example", "There is no such mailbox."):
        assert words in page
    assert "secret.example" not in page
    assert outbox.outbox == []
