"""What stops a learner."""

from __future__ import annotations

from foundation.errors import UserFacingError


class EnrolmentError(UserFacingError):
    """Somebody cannot join a cohort, or leave it."""


class StaleAnswer(Exception):
    """The answer names choices that the question no longer has: an editor changed it meanwhile."""
