"""The text of an uploaded file of captions."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.l10n.encodings import Undecodable, decoded
from learning.captions.validation import Note

LARGEST = 2 * 1024 * 1024


def read_file(document: Any) -> tuple[str, list[Note]]:
    """The text of a document, and a note where its encoding had to be guessed.

    Raises ValidationError for the field "file" where it is no text or far too long.
    """
    try:
        with document.file.open("rb") as stream:
            content = stream.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise ValidationError({"file": _("This file is larger than captions are (2 MB).")})
        text, encoding = decoded(content)
    except (Undecodable, OSError) as error:
        message = _("This file cannot be read. Save it as UTF-8 and try again.")
        raise ValidationError({"file": message}) from error
    return text, [] if encoding == "UTF-8" else [Note(0, "encoding", encoding)]
