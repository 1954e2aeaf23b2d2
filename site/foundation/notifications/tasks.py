"""Mail, sent by the queue: what people are told, at once or once a day, and everything else that the site mails."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from foundation.accounts.models import User
from foundation.jobs.registry import Schedule
from foundation.jobs.services import enqueue
from foundation.notifications.backends import QueuedMail
from foundation.notifications.constants import REFUSED_KEPT, SENT_KEPT, MailState
from foundation.notifications.mail import deliver, put_in_a_mail, take_up_lapsed
from foundation.notifications.models import Delivery, Mail, Notification, Preference
from foundation.notifications.recipients import forget_old_trouble
from foundation.notifications.serializers import unpacked

AT_A_TIME = 500


def mail(notification_id: int) -> None:
    """Puts one notification into a mail, once, and sends it."""
    row = Notification.objects.select_related("user").get(pk=notification_id)
    if row.mail_due and row.definition is not None and row.user.is_active:
        _mail_to(row.user, [row.pk])


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
    """What one person chose to hear once a day, in one e-mail."""
    groups = set(
        Preference.objects.filter(user_id=user_id, delivery=Delivery.DAILY).values_list("group", flat=True)
    )
    due = Notification.objects.to_mail().filter(user_id=user_id).only("id", "kind")
    ids = [row.pk for row in due if row.definition and row.definition.group in groups]
    if ids:
        _mail_to(User.objects.get(pk=user_id), ids)


def _mail_to(user: User, ids: list[int]) -> None:
    row = put_in_a_mail(user, ids)
    if row is not None:
        deliver([row.pk])


def send(mail_id: int) -> None:
    """Sends one mail, if it is due and nobody else is sending it."""
    deliver([mail_id])


def sweep() -> None:
    """Sends whatever is due: what is tried again, what waited for the server, what a process left behind."""
    take_up_lapsed()
    _put_late_notifications_in_mails()
    due = list(Mail.objects.due().values_list("pk", flat=True)[:AT_A_TIME])
    if deliver(due) and len(due) == AT_A_TIME:
        enqueue("foundation.notifications.tasks.sweep")


def _put_late_notifications_in_mails() -> None:
    daily = set(Preference.objects.filter(delivery=Delivery.DAILY).values_list("user_id", "group"))
    late = Notification.objects.to_mail().filter(created__lt=timezone.now() - timedelta(minutes=10))
    for row in late.select_related("user")[:AT_A_TIME]:
        if row.definition and (row.user_id, row.definition.group) not in daily:
            put_in_a_mail(row.user, [row.pk])


def purge() -> None:
    """Forgets mails some time after they were done with, and addresses that have not come back for long."""
    now = timezone.now()
    done = Mail.objects.filter(state__in=(MailState.SENT, MailState.DROPPED))
    done.filter(done_at__lt=now - SENT_KEPT).delete()
    others = Mail.objects.filter(state__in=(MailState.REFUSED, MailState.UNSURE))
    others.filter(done_at__lt=now - REFUSED_KEPT).delete()
    forget_old_trouble()


def send_queued(fields: dict[str, Any]) -> None:
    """Keeps a message that version 0.3 put into the queue with all its words."""
    message = unpacked({**fields, "attachments": [(*part, False) for part in fields.get("attachments", ())]})
    message.to, message.cc, message.bcc = fields["to"], fields["cc"], fields["bcc"]
    QueuedMail().send_messages([message])


SCHEDULES = [
    Schedule("daily digest", "foundation.notifications.tasks.digest", cron="0 6 * * *"),
    Schedule("late mail", "foundation.notifications.tasks.sweep", minutes=1),
    Schedule("old mail", "foundation.notifications.tasks.purge", cron="40 3 * * *"),
]
