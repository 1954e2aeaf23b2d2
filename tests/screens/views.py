"""What is photographed: every kind of page in a wide window, the same in Arabic on a phone, some in the dark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.browser.page_kinds import DESK, KINDS, Kind

# Those in which much of the palette is seen: pictures, cards, reasons, forms, notices, tables, the board.
IN_THE_DARK = {
    *("home", "search", "need", "person", "capacity", "lesson-question", "recording", "my-profile-section"),
    *("pair", "board", "notifications", "figures", "patterns"),
}


@dataclass(frozen=True)
class Window:
    """Through what a page is looked at; sizes in pixels."""

    name: str
    language: str
    width: int
    height: int
    scheme: str = "light"
    touch: bool = False


DESKTOP = Window("desktop", "en", 1280, 800)
PHONE = Window("phone", "ar", 360, 740, touch=True)
DARK = Window("dark", "en", 1280, 800, scheme="dark")


@dataclass(frozen=True)
class View:
    """A kind of page in a window."""

    kind: Kind
    window: Window

    @property
    def name(self) -> str:
        """Where its picture lies below the folder of a take, without ending."""
        return f"{self.window.name}/{self.kind.name}"


def all_views() -> Iterator[View]:
    """All of them, window by window."""
    for kind in (*KINDS, *DESK):
        yield View(kind, DESKTOP)
    for kind in KINDS:
        yield View(kind, PHONE)
    for kind in KINDS:
        if kind.name in IN_THE_DARK:
            yield View(kind, DARK)


def chosen(words: Iterable[str]) -> list[View]:
    """Those in whose name one of the words stands; all without words."""
    wanted = list(words)
    return [view for view in all_views() if not wanted or any(word in view.name for word in wanted)]
