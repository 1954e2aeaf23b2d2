"""The pictures of docs/: the upper part of ten pages, small enough to stay in the repository."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests.browser.page_kinds import DESK, KINDS
from tests.screens.views import View, Window

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
MOST_BYTES = 60_000
WIDTH = 1120  # pixels; wide enough for three columns, and few pixels
COLOURS = (0, 256, 192, 128, 96, 64)  # none are taken away first


@dataclass(frozen=True)
class Excerpt:
    """The first `height` pixels of a kind of page."""

    kind: str
    height: int = 900


EXCERPTS = {
    "home": Excerpt("home", 1000),
    "search": Excerpt("search", 1000),
    "capacity": Excerpt("capacity", 1150),
    "person": Excerpt("person"),
    "need": Excerpt("need-answered", 1400),
    "lesson-step": Excerpt("lesson-question", 1250),
    "recording": Excerpt("recording", 1000),
    "board": Excerpt("board", 1300),
    "pair": Excerpt("pair", 1000),
    "page-form": Excerpt("desk-lesson", 1300),
}


def excerpts() -> Iterator[tuple[str, View]]:
    """The name of each picture, and what it shows."""
    kinds = {kind.name: kind for kind in (*KINDS, *DESK)}
    for name, excerpt in EXCERPTS.items():
        yield name, View(kinds[excerpt.kind], Window("docs", "en", WIDTH, excerpt.height))


def small(picture: bytes) -> bytes:
    """A PNG as WebP no heavier than `MOST_BYTES`: all of its colours, else as many as fit.

    Letters stay sharp so, and weigh less than with the blur that photographs bear.
    """
    with Image.open(io.BytesIO(picture)) as opened:
        plain = opened.convert("RGB")
    for colours in COLOURS:
        fewer = plain.quantize(colours, dither=Image.Dither.NONE).convert("RGB") if colours else plain
        out = io.BytesIO()
        fewer.save(out, "WEBP", lossless=True, quality=60, method=4)
        if out.tell() <= MOST_BYTES:
            return out.getvalue()
    raise ValueError(f"It weighs {out.tell()} bytes with {colours} colours: show less of the page.")
