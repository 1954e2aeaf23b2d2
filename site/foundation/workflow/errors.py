"""Why an object does not move along its flow."""

from __future__ import annotations

from foundation.errors import UserFacingError


class TransitionError(UserFacingError):
    """The move cannot be made."""


class StaleState(TransitionError):
    """Somebody or something else moved it first."""
