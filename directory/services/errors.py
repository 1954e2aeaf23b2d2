"""What a verb says when it cannot be done."""

from __future__ import annotations


class NotPossible(Exception):
    """It cannot be done. The text is a sentence for the person who tried; nothing has changed."""
