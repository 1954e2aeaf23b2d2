"""Telling people, and what they do with what they were told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from foundation.accounts.mail import TRIAL, written
from foundation.jobs.services import enqueue
from foundation.notifications.constants import NOT_DONE
from foundation.notifications.models import Delivery, Mail, Notification, Preference
from foundation.notifications.registry import GROUPS, KINDS

if TYPE_CHECKING:
    from foundation.accounts.models import User


def notify(
    user: User,
    kind: str,
    context: dict[str, Any] | None = None,
    *,
    url: str = "",
    key: str = "",
    by: User | None = None,
) -> Notification | None:
    """Tells a person one thing, in the site and, as they prefer, by e-mail.

    Arguments: `kind` a registered kind's name; `context` JSON values for its sentences (write only what the
    receiver may see); `url` where to go, without a language prefix is allowed; `key` what makes it one thing,
    such as "exchange:17:accepted": a second call with the same key does nothing; `by` the account whose name
    stands in the context as `name`, so that it can be taken out again when that account is deleted.
    Raises KeyError for an unknown kind. Answers None where the person was told before.
    """
    definition = KINDS[kind]
    if definition.never_mail:
        delivery: str = Delivery.SITE
    else:
        delivery = Delivery.AT_ONCE if definition.always_mail else delivery_for(user, definition.group)
    row, created = Notification.objects.get_or_create(
        user=user,
        key=key or f"{kind}:{url}",
        defaults={
            "kind": kind,
            "context": context or {},
            "url": url,
            "by": by,
            "mail_due": delivery != Delivery.SITE,
        },
    )
    if not created:
        return None
    if delivery == Delivery.AT_ONCE:
        enqueue("foundation.notifications.tasks.mail", row.pk)
    return row


def send_trial(user: User) -> bool:
    """A mail to somebody's own address, by the way that all mails go. False where one waits already."""
    with transaction.atomic():
        # Two presses at once are two in a row.
        get_user_model().objects.select_for_update().get(pk=user.pk)
        if Mail.objects.filter(user=user, purpose=TRIAL, state__in=NOT_DONE).exists():
            return False
        written(TRIAL, user.email, {"user": user}).send()
    return True


def send_soon(mail: Mail) -> None:
    """Asks the worker to send a mail once it is committed. A queue that cannot be reached is no reason to fail: the
    sweep finds the row within a minute."""
    pk = mail.pk
    transaction.on_commit(lambda: enqueue("foundation.notifications.tasks.send", pk), robust=True)


def preferences_of(user: User) -> dict[str, str]:
    """What this person has chosen: {group: Delivery}."""
    return dict(Preference.objects.filter(user=user).values_list("group", "delivery"))


def set_preferences(user: User, chosen: Mapping[str, str]) -> None:
    """Keeps how this person wants to hear of groups: {group: Delivery}."""
    for group, delivery in chosen.items():
        Preference.objects.update_or_create(user=user, group=group, defaults={"delivery": delivery})


def stop_mails(preference: Preference) -> None:
    """No more e-mails of this group; the site still tells."""
    preference.delivery = Delivery.SITE
    preference.save(update_fields=["delivery"])


def stop_digest(user: User) -> None:
    """No more of the one e-mail a day."""
    Preference.objects.filter(user=user, delivery=Delivery.DAILY).update(delivery=Delivery.SITE)


def stop_all_mails(user: User) -> None:
    """No more e-mails but those that always come."""
    set_preferences(user, dict.fromkeys(GROUPS, Delivery.SITE))


def mark_read(row: Notification) -> None:
    """They have opened it. Twice is once."""
    if row.read_at is None:
        row.read_at = timezone.now()
        row.save(update_fields=["read_at"])


def mark_all_read(user: User) -> None:
    """They have seen everything that they were told."""
    Notification.objects.filter(user=user).unread().update(read_at=timezone.now())


def settle(**which: Any) -> None:
    """What these notifications asked for is answered: none of them stands any longer among what waits for somebody.
    `which` are conditions on them, by their `key`, or by `kind` and `url`."""
    Notification.objects.filter(**which).unread().update(read_at=timezone.now())


def delivery_for(user: User, group: str) -> str:
    """How this person wants to hear of a group; at once where they have not chosen."""
    chosen = Preference.objects.filter(user=user, group=group).values_list("delivery", flat=True).first()
    return chosen or Delivery.AT_ONCE


def unread_count(user: User) -> int:
    """For the bell in the header."""
    return Notification.objects.filter(user=user).unread().count()
