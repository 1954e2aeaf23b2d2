"""Verbs of reports. Each checks who may do it, and is one database transaction."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.notifications.models import Notification
from foundation.notifications.services import notify, settle
from foundation.reports.flows import REPORT
from foundation.reports.models import LeftOut, Message, Report
from foundation.reports.permissions import readers_without
from foundation.reports.registry import Subject
from foundation.workflow.errors import StaleState, TransitionError
from foundation.workflow.models import LogEntry
from foundation.workflow.services import start as start_log
from foundation.workflow.services import transition as move_on
from foundation.workflow.services import transition_locked

MOST_A_DAY = 5
MOST_MESSAGES_A_DAY = 20
A_DAY = datetime.timedelta(days=1)


def readers_of(report: Report) -> list[User]:
    """The administrators who may read a report."""
    left_out = LeftOut.objects.filter(report=report).values_list("user_id", flat=True)
    return readers_without([report.reporter_id, *left_out])


def possible_readers(subject: Subject, reporter: User) -> list[User]:
    """The administrators who could read a report about this before anybody else is left out."""
    return readers_without([reporter, *subject.concerned])


def send(
    subject: Subject,
    *,
    kind: str,
    id: str,
    by: User,
    text: str,
    without: Iterable[int] = (),
    by_mail: bool = False,
    token: uuid.UUID | None = None,
) -> Report:
    """Sends a report to the administrators whom it does not concern.

    Arguments: `kind` and `id` name the subject; `without` are keys of administrators whom the writer leaves
    out, too. The same `token` twice sends once. Raises TransitionError with a sentence where nobody could read it,
    nothing was written, or too many were sent; nothing is kept then.
    """
    token = token or uuid.uuid4()
    if not text.strip():
        raise TransitionError(_("Write at least one sentence."))
    try:
        with transaction.atomic():
            # Locked, so that two windows do not send beyond the limit.
            User.objects.select_for_update().get(pk=by.pk)
            sent = Report.objects.filter(token=token, reporter=by).first()
            if sent is not None:
                return sent
            _check_limit(by)
            report = Report.objects.create(
                reporter=by,
                subject_kind=kind,
                subject_id=id,
                text=text.strip(),
                by_mail=by_mail,
                token=token,
                state=REPORT.initial,
            )
            _leave_out(report, subject, without)
            readers = readers_of(report)
            if not readers:
                raise TransitionError(_("Nobody could read this. Leave at least one administrator in."))
            entry = start_log(report, by=by, role="reporter")
            _tell_readers(report, readers, entry)
            return report
    except IntegrityError:
        return Report.objects.get(token=token, reporter=by)


def _check_limit(by: User) -> None:
    """Raises TransitionError for somebody who has sent as many as anybody may in a day."""
    if Report.objects.of(by).filter(created__gt=timezone.now() - A_DAY).count() >= MOST_A_DAY:
        raise TransitionError(
            _(
                "You have sent %(count)s reports since yesterday, as many as can be sent in a day. "
                "You can add to one of them, and send another tomorrow."
            )
            % {"count": MOST_A_DAY}
        )


def _leave_out(report: Report, subject: Subject, without: Iterable[int]) -> None:
    concerned = {user.pk for user in subject.concerned}
    asked = {row.pk for row in possible_readers(subject, report.reporter)} & set(without)  # type: ignore[arg-type]
    LeftOut.objects.bulk_create(
        [
            *(LeftOut(report=report, user_id=pk, why=LeftOut.Why.CONCERNED) for pk in sorted(concerned)),
            *(LeftOut(report=report, user_id=pk, why=LeftOut.Why.ASKED) for pk in sorted(asked)),
        ]
    )


def admin_path(report: Report) -> str:
    """Where administrators read a report."""
    return reverse("reports_admin:report", args=[report.pk])


def own_path(report: Report) -> str:
    """Where the writer follows it, without a language: the reader's own is put before it."""
    with translation.override(settings.LANGUAGE_CODE):
        return report.get_absolute_url().removeprefix(f"/{settings.LANGUAGE_CODE}")


def _tell_readers(report: Report, readers: Iterable[User], entry: LogEntry) -> None:
    for user in readers:
        notify(user, "report_arrived", url=admin_path(report), key=f"report:{report.pk}:{entry.pk}")


def _settle(report: Report) -> None:
    """Nothing of it waits for the administrators any more."""
    settle(kind="report_arrived", url=admin_path(report))


def _tell_reporter(report: Report, message: Message) -> None:
    """In the site; by e-mail only where they asked for it, since somebody may read their mail."""
    if report.reporter is None or not report.reporter.is_active:
        return
    url, key = own_path(report), f"report:{report.pk}:message:{message.pk}"
    if report.by_mail:
        notify(report.reporter, "report_news", url=url, key=key)
    else:
        Notification.objects.get_or_create(
            user=report.reporter, key=key, defaults={"kind": "report_news", "url": url}
        )


def open_report(report: Report, *, by: User) -> None:
    """An administrator has read it: the writer is told so by its state. Reading twice is reading once."""
    if report.state != "sent":
        return
    try:
        move_on(report, "read", by=by)
    except StaleState:
        report.refresh_from_db()


def _write(
    report: Report, text: str, *, by: User, name: str, token: uuid.UUID | None, expect: str = ""
) -> Message:
    """One message and the move that goes with it. The same `token` twice writes once."""
    token = token or uuid.uuid4()
    if not text.strip():
        raise TransitionError(_("Write at least one sentence."))
    try:
        with transaction.atomic():
            locked = Report.objects.select_for_update().get(pk=report.pk)
            written = Message.objects.filter(token=token, report=locked, by=by).first()
            if written is not None:
                return written
            own = locked.reporter_id == by.pk
            if own and name == "add" and locked.state == "sent":
                entry = None  # more about what nobody has read yet
            else:
                entry = transition_locked(locked, name, by=by, expect=expect)
            message = Message.objects.create(
                report=locked, by=by, from_reporter=own, text=text.strip(), token=token
            )
            if own:
                today = locked.messages.filter(from_reporter=True, created__gt=timezone.now() - A_DAY)
                if today.count() > MOST_MESSAGES_A_DAY:
                    raise TransitionError(_("You have written as often as anybody can in a day."))
                if entry is not None:
                    Report.objects.filter(pk=locked.pk).update(reminded_at=None)
                    _tell_readers(locked, readers_of(locked), entry)
            else:
                _settle(locked)
                _tell_reporter(locked, message)
    except IntegrityError:
        return Message.objects.get(token=token, report=report)
    report.follow(locked)
    return message


def add(report: Report, text: str, *, by: User, token: uuid.UUID | None = None) -> Message:
    """The person who reported adds something; the administrators are told again."""
    return _write(report, text, by=by, name="add", token=token)


def answer(
    report: Report, text: str, *, by: User, token: uuid.UUID | None = None, expect: str = ""
) -> Message:
    """An administrator writes to the person who reported."""
    return _write(report, text, by=by, name="answer", token=token, expect=expect)


def close(
    report: Report, text: str, *, by: User, token: uuid.UUID | None = None, expect: str = ""
) -> Message:
    """An administrator ends it, and says in words what was done; the person who reported reads them."""
    return _write(report, text, by=by, name="close", token=token, expect=expect)


def withdraw(report: Report, *, by: User) -> None:
    """Takes it back: no administrator can open it any more. Taking back twice is taking back once."""
    with transaction.atomic():
        locked = Report.objects.select_for_update().get(pk=report.pk)
        if locked.state == "withdrawn" and locked.reporter_id == by.pk:
            report.follow(locked)
            return
        transition_locked(locked, "withdraw", by=by)
        _settle(report)
    report.follow(locked)
