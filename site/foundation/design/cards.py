"""What a card shows of any object: the one shape that search, matching and every room hand to the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.kinds import registry


@dataclass(frozen=True)
class Card:
    """One thing to open, with why it is shown.

    `kind` is the name of a kind in `foundation.kinds.registry`; `reason` one whole sentence in the reader's language;
    `snippet` replaces the summary and may be safe HTML with <mark>; `facts` short texts such as "40 minutes";
    `face` a name that is drawn as initials; `language` of title and summary where it is not the page's;
    `badge` stands on the picture, such as "48:12".
    """

    kind: str
    title: str
    url: str
    summary: str = ""
    reason: str = ""
    snippet: str = ""
    facts: Sequence[str] = ()
    face: str = ""
    face_shape: str = ""
    language: str = ""
    action_label: str = ""
    action_url: str = ""
    primary: bool = False
    image_url: str = ""
    badge: str = ""

    @property
    def shape(self) -> str:
        """Of the face: people are round, organisations are square."""
        return self.face_shape or ("organisation" if registry.get(self.kind).square_face else "person")
