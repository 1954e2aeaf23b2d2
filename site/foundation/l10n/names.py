"""Names as people type and paste them: what can be seen is kept, what turns or hides the words beside it is not.

Characters that nobody sees make two names that look the same, a name that looks like none, and (the overrides of
direction) a sentence that reads backwards. They come with what is pasted from a chat, a PDF or a file name.
"""

from __future__ import annotations

import re
import unicodedata
from numbers import Number
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.safestring import mark_safe
from django.utils.translation import get_language_bidi, gettext
from django.utils.translation import gettext_lazy as _

# Joins and parts letters (Persian, Hindi, emoji), so it is kept between them, and shows nothing by itself.
JOINERS = "\u200c\u200d"
# Letters and symbols by their category, which are drawn as nothing: Hangul fillers, the empty pattern of braille.
BLANKS = "\u115f\u1160\u3164\uffa0\u2800"
FSI, PDI = "\u2068", "\u2069"
UNSEEN = _("This has only characters that cannot be seen. Write at least one that can.")
_SPACES = re.compile(r"\s+")


def cleaned(text: str) -> str:
    """One line without what cannot be seen: controls, overrides and marks of direction, blanks, soft hyphens."""
    composed = unicodedata.normalize("NFC", _SPACES.sub(" ", text))
    kept = "".join(
        char for char in composed if char in JOINERS or (unicodedata.category(char) not in ("Cc", "Cf"))
    )
    return _SPACES.sub(" ", kept).strip().strip(JOINERS).strip()


def holds_unseen(text: str) -> bool:
    """Whether there is anything in it that `cleaned` takes out for not being seen: more than blanks and marks."""
    return any(char not in JOINERS and unicodedata.category(char) in ("Cc", "Cf") for char in text)


def is_visible(text: str) -> bool:
    """Whether there is anything to see: a letter, a digit, a sign or a picture, and not marks or blanks alone."""
    return any(unicodedata.category(char)[0] in "LNPS" and char not in BLANKS for char in text)


def validate_visible(text: str) -> None:
    """Raises ValidationError for a text in which nothing can be seen."""
    if not is_visible(text):
        raise ValidationError(UNSEEN)


def isolated(name: object) -> str:
    """A name for a sentence that runs the other way: set apart, so that it cannot turn the words around it.

    A name that runs as the page does, or has no direction, comes back as it is.
    """
    text = str(name)
    other = ("L",) if get_language_bidi() else ("R", "AL")
    if not text.startswith(FSI) and any(unicodedata.bidirectional(char) in other for char in text):
        return mark_safe(f"{FSI}{text}{PDI}") if hasattr(name, "__html__") else f"{FSI}{text}{PDI}"
    return text


def said(sentence: Any, **places: Any) -> str:
    """A translated sentence with its %(places)s filled: each text is set apart as `isolated` does.

    Whatever people or other sites have written goes into a sentence by this, on pages and in mails:
    `said(_("Ask %(name)s"), name=person.name)`. Numbers stay numbers, so that the sentence agrees with them.
    """
    shown = {key: value if isinstance(value, Number) else isolated(value) for key, value in places.items()}
    return str(sentence % shown)


class Named:
    """A model whose names others see (`named`): whoever writes them, admin, importer or program that validates, they
    are cleaned first, and one of which nothing can be seen is refused. Stands before the model's other bases.
    """

    named: ClassVar[tuple[str, ...]] = ("title",)

    def clean_fields(self, exclude: Any = None) -> None:
        """As Django does it, after the names were cleaned. Raises ValidationError."""
        hidden: dict[str, Any] = {}
        for field in self.named:
            typed = str(getattr(self, field) or "")
            if holds_unseen(typed):
                setattr(self, field, cleaned(typed))
            if typed.strip() and not is_visible(typed):
                hidden[field] = ValidationError(UNSEEN)
        try:
            super().clean_fields(exclude=exclude)  # type: ignore[misc]
        except ValidationError as error:
            raise ValidationError({**error.update_error_dict({}), **hidden}) from error
        if hidden:
            raise ValidationError(hidden)


class NameField(forms.CharField):
    """One line that others will see: a name, a title. What cannot be seen is taken out; that alone is refused."""

    def to_python(self, value: Any) -> str:
        typed = str(super().to_python(value) or "")
        text = cleaned(typed)
        if typed:
            validate_visible(text)
        return text


# What programs that show mail turn into a link by themselves.
_LINK = re.compile(r"://|@|\bwww\.|\w\.[a-z]{2,}\b", re.ASCII)
# Scripts that put no blank between words: so many signs are a name, more can be a sentence.
_WITHOUT_BLANKS = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
LONGEST_WORD, LONGEST_WITHOUT_BLANKS = 20, 6


def holds_link(text: str) -> bool:
    """Whether it holds an address, or what looks like one."""
    return bool(_LINK.search(text) or re.search(r"\.(?:com|org|net|info|ru|xyz)\b", text, re.IGNORECASE))


def validate_no_link(text: str) -> None:
    """Raises ValidationError for a name that holds an address."""
    if holds_link(text):
        raise ValidationError(_("Write a name, without an address of a page or of e-mail."))


def plain_first_name(name: str) -> str:
    """The first word of a name for a mail that its reader has not asked for: letters, and few of them; otherwise
    nothing. Neither an address nor a sentence fits into it."""
    first = name.split(" ")[0].strip(",;")
    inner = first.replace("-", "").replace("'", "").replace("\u2019", "")
    letters = all(unicodedata.category(char)[0] in "LM" for char in inner)
    longest = LONGEST_WITHOUT_BLANKS if _WITHOUT_BLANKS.search(inner) else LONGEST_WORD
    return first if inner and letters and len(first) <= longest else ""


def former_member() -> str:
    """What stands where the name of somebody stood who has deleted their account."""
    return gettext("A former member")


def site_name() -> str:
    """What this site is called: in the reader's language unless it has a name of its own."""
    own = settings.SITE_NAME
    return gettext("The Capacity Exchange") if own == "The Capacity Exchange" else str(own)
