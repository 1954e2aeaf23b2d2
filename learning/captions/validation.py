"""What an editor is told of their captions, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from foundation.l10n.names import said

MOST = 20


class Note(NamedTuple):
    """What was found in a line (counted from 1; 0 for the whole): a code of `sentence`, and what it speaks of."""

    line: int
    code: str
    about: str = ""
    instead: str = ""


def shortened(notes: Sequence[Note]) -> list[Note]:
    """The first notes, and how many there are beside: some tools write every single time in a way of their own."""
    if len(notes) <= MOST:
        return list(notes)
    return [*notes[: MOST - 1], Note(0, "more", str(len(notes) - MOST + 1))]


def sentence(note: Note) -> str:
    """The note in the reader's language."""
    words = said(
        {
            "mended": _("%(about)s was read as %(instead)s."),
            "times": _("these times cannot be read, and the words below them are left out: %(about)s"),
            "backwards": _("this caption ends before it begins and is left out: %(about)s"),
            "empty": _("there are no words below these times."),
            "no length": _(
                "this caption has no length, so players do not show it; its words are in the transcript."
            ),
            "unclosed": _("a “<” that is no tag hides what follows. Write &lt; for it: %(about)s"),
            "arrow": _("players show nothing from a line with “-->” on: %(about)s"),
            "converted": _("Read as %(about)s and kept as WebVTT."),
            "no header": _("The first line, WEBVTT, was missing and has been added."),
            "rolling": _(
                "Lines that repeat what was just said stand once in the transcript; the player's file keeps them."
            ),
            "language": _(
                "The file says that it is in %(about)s, and you have chosen %(instead)s. Is that right?"
            ),
            "more": _("And %(about)s more."),
            "encoding": _(
                "The file is not in UTF-8 and was read as %(about)s. Look whether its letters are right."
            ),
        }[note.code],
        about=note.about,
        instead=note.instead,
    )
    return said(_("Line %(line)s: %(said)s"), line=note.line, said=words) if note.line else words
