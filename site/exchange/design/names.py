"""Names as people type and paste them: what can be seen is kept, what turns or hides the words beside it is not.

Characters that nobody sees make two names that look the same, a name that looks like none, and (the overrides of
direction) a sentence that reads backwards. They come with what is pasted from a chat, a PDF or a file name.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext_lazy as _

# Joins and parts letters (Persian, Hindi, emoji), so it is kept between them, and shows nothing by itself.
JOINERS = "\u200c\u200d"
# Letters and symbols by their category, which are drawn as nothing: Hangul fillers, the empty pattern of braille.
BLANKS = "\u115f\u1160\u3164\uffa0\u2800"
FSI, PDI = "\u2068", "\u2069"
_SPACES = re.compile(r"\s+")


def cleaned(text: str) -> str:
    """One line without what cannot be seen: controls, overrides and marks of direction, blanks, soft hyphens."""
    composed = unicodedata.normalize("NFC", _SPACES.sub(" ", text))
    kept = "".join(
        char for char in composed if char in JOINERS or (unicodedata.category(char) not in ("Cc", "Cf"))
    )
    return _SPACES.sub(" ", kept).strip().strip(JOINERS).strip()


def is_visible(text: str) -> bool:
    """Whether there is anything to see: a letter, a digit, a sign or a picture, and not marks or blanks alone."""
    return any(unicodedata.category(char)[0] in "LNPS" and char not in BLANKS for char in text)


def validate_visible(text: str) -> None:
    """Raises ValidationError for a text in which nothing can be seen."""
    if not is_visible(text):
        raise ValidationError(_("This has only characters that cannot be seen. Write at least one that can."))


def isolated(name: object) -> str:
    """A name for a sentence that runs the other way: set apart, so that it cannot turn the words around it.

    A name that runs as the page does, or has no direction, comes back as it is.
    """
    text = str(name)
    other = ("L",) if get_language_bidi() else ("R", "AL")
    if any(unicodedata.bidirectional(char) in other for char in text):
        return f"{FSI}{text}{PDI}"
    return text


class NameField(forms.CharField):
    """One line that others will see: a name, a title. What cannot be seen is taken out; that alone is refused."""

    def to_python(self, value: Any) -> str:
        typed = str(super().to_python(value) or "")
        text = cleaned(typed)
        if typed:
            validate_visible(text)
        return text
