"""What engines raise, and what is said to somebody whose search cannot be saved."""

from __future__ import annotations

from foundation.errors import UserFacingError


class EngineError(Exception):
    """The engine could not answer or write; the message says what to look at."""


class EngineBusy(EngineError):
    """Another process holds the right to write for longer than we were told to wait."""


class CannotSave(UserFacingError):
    """The search cannot be saved."""
