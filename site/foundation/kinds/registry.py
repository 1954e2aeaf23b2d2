"""The kinds of things people meet here: the side of the house, the icon and the word of each.

A new kind of content adds a line here and a word in each language; nothing else in the design changes.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

SIDES = ("learning", "people", "mentoring", "money", "capacity")


@dataclass(frozen=True)
class Kind:
    """One kind: `side` gives the colour, `icon` the drawing, `word` is always shown beside it."""

    name: str
    side: str
    icon: str
    word: str | Promise


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("lesson", "learning", "book", pgettext_lazy("kind of thing", "Lesson")),
        Kind("recording", "learning", "play", pgettext_lazy("kind of thing", "Recording")),
        Kind("course", "learning", "calendar", pgettext_lazy("kind of thing", "Course")),
        Kind("person", "people", "person", pgettext_lazy("kind of thing", "Person")),
        Kind("organisation", "people", "people", pgettext_lazy("kind of thing", "Organisation")),
        Kind("offer", "people", "hand", pgettext_lazy("kind of thing", "Offer")),
        Kind("need", "people", "pin", pgettext_lazy("kind of thing", "Need")),
        Kind("mentor", "mentoring", "talk", pgettext_lazy("kind of thing", "Mentor")),
        Kind("grant", "money", "coin", pgettext_lazy("kind of thing", "Grant")),
        Kind("capacity", "capacity", "capacity", pgettext_lazy("kind of thing", "Capacity")),
        Kind("page", "", "document", pgettext_lazy("kind of thing", "Page")),
    )
}
