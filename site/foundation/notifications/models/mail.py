"""Every mail as a row: claimed by one UPDATE, sent outside of any transaction, marked."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.notifications.constants import CLAIM_LASTS, DONE, MailState, Reason

FIRST_REST, LONGEST_REST = timedelta(seconds=30), timedelta(minutes=10)


def new_mark() -> str:
    """Letters that nobody guesses: of a mail, of a claim."""
    return secrets.token_hex(16)


class MailQuerySet(models.QuerySet["Mail"]):
    """Questions about mails, and the statements that settle who sends one."""

    def due(self, now: datetime | None = None) -> MailQuerySet:
        """Whose turn it is, what people asked for themselves first."""
        return self.filter(state=MailState.WAITING, next_try__lte=now or timezone.now()).order_by(
            "-important", "next_try", "pk"
        )

    def claim(self, pk: int) -> Mail | None:
        """Takes the sending of one, if it is due and nobody else has it: one statement, committed at once."""
        now, mark = timezone.now(), new_mark()
        taken = self.filter(pk=pk, state=MailState.WAITING, next_try__lte=now).update(
            state=MailState.SENDING, claim=mark, claimed_at=now, attempts=models.F("attempts") + 1
        )
        return self.select_related("user").get(pk=pk) if taken else None

    def lapsed(self) -> MailQuerySet:
        """Claimed by a process that is gone."""
        return self.filter(
            state__in=(MailState.SENDING, MailState.HANDED), claimed_at__lt=timezone.now() - CLAIM_LASTS
        )


class Mail(models.Model):
    """One mail to one address. Its words are in the row only until it is done with."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="mails"
    )
    address = models.EmailField(_("address"), max_length=320)
    # What it is about, for those who look after the site: they are shown no words of it.
    purpose = models.CharField(_("about"), max_length=100, blank=True)
    # Asked for by its reader (a link, a code) or about their safety: it goes to an address that stopped, too.
    important = models.BooleanField(default=False)
    # Subject, parts and headers as `backends.packed` writes them; empty for notifications, which are their words.
    content = models.JSONField(default=dict, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=MailState.choices, default=MailState.WAITING)
    attempts = models.PositiveIntegerField(_("tries"), default=0)
    next_try = models.DateTimeField(_("next try"), default=timezone.now)
    # After this it is of no use: a code that has run out.
    until = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices, blank=True)
    status = models.CharField(_("answer"), max_length=20, blank=True)  # RFC 3463, or the reply code
    mark = models.CharField(max_length=32, unique=True, default=new_mark, editable=False)
    claim = models.CharField(max_length=32, blank=True, default="", editable=False)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # After it was sent: a server further on could not bring it to its reader.
    returned = models.BooleanField(_("came back"), default=False)
    created = models.DateTimeField(_("written"), auto_now_add=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        indexes = [models.Index(fields=["state", "next_try"], name="notifications_mail_due")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.get_state_display()}"

    def settle(self, state: MailState, *, reason: str = "", status: str = "", **fields: Any) -> bool:
        """Writes how it went, if this process has the claim still. What is done with keeps no words."""
        values: dict[str, Any] = {
            "state": state,
            "reason": reason,
            "status": status[:20],
            "claim": "",
            **fields,
        }
        if state in DONE:
            values |= {"content": {}, "done_at": timezone.now()}
        return bool(Mail.objects.filter(pk=self.pk, claim=self.claim).exclude(claim="").update(**values))

    def begin_handing_over(self) -> bool:
        """Notes, before the first word of it goes out, that from now on the server may have it. False if the claim
        was lost."""
        found = Mail.objects.filter(pk=self.pk, claim=self.claim, state=MailState.SENDING)
        return bool(found.update(state=MailState.HANDED))


class Recipient(models.Model):
    """An address that mails came back from or were refused at."""

    address = models.CharField(_("address"), max_length=320, unique=True)  # in small letters
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices)
    status = models.CharField(_("answer"), max_length=20, blank=True)
    count = models.PositiveIntegerField(_("times"), default=0)
    first_at = models.DateTimeField(_("first"), default=timezone.now)
    last_at = models.DateTimeField(_("last"), default=timezone.now)
    # From when on only what its owner asks for is sent there.
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)

    class Meta:
        verbose_name = _("address with trouble")
        verbose_name_plural = _("addresses with trouble")

    def __str__(self) -> str:
        return f"{self.pk}: {self.get_reason_display()}"


class MailServer(models.Model):
    """Whether the mail server answers. One row: it is asked again only after a rest, for the worker has other jobs."""

    away_since = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=100, blank=True)
    last_answer = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("mail server")
        verbose_name_plural = _("mail servers")

    def __str__(self) -> str:
        return "away" if self.away_since else "answers"

    @classmethod
    def current(cls) -> MailServer:
        """What is known of it."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @property
    def rests(self) -> bool:
        """Whether it is not to be asked yet."""
        return self.next_try is not None and self.next_try > timezone.now()

    @classmethod
    def note_away(cls, problem: str) -> None:
        """It did not answer: each time it rests for twice as long, up to LONGEST_REST."""
        now, known = timezone.now(), cls.current()
        rest = min(FIRST_REST * 2 ** min(known.tries, 10), LONGEST_REST)
        cls.objects.update_or_create(
            pk=1,
            defaults={
                "away_since": known.away_since or now,
                "tries": known.tries + 1,
                "next_try": now + rest,
                "problem": problem[:100],
            },
        )

    @classmethod
    def note_answer(cls) -> None:
        """It took a mail, or refused one: it is there."""
        now = timezone.now()
        answers = {"away_since": None, "tries": 0, "next_try": None, "problem": "", "last_answer": now}
        cls.objects.update_or_create(pk=1, defaults=answers)
