"""Training content for tests: a small garden made by hand, and the real data where it is there."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from learning.importers.wikiedu.body import read_body
from learning.importers.wikiedu.pieces import Accordion, Piece
from learning.importers.wikiedu.reader import read_training
from learning.importers.wikiedu.records import Text, Training
from learning.importers.wikiedu.report import Defects

GARDEN = Path(__file__).parent / "garden"
SHARED = Path(__file__).parents[3] / "../shared/data"
REAL = SHARED / "wikiedu-training"


@dataclass
class Read:
    """What was read from one folder, and what was wrong with it."""

    training: Training
    defects: Defects

    def bodies(self) -> Iterator[tuple[str, str, Text, str]]:
        """Yield the language, title, text and path of every slide's body."""
        for slide in self.training.slides.values():
            yield "en", slide.title, slide.body, slide.source.path
            for language, translation in slide.translations.items():
                yield language, translation.title, translation.body, slide.source.path

    def pieces(self, slug: str) -> tuple[Piece, ...]:
        """Return the pieces of one slide."""
        slide = self.training.slides[slug]
        return read_body(slide.body, slide.title, slide.source.path, self.defects)


def flat(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    """Yield pieces and the pieces inside them."""
    for piece in pieces:
        yield piece
        if isinstance(piece, Accordion):
            yield from flat(piece.pieces)


def read(path: Path) -> Read:
    defects = Defects()
    return Read(read_training(path, defects), defects)


@pytest.fixture
def garden() -> Read:
    return read(GARDEN)


@pytest.fixture(scope="session")
def real() -> Read:
    if not REAL.is_dir():
        pytest.skip(f"The real training content is not at {REAL}.")
    return read(REAL)
