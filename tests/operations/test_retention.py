"""What is forgotten at night goes when it is due, and nothing beside it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from exchange.home.operations import retention
from foundation.accounts.models import User
from foundation.jobs.models import Attempt
from foundation.notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.learning import make_module

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def ago(days: float) -> object:
    return NOW - timedelta(days=days)


def pruned() -> dict[str, int | None]:
    return {rule.what: number for rule, number in retention.prune(NOW) if number != 0}


def signed_up(days: float, **fields) -> User:
    user = UserFactory(date_joined=ago(days), **fields)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    return user


def test_an_account_that_was_never_confirmed_goes_after_a_month_and_no_other():
    signed_up(31)
    kept = [
        signed_up(29),
        signed_up(90, last_login=ago(80)),
        signed_up(90, is_staff=True),
        UserFactory(date_joined=ago(90)),  # made by an administrator
    ]
    confirmed = signed_up(90)
    EmailAddress.objects.create(user=confirmed, email="second@test.example", verified=True)
    assert pruned() == {"accounts whose address was never confirmed": 1}
    assert set(User.objects.all()) >= {*kept, confirmed}


def test_rows_go_when_their_time_is_over():
    user = UserFactory()
    rows = {
        "sessions that have ended": (
            Session.objects.create(session_key="old", expire_date=ago(1)),
            Session.objects.create(session_key="new", expire_date=ago(-1)),
        ),
        "notifications that were read": (
            Notification.objects.create(user=user, kind="x", key="1", read_at=ago(181)),
            Notification.objects.create(user=user, kind="y", key="2", read_at=ago(179)),
        ),
        "attempts at jobs": (Attempt.objects.create(key="old"), Attempt.objects.create(key="new")),
    }
    unread = Notification.objects.create(user=user, kind="z", key="3")
    Notification.objects.update(created=ago(400))
    Attempt.objects.filter(key="old").update(updated=ago(61))
    assert pruned() == dict.fromkeys(rows, 1)
    for old, new in rows.values():
        assert not type(old).objects.filter(pk=old.pk).exists()
        assert type(new).objects.filter(pk=new.pk).exists()
    assert Notification.objects.filter(pk=unread.pk).exists()


def test_of_a_page_its_old_versions_go_and_the_newest_stays():
    page = make_module()
    page.save_revision()
    newest = page.save_revision()
    Revision.objects.update(created_at=ago(400))
    before = Revision.objects.for_instance(page).count()
    page.refresh_from_db()
    assert pruned()["old versions of pages and other content"] >= 1
    left = set(Revision.objects.for_instance(page))
    assert newest in left
    assert len(left) < before
    PageLogEntry.objects.update(timestamp=ago(1096))
    assert pruned()["the log of what editors did with pages"] >= 1


def test_one_rule_that_fails_holds_up_no_other(monkeypatch, capsys):
    def fail(before):
        raise RuntimeError

    broken = retention.Rule("broken", 1, "", fail)
    monkeypatch.setattr(retention, "RULES", (broken, *retention.RULES))
    Session.objects.create(session_key="old", expire_date=ago(1))
    with pytest.raises(SystemExit):
        call_command("prune")
    told = capsys.readouterr().out
    assert "failed  broken" in told
    assert "       1  sessions that have ended" in told
