"""Small blocks that others are made of, and what rich text may hold."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

TEXT_FEATURES = [
    "h3",
    "h4",
    "bold",
    "italic",
    "ol",
    "ul",
    "link",
    "document-link",
    "code",
    "blockquote",
    "hr",
    "superscript",
    "strikethrough",
]
INLINE_FEATURES = ["bold", "italic", "link", "code"]
ANSWER_FEATURES = ["bold", "italic", "link", "ol", "ul", "code"]
TIMESTAMP = re.compile(r"^(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)$")


class _SameInEveryLanguage:
    """Tells wagtail-localize that there is nothing to translate here."""

    def get_translatable_segments(self, value: Any) -> list[Any]:
        """No segments."""
        return []

    def restore_translated_segments(self, value: Any, segments: Any) -> Any:
        """The value as it is."""
        return value


class FixedCharBlock(_SameInEveryLanguage, blocks.CharBlock):
    """A line that is the same in every language: a licence, a file name."""


class FixedTextBlock(_SameInEveryLanguage, blocks.TextBlock):
    """Lines that are the same in every language: code."""


def seconds_of(timestamp: str) -> int:
    """Seconds of "4:05" or "1:04:05". Raises ValueError for anything else."""
    found = TIMESTAMP.match(timestamp.strip())
    if not found:
        raise ValueError(timestamp)
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds


class TimestampBlock(FixedCharBlock):
    """A place in a recording, written as minutes:seconds or hours:minutes:seconds."""

    def clean(self, value: str) -> str:
        value = super().clean(value)
        if value and not self.is_deferred_validation:
            try:
                seconds_of(value)
            except ValueError as error:
                raise ValidationError(_("Write a time such as 4:05 or 1:04:05.")) from error
        return value
