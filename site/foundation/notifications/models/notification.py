"""What people were told, and how they want to be told."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.design.navigation import in_interface
from foundation.notifications.registry import KINDS, Kind


class Delivery(models.TextChoices):
    """How a person wants to hear of a group of things."""

    AT_ONCE = "at_once", _("By e-mail at once")
    DAILY = "daily", _("In one e-mail a day")
    SITE = "site", _("Only here in the site")


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Questions about notifications."""

    def unread(self) -> NotificationQuerySet:
        """Not opened yet."""
        return self.filter(read_at=None)

    def to_mail(self) -> NotificationQuerySet:
        """Due by e-mail and in no mail yet, to people who have an account still."""
        return self.filter(mail_due=True, user__is_active=True)

    def waiting(self) -> NotificationQuerySet:
        """Unread ones that ask the person for an answer."""
        names = [name for name, kind in KINDS.items() if kind.needs_answer]
        return self.unread().filter(kind__in=names)


class Notification(models.Model):
    """One thing one person was told."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(_("kind"), max_length=60)
    # One row for each key and person: telling twice is telling once.
    key = models.CharField(max_length=150)
    context = models.JSONField(default=dict)
    # Whose name the context holds.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    url = models.CharField(max_length=500, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    # Until it is in a mail. The mail is written from this row when it is sent.
    mail_due = models.BooleanField(default=False)
    mail = models.ForeignKey(
        "notifications.Mail",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="notifications",
    )
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-created", "-id"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notifications_once")]
        indexes = [models.Index(fields=["user", "read_at"], name="notifications_unread")]

    def __str__(self) -> str:
        return f"{self.kind} ({self.created:%Y-%m-%d})"

    @property
    def definition(self) -> Kind | None:
        """The kind as the code declares it; None where a kind has been taken out of the code."""
        return KINDS.get(self.kind)

    @property
    def subject(self) -> str:
        """The subject in the active language."""
        return self.definition.render("subject", self.context) if self.definition else ""

    @property
    def body(self) -> str:
        """The body in the active language."""
        return self.definition.render("body", self.context) if self.definition else ""

    @property
    def action(self) -> str:
        """The words of the button, in the active language."""
        return self.definition.render("action", self.context) if self.definition else ""

    @property
    def address(self) -> str:
        """Where it leads, in the active language: written down is that of whoever did something, or none."""
        return in_interface(self.url)


def new_token() -> str:
    """A secret for the one-click unsubscribe address."""
    return secrets.token_urlsafe(24)


class Preference(models.Model):
    """How one person wants to hear of one group of things."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences")
    group = models.CharField(max_length=60)
    delivery = models.CharField(max_length=10, choices=Delivery.choices, default=Delivery.AT_ONCE)
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = [models.UniqueConstraint(fields=["user", "group"], name="notifications_one_preference")]

    def __str__(self) -> str:
        return f"{self.group}: {self.get_delivery_display()}"
