"""What is forgotten by itself, and when: one table, gone through every night."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django_q.models import Task
from wagtail.management.commands.purge_revisions import purge_revisions
from wagtail.models import ModelLogEntry, PageLogEntry

from exchange.home.models import Incident
from foundation.accounts.models import User
from foundation.jobs.models import Attempt
from foundation.notifications.models import Notification

logger = logging.getLogger(__name__)
AT_ONCE = 500  # accounts and rows of one statement, so that no lock is held for long


@dataclass(frozen=True)
class Rule:
    """One kind of thing: after how many days it goes, and how. `forget` answers how many went."""

    what: str
    days: int
    why: str
    forget: Callable[[datetime], int]


def prune(now: datetime | None = None) -> list[tuple[Rule, int | None]]:
    """Forgets what is due. Answers each rule with how many went; None where it failed, which keeps no other back."""
    moment = now or timezone.now()
    done: list[tuple[Rule, int | None]] = []
    for rule in RULES:
        try:
            done.append((rule, rule.forget(moment - timedelta(days=rule.days))))
        except Exception:
            logger.exception("Not forgotten: %s", rule.what)
            done.append((rule, None))
    return done


def report(done: list[tuple[Rule, int | None]]) -> str:
    """A line for each rule."""
    return "\n".join(
        f"{'failed' if number is None else number:>8}  {rule.what}, after {rule.days} days"
        if rule.days
        else f"{'failed' if number is None else number:>8}  {rule.what}"
        for rule, number in done
    )


def _rows(chosen: Callable[[datetime], QuerySet[Any]]) -> Callable[[datetime], int]:
    """Deletes what a question finds, a portion at a time."""

    def forget(before: datetime) -> int:
        gone = 0
        while keys := list(chosen(before).values_list("pk", flat=True)[:AT_ONCE]):
            deleted, _each = chosen(before).model._base_manager.filter(pk__in=keys).delete()
            gone += len(keys)
            if not deleted:
                break
        return gone

    return forget


def _never_confirmed(before: datetime) -> int:
    """Accounts of people, so each goes as when somebody leaves. Those that an administrator made have no address row."""
    addresses = EmailAddress.objects.filter(user=OuterRef("pk"))
    waiting = User.objects.filter(
        Exists(addresses.filter(verified=False)),
        ~Exists(addresses.filter(verified=True)),
        last_login=None,
        is_staff=False,
        is_superuser=False,
        socialaccount=None,
        date_joined__lt=before,
    )
    found = list(waiting.order_by("pk")[:AT_ONCE])
    for user in found:
        user.delete()
    return len(found)


def _revisions(before: datetime) -> int:
    """Wagtail's own rule: never the newest, or one that waits for its hour or for somebody's yes."""
    days = (timezone.now() - before).days
    pages, _kept = purge_revisions(days=days, pages=True, non_pages=True)
    return int(pages)


RULES = (
    Rule(
        "sessions that have ended",
        0,
        "Nobody can use them any more.",
        _rows(lambda before: Session.objects.filter(expire_date__lt=before)),
    ),
    Rule(
        "accounts whose address was never confirmed",
        30,
        "Whoever signed up did not come back, or it was not their address.",
        _never_confirmed,
    ),
    Rule(
        "notifications that were read",
        180,
        "Their words are on the page of the thing itself.",
        _rows(lambda before: Notification.objects.filter(read_at__lt=before)),
    ),
    Rule(
        "old versions of pages and other content",
        365,
        "The newest and those that wait for somebody stay, however old; what is published is no version.",
        _revisions,
    ),
    Rule(
        "the log of what editors did with pages",
        1095,
        "Long enough to answer who changed what; names of people are in it.",
        _rows(lambda before: PageLogEntry.objects.filter(timestamp__lt=before)),
    ),
    Rule(
        "the log of what editors did with other things",
        1095,
        "As for pages.",
        _rows(lambda before: ModelLogEntry.objects.filter(timestamp__lt=before)),
    ),
    Rule(
        "results of jobs that failed",
        30,
        "What failed is found in time, or is no matter any more.",
        _rows(lambda before: Task.objects.filter(success=False, stopped__lt=before)),
    ),
    Rule(
        "what was wrong with a part of the site, and is mended",
        90,
        "Long enough to see whether it comes again.",
        _rows(lambda before: Incident.objects.filter(ended__lt=before)),
    ),
    Rule(
        "attempts at jobs",
        60,
        "A job that has not been tried for so long is not tried again.",
        _rows(lambda before: Attempt.objects.filter(updated__lt=before)),
    ),
)
