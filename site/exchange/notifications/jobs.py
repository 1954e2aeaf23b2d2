"""Mail, sent by the queue: single notifications and the daily digest."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from exchange.jobs.schedules import Schedule
from exchange.notifications.models import Delivery, Notification, Preference

if TYPE_CHECKING:
    from exchange.accounts.models import User


def mail(notification_id: int) -> None:
    """Sends one notification by e-mail, once, in the receiver's language."""
    with transaction.atomic():
        row = Notification.objects.select_for_update().select_related("user").get(pk=notification_id)
        if not row.mail_due or row.mailed_at or row.definition is None or not row.user.is_active:
            return
        with translation.override(row.user.language or "en"):
            _send(row.user, row.subject, [row])
        # Marked after sending and in the same transaction: a crash between the two mails twice at worst.
        row.mailed_at, row.mail_due = timezone.now(), False
        row.save(update_fields=["mailed_at", "mail_due"])


def digest() -> None:
    """One e-mail a day to everybody who chose so and has something new."""
    waiting: dict[int, list[int]] = defaultdict(list)
    daily = set(Preference.objects.filter(delivery=Delivery.DAILY).values_list("user_id", "group"))
    due = Notification.objects.filter(mail_due=True, mailed_at=None, user__is_active=True).order_by("created")
    for row in due.only("id", "user_id", "kind"):
        if row.definition and (row.user_id, row.definition.group) in daily:
            waiting[row.user_id].append(row.pk)
    for ids in waiting.values():
        _mail_together(ids)


def _mail_together(ids: list[int]) -> None:
    with transaction.atomic():
        rows = list(
            Notification.objects.select_for_update()
            .select_related("user")
            .filter(pk__in=ids, mailed_at=None)
            .order_by("created")
        )
        if not rows:
            return
        user = rows[0].user
        with translation.override(user.language or "en"):
            subject = translation.ngettext(
                "%(count)s thing is new on The Capacity Exchange",
                "%(count)s things are new on The Capacity Exchange",
                len(rows),
            ) % {"count": len(rows)}
            _send(user, subject, rows)
        Notification.objects.filter(pk__in=[row.pk for row in rows]).update(
            mailed_at=timezone.now(), mail_due=False
        )


def _send(user: User, subject: str, rows: list[Notification]) -> None:
    group = rows[0].definition.group if rows[0].definition else ""
    preference, _created = Preference.objects.get_or_create(user=user, group=group)
    stop = settings.BASE_URL + reverse("notifications:unsubscribe", args=[preference.token])
    context = {
        "name": user.get_short_name(),
        "site_name": settings.SITE_NAME,
        "base_url": settings.BASE_URL,
        "rows": rows,
        "single": len(rows) == 1,
        "stop_url": stop,
        "preferences_url": settings.BASE_URL + reverse("notifications:preferences"),
        "language": translation.get_language(),
        "rtl": translation.get_language_bidi(),
    }
    message = EmailMultiAlternatives(
        " ".join(subject.split()),
        render_to_string("notifications/mail.txt", context),
        to=[user.email],
        # RFC 8058: one click, by POST, without signing in.
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
    message.attach_alternative(render_to_string("notifications/mail.html", context), "text/html")
    message.send()


def sweep() -> None:
    """Mails what is due at once and was not sent, for example because the mail server was away."""
    daily = set(Preference.objects.filter(delivery=Delivery.DAILY).values_list("user_id", "group"))
    late = Notification.objects.filter(
        mail_due=True, mailed_at=None, created__lt=timezone.now() - timedelta(minutes=10)
    )
    for row in late.only("id", "user_id", "kind")[:500]:
        if row.definition and (row.user_id, row.definition.group) not in daily:
            mail(row.pk)


SCHEDULES = [
    Schedule("daily digest", "exchange.notifications.jobs.digest", cron="0 6 * * *"),
    Schedule("late mail", "exchange.notifications.jobs.sweep", minutes=15),
]
