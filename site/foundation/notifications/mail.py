"""Mails: put into a row within whatever transaction is open, written out when they are sent, and settled."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from datetime import timedelta
from email.utils import formatdate
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from foundation.accounts.mail import first_line
from foundation.l10n.names import plain_first_name, site_name
from foundation.notifications.constants import (
    TRIED_FOR,
    USUAL_WAITS,
    USUALLY_TRIED_FOR,
    WAITS,
    MailState,
    Reason,
)
from foundation.notifications.models import Delivery, Mail, MailServer, Notification, Preference, Recipient
from foundation.notifications.recipients import note_trouble, return_path
from foundation.notifications.serializers import unpacked
from foundation.notifications.smtp import Connection, Refusal, ServerAway, Unsure

if TYPE_CHECKING:
    from foundation.accounts.models import User

logger = logging.getLogger(__name__)
# One job sends for so long, then others have their turn.
TURN = 20  # seconds
HEADERS = {
    # RFC 3834: nobody's holiday notice is to answer this; the second is what Exchange looks at.
    "Auto-Submitted": "auto-generated",
    "X-Auto-Response-Suppress": "OOF, AutoReply",
}


def put_in_a_mail(user: User, ids: Iterable[int]) -> Mail | None:
    """One mail with those of these notifications (all of this person) that are due and in no other mail. The words are
    written when it is sent. None where nothing is to be sent, as to an address that mails came back from."""
    with transaction.atomic():
        due = Notification.objects.filter(pk__in=list(ids), user=user, mail_due=True)
        rows = list(due.select_for_update().order_by("created", "pk"))
        important = any(row.definition and row.definition.always_mail for row in rows)
        stopped = Recipient.objects.filter(address=user.email.lower()).exclude(stopped_at=None).exists()
        if not rows or (stopped and not important):
            due.update(mail_due=False)
            return None
        kinds = {row.kind for row in rows}
        mail = Mail.objects.create(
            user=user,
            address=user.email,
            purpose=kinds.pop() if len(kinds) == 1 else "digest",
            important=important,
        )
        due.update(mail_due=False, mail=mail)
        return mail


def deliver(ids: Iterable[int]) -> bool:
    """Sends those of these mails that are due and nobody else is sending, over one connection. Answers whether
    there is time for more: not if the server is away or the turn is over."""
    if MailServer.current().rests:
        return False
    over = time.monotonic() + TURN
    with Connection() as connection:
        for pk in ids:
            if time.monotonic() > over:
                return False
            mail = Mail.objects.claim(pk)
            if mail is None:
                continue
            try:
                _send(mail, connection)
            except ServerAway as error:
                # No mail is to blame, so it counts as no try of this one.
                mail.settle(
                    MailState.WAITING, reason=mail.reason, status=mail.status, attempts=mail.attempts - 1
                )
                MailServer.note_away(str(error))
                logger.warning("The mail server does not answer (%s); mail waits", error)
                return False
    return True


def _send(mail: Mail, connection: Connection) -> None:
    if mail.until is not None and mail.until < timezone.now():
        mail.settle(MailState.DROPPED, reason=Reason.TOO_LATE)
        return
    try:
        message = written_out(mail)
    except Exception as error:
        # What it says may hold words of the mail, which belong in no log.
        logger.error("Mail %s could not be put together: %s", mail.pk, type(error).__name__)
        mail.settle(MailState.REFUSED, reason=Reason.UNWRITTEN, status=type(error).__name__)
        return
    if message is None:
        mail.settle(MailState.DROPPED)
        return
    try:
        connection.send(message, sender=return_path(mail), before_text=mail.begin_handing_over)
    except Refusal as refusal:
        MailServer.note_answer()
        _refused(mail, refusal)
    except Unsure as error:
        left_unsure(mail)
        raise ServerAway(str(error)) from error
    else:
        with transaction.atomic():
            MailServer.note_answer()
            if mail.settle(MailState.SENT):
                mail.notifications.update(mailed_at=timezone.now())


def _refused(mail: Mail, refusal: Refusal) -> None:
    now = timezone.now()
    tried_for = TRIED_FOR.get(refusal.reason, USUALLY_TRIED_FOR)
    if refusal.reason != Reason.UNWRITTEN and refusal.final:
        note_trouble(mail.address, refusal.reason, refusal.status)
    if refusal.final or now - mail.created > tried_for:
        if not refusal.final and refusal.reason == Reason.FULL:
            note_trouble(mail.address, refusal.reason, refusal.status)
        mail.settle(MailState.REFUSED, reason=refusal.reason, status=refusal.status)
        return
    waits = WAITS.get(refusal.reason, USUAL_WAITS)
    wait = waits[min(mail.attempts, len(waits)) - 1]
    mail.settle(MailState.WAITING, reason=refusal.reason, status=refusal.status, next_try=now + wait)


def left_unsure(mail: Mail) -> None:
    """The server may have this mail or not. One whose reader waits for it (a link, a code) is sent once more, with the
    same Message-ID, by which most servers know that they have it; any other is not, for nothing in it is lost: it
    stands on the site."""
    if mail.important and mail.reason != Reason.UNSURE:
        later = timezone.now() + timedelta(minutes=5)
        mail.settle(MailState.WAITING, reason=Reason.UNSURE, next_try=later)
    else:
        mail.settle(MailState.UNSURE, reason=Reason.UNSURE)


def take_up_lapsed() -> None:
    """Claims of processes that died: before the text went out the mail waits again, else nobody knows."""
    for mail in Mail.objects.lapsed():
        if mail.state == MailState.SENDING:
            mail.settle(MailState.WAITING, reason=mail.reason, status=mail.status)
        else:
            left_unsure(mail)


def written_out(mail: Mail) -> EmailMultiAlternatives | None:
    """The message as it goes to the server; None where nobody wants it any longer."""
    if mail.content:
        message = unpacked(mail.content)
    else:
        found = _of_notifications(mail)
        if found is None:
            return None
        message = found
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    headers = {**HEADERS, "Date": formatdate(mail.created.timestamp(), localtime=False)}
    # The same each time it is tried, so that a server that has it knows it again.
    headers["Message-ID"] = f"<{mail.mark}@{host}>"
    message.extra_headers = {**headers, **message.extra_headers}
    message.to, message.cc, message.bcc = [mail.address], [], []
    return message


def _of_notifications(mail: Mail) -> EmailMultiAlternatives | None:
    user = mail.user
    rows = [row for row in mail.notifications.order_by("created", "pk") if row.definition]
    if user is None or not user.is_active or not rows:
        return None
    chosen = dict(Preference.objects.filter(user=user).values_list("group", "delivery"))
    wanted = [
        row
        for row in rows
        if row.definition
        and (row.definition.always_mail or chosen.get(row.definition.group) != Delivery.SITE)
    ]
    stopped = Recipient.objects.filter(address=mail.address.lower()).exclude(stopped_at=None).exists()
    if not wanted or (stopped and not mail.important):
        return None
    with translation.override(user.language or "en"):
        return _message(user, wanted, is_digest=mail.purpose == "digest" or len(rows) > 1)


def _message(user: User, rows: list[Notification], *, is_digest: bool) -> EmailMultiAlternatives:
    """One message with these notifications, in the language that is active."""
    single = len(rows) == 1
    subject = rows[0].subject if single else _subject_of_digest(len(rows))
    context = {
        "first": first_line(subject, plain_first_name(user.name)),
        "site_name": site_name(),
        "base_url": settings.BASE_URL,
        "rows": rows,
        "single": single,
        "preferences_url": settings.BASE_URL + reverse("notifications:preferences"),
        "language": translation.get_language(),
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
    }
    headers = {}
    optional = [row.definition.group for row in rows if row.definition and not row.definition.always_mail]
    if optional:
        preference, _created = Preference.objects.get_or_create(user=user, group=optional[0])
        stop = settings.BASE_URL + reverse("notifications:unsubscribe", args=[preference.token])
        context["stop_url"] = stop = stop + ("?digest=1" if is_digest else "")
        # RFC 8058: one click, by POST, without signing in.
        headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    message = EmailMultiAlternatives(
        " ".join(subject.split()),
        render_to_string("notifications/mail.txt", context),
        headers=headers,
    )
    message.attach_alternative(render_to_string("notifications/mail.html", context), "text/html")
    return message


def _subject_of_digest(count: int) -> str:
    return ngettext("%(count)s thing is new on %(site)s", "%(count)s things are new on %(site)s", count) % {
        "count": count,
        "site": site_name(),
    }
