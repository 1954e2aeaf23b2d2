"""Questions to the database about cohorts and who is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

if TYPE_CHECKING:
    # Named in quotes below.
    from learning.models import Cohort, Enrolment  # noqa: F401

SEATED = ("enrolled", "completed")


class CohortQuerySet(models.QuerySet["Cohort"]):
    """Questions about cohorts."""

    def upcoming(self) -> CohortQuerySet:
        """Not over yet, the next to start first."""
        return self.filter(ends_on__gte=timezone.localdate()).order_by("starts_on", "id")

    def with_taken(self) -> CohortQuerySet:
        """With `seats_taken` and `people_waiting`."""
        return self.annotate(
            seats_taken=Count("enrolments", filter=Q(enrolments__state__in=SEATED), distinct=True),
            people_waiting=Count(
                "enrolments",
                filter=Q(enrolments__state="waiting", enrolments__user__is_active=True),
                distinct=True,
            ),
        )


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Questions about enrolments."""

    def seated(self) -> EnrolmentQuerySet:
        """Those who hold a seat."""
        return self.filter(state__in=SEATED)

    def in_line(self) -> EnrolmentQuerySet:
        """Those who wait for a seat, the next one first. A closed account cannot take one."""
        return self.filter(state="waiting", user__is_active=True).order_by("state_since", "id")
