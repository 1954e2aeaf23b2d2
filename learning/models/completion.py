"""What a signed-in learner has done. Everything hangs on (translation_key, block id), never on a page or language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from learning.constants import Part


class OfLearner(models.Model):
    """A row about one learner and one module in all its languages."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    module = models.UUIDField(_("translation key of the module"))
    language = models.CharField(_("language"), max_length=12, blank=True)

    class Meta:
        abstract = True


class Study(OfLearner):
    """Somebody has begun a module: where they are in it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="studies")
    step = models.CharField(
        _("step"), max_length=36, blank=True, help_text=_("Block id of the last step opened.")
    )
    begun = models.DateTimeField(_("begun"), auto_now_add=True)
    seen = models.DateTimeField(_("last seen"), auto_now=True)

    class Meta:
        verbose_name = _("lesson begun")
        verbose_name_plural = _("lessons begun")
        constraints = [models.UniqueConstraint(fields=["user", "module"], name="learning_study_once")]
        indexes = [models.Index(fields=["user", "-seen"], name="learning_study_recent")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.module}"


class Progress(OfLearner):
    """What was done of one block: a step read, a question answered right, a list ticked, a task handed in.

    `state` holds what a learner wants to find again: ticked item ids, a link or text as evidence.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="progress")
    block = models.CharField(_("block"), max_length=36)
    part = models.CharField(_("part"), max_length=10, choices=Part.choices)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    state: Any = models.JSONField(default=dict, blank=True)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("progress")
        verbose_name_plural = _("progress")
        constraints = [
            models.UniqueConstraint(fields=["user", "module", "block"], name="learning_progress_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.module} {self.block}"


class Attempt(OfLearner):
    """One answer to one question, kept for ever. `wording` is what the learner read, so later edits do not matter."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attempts")
    step = models.CharField(_("step"), max_length=36)
    block = models.CharField(_("question"), max_length=36)
    answers: Any = models.JSONField(_("keys of the chosen answers"), default=list)
    correct = models.BooleanField(_("right"))
    wording: Any = models.JSONField(_("wording"), default=dict)
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        verbose_name=_("version of the page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["user", "module", "block", "at"], name="learning_attempt_of")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.block} ({'right' if self.correct else 'wrong'})"


class Completion(OfLearner):
    """A module was finished. Later edits of the module take nothing away."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="completions")
    title = models.CharField(_("title at that time"), max_length=255)
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        verbose_name=_("version of the page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("finished"), auto_now_add=True)

    class Meta:
        verbose_name = _("completion")
        verbose_name_plural = _("completions")
        ordering = ["-at", "id"]
        constraints = [models.UniqueConstraint(fields=["user", "module"], name="learning_completion_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.title}"
