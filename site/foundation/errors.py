"""What is said to people when something cannot be done."""

from __future__ import annotations


class UserFacingError(Exception):
    """It cannot be done. The text is a sentence for the person who tried, in their language; nothing has changed."""
