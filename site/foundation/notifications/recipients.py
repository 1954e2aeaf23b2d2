"""Addresses that mails come back from, and the return path by which it is known which mail came back."""

from __future__ import annotations

from email.utils import parseaddr
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from foundation.notifications.constants import FORGOTTEN_AFTER, REFUSED_KEPT, STOPS_AFTER, Reason
from foundation.notifications.models import Mail, Recipient

if TYPE_CHECKING:
    from foundation.accounts.models import User

SALT = "notifications.return-path"


def return_path(mail: Mail) -> str:
    """Where this mail comes back to: with MAIL_RETURN_PATH an address of its own, signed, so that nobody can say of
    another's mail that it came back."""
    if not settings.MAIL_RETURN_PATH:
        return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    name, _at, host = settings.MAIL_RETURN_PATH.rpartition("@")
    return f"{name}+{mail.pk}.{_signature(mail)}@{host}"


def mail_of(address: str) -> Mail | None:
    """The mail whose return path this is; None for any other address, and for a mail that is forgotten."""
    pk, _dot, signature = address.partition("@")[0].rpartition("+")[2].partition(".")
    # Digits of other scripts are digits, too; mail servers may write all in capitals.
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    mail = Mail.objects.select_related("user").filter(pk=int(pk)).first()
    if mail is None or not constant_time_compare(signature.lower(), _signature(mail)):
        return None
    return mail


def _signature(mail: Mail) -> str:
    return salted_hmac(SALT, f"{mail.pk}.{mail.mark}", algorithm="sha256").hexdigest()[:20]


def note_trouble(address: str, reason: Reason, status: str) -> bool:
    """Keeps that a mail was refused at this address or came back from it. Answers whether it stops with this one."""
    now = timezone.now()
    with transaction.atomic():
        row, created = Recipient.objects.select_for_update().get_or_create(
            address=address.lower(), defaults={"reason": reason, "status": status[:20], "first_at": now}
        )
        if not created and (row.reason != reason or now - row.last_at > FORGOTTEN_AFTER):
            row.count, row.first_at = 0, now
        row.count, row.last_at, row.reason, row.status = row.count + 1, now, reason, status[:20]
        times, over = STOPS_AFTER.get(reason, (0, FORGOTTEN_AFTER))
        stops = bool(times) and row.count >= times and now - row.first_at >= over and row.stopped_at is None
        if stops:
            row.stopped_at = now
        row.save()
        return stops


def addresses_of(user: User) -> set[str]:
    """Every address of an account, in small letters."""
    own = set(EmailAddress.objects.filter(user=user).values_list("email", flat=True))
    return {address.lower() for address in {user.email, *own}}


def own_trouble(user: User) -> QuerySet[Recipient]:
    """Addresses of this account that mails came back from."""
    return Recipient.objects.filter(address__in=addresses_of(user)).order_by("address")


def clear_trouble(address: str) -> None:
    """Its owner says, or has shown, that mail arrives there again."""
    Recipient.objects.filter(address=address.lower()).delete()


def forget_old_trouble() -> None:
    """What came back once, long ago, and never stopped anything."""
    Recipient.objects.filter(stopped_at=None, last_at__lt=timezone.now() - REFUSED_KEPT).delete()
