"""Training content for tests: a small garden made by hand, and the real data where it is there."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from wagtail.models import Locale, Page, Site

from exchange.home.models import HomePage
from learning.importers.wikiedu.blocks import Accordion, Piece
from learning.importers.wikiedu.body import read_body
from learning.importers.wikiedu.loading import Options, Result, import_training
from learning.importers.wikiedu.reader import read_training
from learning.importers.wikiedu.records import Text, Training
from learning.importers.wikiedu.reports import Defects
from learning.models import LearningIndexPage, TrainingModulePage

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


@pytest.fixture
def learning_home(db):
    """An English site with a place for modules."""
    english, _ = Locale.objects.get_or_create(language_code="en")
    home = HomePage(title="Home", slug="front", locale=english)
    Page.get_first_root_node().add_child(instance=home)
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
    Site.clear_site_root_paths_cache()
    return home.add_child(instance=LearningIndexPage(title="Learn", slug="learn", locale=english))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the garden to change files in."""
    return Path(shutil.copytree(GARDEN, tmp_path / "garden"))


def bring_in(path: Path, **options) -> Result:
    """Import and return what was done."""
    return import_training(path, Options(**options))


def row(result: Result, name: str) -> dict[str, int]:
    """Return one row of the table, without its zeros."""
    return {column: number for column, number in result.tally.counts[name].items() if number}


def page(slug: str, language: str = "en") -> TrainingModulePage:
    """Return an imported module by its slug, or its translation."""
    original = TrainingModulePage.objects.get(slug=slug, locale__language_code="en")
    if language == "en":
        return original
    return original.get_translation(Locale.objects.get(language_code=language))


def blocks(module: TrainingModulePage, number: int, kind: str) -> list:
    """Return the values of the blocks of one kind in the step with a number (from 0)."""
    return [block.value for block in module.steps[number].value["body"] if block.block_type == kind]


def describe(page: TrainingModulePage) -> None:
    """Says something of every picture of which the source says nothing."""
    for step in page.steps:
        for block in step.value["body"]:
            if block.block_type in ("image", "remote_image") and not block.value["alt"]:
                block.value["alt"] = "A worm"
