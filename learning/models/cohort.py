"""Cohorts: a course at certain dates, with seats, sessions and the people who are enrolled."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable

from directory.forms.fields import Languages
from foundation.l10n.names import Named, said
from foundation.workflow.models import Flowing
from learning.admin.forms import CohortForm
from learning.constants import language_choices
from learning.flows import ENROLMENT
from learning.models.course import CoursePage
from learning.querysets import SEATED, CohortQuerySet, EnrolmentQuerySet


class Cohort(Named, ClusterableModel):
    """A course at certain dates. It belongs to the course's original, so all languages share its seats."""

    named = ("name",)

    course = models.ForeignKey(
        CoursePage, verbose_name=_("course"), on_delete=models.CASCADE, related_name="cohorts"
    )
    name = models.CharField(_("name"), max_length=120, help_text=_("Such as: Spring 2027."))
    language = models.CharField(_("language"), max_length=12, choices=language_choices, default="en")
    opens = models.DateTimeField(_("enrolment opens"))
    closes = models.DateTimeField(_("enrolment closes"))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    seats = models.PositiveSmallIntegerField(_("seats"), default=24, validators=[MinValueValidator(1)])
    waiting_list = models.BooleanField(_("keep a waiting list"), default=True)
    note = models.CharField(_("note for learners"), max_length=300, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = CohortQuerySet.as_manager()

    base_form_class = CohortForm
    panels = [
        PageChooserPanel("course"),
        FieldPanel("name"),
        FieldPanel("language"),
        FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldRowPanel([FieldPanel("seats"), FieldPanel("waiting_list")]),
        FieldPanel("note"),
        InlinePanel("sessions", label=_("Session")),
    ]

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ["-starts_on", "id"]

    def __str__(self) -> str:
        return f"{self.course} · {self.name}"

    def clean(self) -> None:
        super().clean()
        if self.opens and self.closes and self.closes <= self.opens:
            raise ValidationError({"closes": _("Enrolment closes before it opens.")})
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The course ends before it starts.")})
        self._check_seats()

    def _check_seats(self) -> None:
        """As many seats as are taken, at least; a cohort that had fewer before may be changed otherwise."""
        before = Cohort.objects.with_taken().filter(pk=self.pk).first() if self.pk else None
        if before is None or self.seats is None or self.seats == before.seats:
            return
        taken = before.taken()
        if self.seats < taken:
            message = ngettext(
                "%(taken)s seat is taken already. Give at least as many, or take somebody out of the group first.",
                "%(taken)s seats are taken already. Give at least as many, or take people out of the group first.",
                taken,
            )
            raise ValidationError({"seats": message % {"taken": taken}})

    @property
    def has_begun(self) -> bool:
        """Whether its first day has come."""
        return self.starts_on <= timezone.localdate()

    @property
    def is_open(self) -> bool:
        """Whether people may enrol now."""
        return self.opens <= timezone.now() < self.closes

    def taken(self) -> int:
        """Seats taken now. Lists annotate it with `with_taken()`."""
        if hasattr(self, "seats_taken"):
            return int(self.seats_taken)
        return self.enrolments.filter(state__in=SEATED).count()

    def waiting(self) -> int:
        """People on the waiting list now. Lists annotate it with `with_taken()`."""
        if hasattr(self, "people_waiting"):
            return int(self.people_waiting)
        return self.enrolments.in_line().count()

    def seats_left(self) -> int:
        """Seats that somebody new can take: none while others wait for them."""
        return max(0, self.seats - self.taken() - self.waiting())


class Session(Named, Orderable):
    """A live call of a cohort. The address of the meeting is for enrolled people only."""

    cohort = ParentalKey(Cohort, on_delete=models.CASCADE, related_name="sessions")
    title = models.CharField(_("title"), max_length=200)
    starts_at = models.DateTimeField(_("starts"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        default=60,
        validators=[
            MinValueValidator(1, _("A call lasts at least a minute.")),
            MaxValueValidator(24 * 60, _("A call lasts at most a day. Make several of a longer one.")),
        ],
    )
    language = models.CharField(_("language"), max_length=12, choices=language_choices, default="en")
    interpretation = models.CharField(
        _("interpreted into"),
        max_length=120,
        blank=True,
        help_text=_("Languages with commas, by name or code, such as: es, ar."),
    )
    meeting_url = models.URLField(
        _("address of the meeting"), max_length=500, blank=True, help_text=_("Shown to enrolled people only.")
    )
    recording = models.ForeignKey(
        "learning.WebinarPage",
        verbose_name=_("recording"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("minutes")]),
        FieldRowPanel([FieldPanel("language"), FieldPanel("interpretation")]),
        FieldPanel("meeting_url"),
        PageChooserPanel("recording"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        indexes = [models.Index(fields=["starts_at"], name="learning_session_when")]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        known = Languages()
        codes: list[str] = []
        for typed in filter(None, map(str.strip, re.split(r"[,;،]", self.interpretation))):
            code = known.resolve(typed)
            if code is None:
                message = said(_("We know no language called “%(typed)s”."), typed=typed)
                raise ValidationError({"interpretation": message})
            codes.append(code)
        self.interpretation = ", ".join(dict.fromkeys(codes))

    @property
    def ends_at(self) -> Any:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def interpreted_into(self) -> list[str]:
        """Codes of the languages it is interpreted into."""
        return [code.strip() for code in self.interpretation.split(",") if code.strip()]


class Enrolment(Flowing):
    """Somebody in a cohort, or on its waiting list."""

    flow = ENROLMENT

    # Learners keep theirs: a cohort that somebody has joined is not deleted.
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="enrolments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolments")
    created = models.DateTimeField(auto_now_add=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["created", "id"]
        constraints = [models.UniqueConstraint(fields=["cohort", "user"], name="learning_enrolment_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.cohort_id}"

    def roles_of(self, user: Any) -> set[str]:
        """learner, coordinator: what this user is here."""
        roles: set[str] = set()
        if user.is_authenticated and user.pk == self.user_id:
            roles.add("learner")
        if user.is_authenticated and user.has_perm("learning.change_enrolment"):
            roles.add("coordinator")
        return roles
