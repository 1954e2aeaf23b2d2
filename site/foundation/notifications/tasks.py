"""Mail, sent by the queue: single notifications and the daily digest."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.utils import timezone, translation

from foundation.jobs.registry import Schedule
from foundation.jobs.services import enqueue
from foundation.notifications.backends import unpacked
from foundation.notifications.mail import REST, RESTS, MailRests, hand_over, is_away, send
from foundation.notifications.models import Delivery, Notification, Preference

if TYPE_CHECKING:
    pass

logger = logging.getLogger(__name__)


def mail(notification_id: int) -> None:
    """Sends one notification by e-mail, once, in the receiver's language.

    Claimed by one UPDATE, sent outside of any transaction, marked: a mail server that accepts and stays silent
    holds this job for EMAIL_TIMEOUT and nobody's writes. A crash between sending and marking mails twice at worst.
    While the server is away the notification stays due, and the sweep sends it.
    """
    row = Notification.objects.select_related("user").get(pk=notification_id)
    if not row.mail_due or row.mailed_at or row.definition is None or not row.user.is_active:
        return
    try:
        _mail_claimed([row.pk], lambda rows: rows[0].subject)
    except MailRests as error:
        logger.warning("Mail waits: %s", error)


def digest() -> None:
    """One e-mail a day to everybody who chose so and has something new: one job for each of them."""
    daily = set(Preference.objects.filter(delivery=Delivery.DAILY).values_list("user_id", "group"))
    waiting = {
        row.user_id
        for row in Notification.objects.to_mail().only("user_id", "kind")
        if row.definition and (row.user_id, row.definition.group) in daily
    }
    for user_id in sorted(waiting):
        enqueue("foundation.notifications.tasks.digest_of", user_id)


def digest_of(user_id: int) -> None:
    """What one person chose to hear once a day, in one e-mail. Raises MailRests while the server is away."""
    groups = set(
        Preference.objects.filter(user_id=user_id, delivery=Delivery.DAILY).values_list("group", flat=True)
    )
    due = Notification.objects.to_mail().filter(user_id=user_id).only("id", "kind")
    ids = [row.pk for row in due if row.definition and row.definition.group in groups]
    if ids:
        _mail_claimed(ids, _subject_of_digest)


def _subject_of_digest(rows: list[Notification]) -> str:
    return translation.ngettext(
        "%(count)s thing is new on The Capacity Exchange",
        "%(count)s things are new on The Capacity Exchange",
        len(rows),
    ) % {"count": len(rows)}


def _mail_claimed(ids: list[int], subject_of: Callable[[list[Notification]], str]) -> None:
    """One e-mail with those of these (all of one person) that nobody else is mailing."""
    if cache.get(RESTS):
        raise MailRests("the mail server did not answer a moment ago")
    rows = list(Notification.objects.claim(ids).select_related("user").order_by("created", "pk"))
    if not rows:
        return
    claimed = Notification.objects.filter(pk__in=[row.pk for row in rows], mail_claim=rows[0].mail_claim)
    user = rows[0].user
    try:
        with translation.override(user.language or "en"):
            send(user, subject_of(rows), rows)
    except Exception as error:
        claimed.update(mail_claim="", claimed_at=None)
        if is_away(error):
            # Or every mail that waits would hold the worker, which has other things to do, for the same time.
            cache.set(RESTS, True, REST)
            raise MailRests(f"the mail server does not answer ({type(error).__name__})") from error
        raise
    claimed.update(mailed_at=timezone.now(), mail_due=False, mail_claim="", claimed_at=None)


def send_queued(fields: dict[str, Any]) -> None:
    """Sends a message that another part of the site wrote (`backend.QueuedMail`). Raises MailRests while the server is
    away: the queue tries again.
    """
    if cache.get(RESTS):
        raise MailRests("the mail server did not answer a moment ago")
    try:
        hand_over(unpacked(fields))
    except Exception as error:
        if is_away(error):
            cache.set(RESTS, True, REST)
            raise MailRests(f"the mail server does not answer ({type(error).__name__})") from error
        raise


def sweep() -> None:
    """Mails what is due at once and was not sent, for example because the mail server was away."""
    daily = set(Preference.objects.filter(delivery=Delivery.DAILY).values_list("user_id", "group"))
    late = Notification.objects.to_mail().filter(created__lt=timezone.now() - timedelta(minutes=10))
    for row in late.only("id", "user_id", "kind")[:500]:
        if not row.definition or (row.user_id, row.definition.group) in daily:
            continue
        if cache.get(RESTS):
            return
        try:
            mail(row.pk)
        except Exception:  # one address that is refused must not keep the others waiting
            logger.exception("Notification %s could not be mailed", row.pk)


SCHEDULES = [
    Schedule("daily digest", "foundation.notifications.tasks.digest", cron="0 6 * * *"),
    Schedule("late mail", "foundation.notifications.tasks.sweep", minutes=5),
]
