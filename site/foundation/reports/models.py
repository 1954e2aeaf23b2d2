"""Reports, who is left out of each, and what was written about it."""

from __future__ import annotations

import secrets
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.accounts.constants import Role
from foundation.reports.flows import REPORT
from foundation.workflow.models import Flowing

# No letter that is taken for another, and no vowel: a receipt is read aloud and says no word.
RECEIPT_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"


def new_receipt() -> str:
    """Random, so that a gap in a list tells nothing."""
    return "".join(secrets.choice(RECEIPT_LETTERS) for _place in range(6))


class ReportQuerySet(models.QuerySet["Report"]):
    """Questions about reports."""

    def of(self, user: Any) -> ReportQuerySet:
        """Those that this user wrote."""
        return self.filter(reporter=user)

    def readable_by(self, user: Any) -> ReportQuerySet:
        """Those that an administrator may read: not their own, none that concerns them, none from which the
        person who reported left them out, and none that was taken back."""
        if not (user.is_authenticated and user.is_active and user.has_role(Role.ADMINISTRATOR)):
            return self.none()
        left_out = LeftOut.objects.filter(user=user).values("report")
        return self.exclude(reporter=user).exclude(pk__in=left_out).exclude(state="withdrawn")


class Report(Flowing):
    """What somebody told the administrators about a pair, an exchange, a person or a listing.

    `subject_kind` and `subject_id` name what it is about (see `foundation.reports.registry`). Who may not read it is
    written down when it is sent. Without `reporter` its writer has deleted their account.
    """

    flow = REPORT

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    receipt = models.CharField(max_length=6, unique=True, default=new_receipt, editable=False)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="reports"
    )
    subject_kind = models.CharField(max_length=20)
    subject_id = models.CharField(max_length=64)
    text = models.TextField(_("what happened"), max_length=5000)
    # Messages here are safest where others read one's mail, so e-mail is asked for.
    by_mail = models.BooleanField(_("tell me by e-mail, too"), default=False)
    # A second press of the button carries the same token and sends nothing.
    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-created", "id"]
        indexes = [models.Index(fields=["reporter", "created"], name="reports_by_reporter")]

    def __str__(self) -> str:
        return self.receipt

    def get_absolute_url(self) -> str:
        """The page of the person who wrote it."""
        return reverse("reports:report", args=[self.pk])

    def roles_of(self, user: Any) -> set[str]:
        """reporter, or administrator where it does not concern them."""
        if not user.is_authenticated:
            return set()
        if self.reporter_id == user.pk:
            return {"reporter"}
        if Report.objects.readable_by(user).filter(pk=self.pk).exists():
            return {"administrator"}
        return set()


class LeftOut(models.Model):
    """An account that may never read a report: it concerns them, or its writer asked for that.

    Hidden from the account's side, so that no export and no list of theirs ever tells of the report.
    """

    class Why(models.TextChoices):
        """Why somebody may not read it."""

        CONCERNED = "concerned", _("It concerns them")
        ASKED = "asked", _("The person who reported asked for it")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="left_out")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=10, choices=Why.choices)

    class Meta:
        verbose_name = _("left out of a report")
        verbose_name_plural = _("left out of reports")
        constraints = [models.UniqueConstraint(fields=["report", "user"], name="reports_left_out_once")]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.why}"


class Message(models.Model):
    """What was written about a report afterwards, by its writer or by an administrator. Never changed."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="messages")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    from_reporter = models.BooleanField(default=False)
    text = models.TextField(_("text"), max_length=5000)
    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("message about a report")
        verbose_name_plural = _("messages about reports")
        ordering = ["created", "id"]

    def __str__(self) -> str:
        return f"{self.report_id} ({self.created:%Y-%m-%d})"
