"""The append-only log of every move, and the fields that a flowing object shares."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.workflow.flows import Flow, State, Transition


class LogQuerySet(models.QuerySet["LogEntry"]):
    """Questions to the log."""

    def of(self, obj: models.Model) -> LogQuerySet:
        """The moves of one object, oldest first."""
        content_type = ContentType.objects.get_for_model(obj)
        return self.filter(content_type=content_type, object_id=str(obj.pk)).order_by("at", "id")

    def delete(self) -> Any:
        raise TypeError("The log is append-only.")

    def update(self, **kwargs: Any) -> int:
        raise TypeError("The log is append-only.")

    def anonymise(self, user_id: int) -> int:
        """Takes a deleted person's name off their entries; the moves themselves stay."""
        return super().filter(by_id=user_id).order_by()._forget()

    def _forget(self) -> int:
        return super().update(by=None, reason="")


class LogEntry(models.Model):
    """Who moved what from where to where, when and why. Written once, never changed."""

    flow = models.CharField(_("flow"), max_length=60)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=64)
    subject = GenericForeignKey("content_type", "object_id")
    name = models.CharField(_("transition"), max_length=60)
    source = models.CharField(_("from"), max_length=60, blank=True)
    target = models.CharField(_("to"), max_length=60)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    role = models.CharField(_("as"), max_length=60, blank=True)
    reason_code = models.CharField(_("reason code"), max_length=60, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = LogQuerySet.as_manager()

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log entries")
        indexes = [models.Index(fields=["content_type", "object_id", "at"], name="workflow_log_subject")]
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.flow}: {self.source or '·'} → {self.target}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("The log is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("The log is append-only.")


class Flowing(models.Model):
    """What an object needs to take part in a flow: a state, and who somebody is to it."""

    flow: ClassVar[Flow]

    state = models.CharField(_("state"), max_length=40, db_index=True, editable=False)
    state_since = models.DateTimeField(_("in this state since"), auto_now_add=True, editable=False)

    class Meta:
        abstract = True

    def roles_of(self, user: Any) -> set[str]:
        """What this user is to this object, as the flow's transitions name it."""
        raise NotImplementedError

    def follow(self, row: Flowing) -> None:
        """Takes over the state of another reading of the same object, such as the locked one that was moved."""
        self.state, self.state_since = row.state, row.state_since

    @property
    def current(self) -> State:
        """The present state with its labels."""
        return self.flow.state(self.state)

    @property
    def is_open(self) -> bool:
        """Whether anything can still happen."""
        return not self.current.final

    def moves_for(self, user: Any) -> list[Transition]:
        """The moves this user may make now."""
        return self.flow.available(self.state, self.roles_of(user))
