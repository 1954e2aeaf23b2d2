"""The typed blocks a Markdown body becomes, in the order of its words.

HTML in pieces is made only of the tags that `richtext` writes. Links into the training content are kept
as addresses of the scheme `training:` (see `links`), because only the loader knows our pages.
"""

from dataclasses import dataclass
from enum import StrEnum


class Layout(StrEnum):
    """How much room an image takes: the source's `alt-layout-…` classes in our words."""

    NATURAL = "natural"
    FULL = "full"
    WIDE = "wide"
    HALF = "half"
    START = "start"
    END = "end"
    ICON = "icon"


@dataclass(frozen=True)
class RichText:
    """Paragraphs, headings, lists, quotations and rules."""

    html: str


@dataclass(frozen=True)
class Note:
    """A boxed remark."""

    html: str


@dataclass(frozen=True)
class Image:
    """A picture that stays a work of its own, with its own page, author and licence.

    `src` is the address of the picture. `file_name` and `file_page` are its name and page on Commons or
    English Wikipedia, "" for a picture from elsewhere. `alt` is "" where the source says nothing that
    could stand for the picture; somebody has to write it then. `caption` is HTML of one line, `credit`
    plain text with `credit_url`, and `licence` what the credit names, in SPDX-like short form.
    """

    src: str
    file_name: str = ""
    file_page: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    credit_url: str = ""
    licence: str = ""
    layout: Layout = Layout.NATURAL


@dataclass(frozen=True)
class Video:
    """A YouTube video, by id. It is linked or shown behind a button, never loaded unasked."""

    youtube_id: str
    title: str
    portrait: bool = False

    @property
    def url(self) -> str:
        """Return the address of the video's page."""
        return f"https://www.youtube.com/watch?v={self.youtube_id}"


@dataclass(frozen=True)
class Button:
    """A link that asks to do the next thing."""

    label: str
    href: str


@dataclass(frozen=True)
class Accordion:
    """A heading that opens what it holds."""

    summary: str
    pieces: tuple["Piece", ...]


@dataclass(frozen=True)
class Code:
    """Text to be copied letter by letter."""

    text: str


@dataclass(frozen=True)
class Table:
    """Rows of cells; cells are HTML of one line. `header` says that the first row names the columns."""

    rows: tuple[tuple[str, ...], ...]
    header: bool = True


Piece = RichText | Note | Image | Video | Button | Accordion | Code | Table
