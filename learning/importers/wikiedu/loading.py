"""From records to our pages and libraries: what is new, what changed, what was edited here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale

from learning.models import ImportRecord, LearningIndexPage

from .blocks import Image
from .content import Builder, Built, images_of, original_address
from .counts import Fates, count
from .downloads import Fetch, Images, fetch
from .history import SOURCE, ImportHistory
from .libraries import load_libraries
from .links import Target
from .pages import Pages
from .reader import read_training
from .records import Module, Slide, Training
from .reports import Defects, Kind, Outcome, Tally
from .steps import Surroundings, block_id
from .translate import Translator, locale_for

Progress = Callable[[str, Iterable[Any]], Iterable[Any]]


class NoPlaceForModules(Exception):
    """The site has no learning home yet to put modules under."""


@dataclass(frozen=True)
class Options:
    """How to import. `fetch` gets the bytes of a picture, for `download_images`. `source` names the
    dashboard: what another one has under the same number is another thing."""

    dry_run: bool = False
    download_images: bool = False
    overwrite_local_edits: bool = False
    commit: str = ""
    fetch: Fetch = fetch
    source: str = SOURCE


@dataclass
class Result:
    """What an import found and did."""

    tally: Tally = field(default_factory=Tally)
    defects: Defects = field(default_factory=Defects)


def quiet(_label: str, things: Iterable[Any]) -> Iterable[Any]:
    """Show no progress."""
    return things


def import_training(path: Path, options: Options, progress: Progress = quiet) -> Result:
    """Import the training content below `path` and return what was done.

    Each module is saved in a transaction of its own: an import that is interrupted has saved whole modules,
    and the next one goes on where it stopped. Raises NotTrainingContent and NoPlaceForModules.
    """
    result = Result()
    training = read_training(path, result.defects, options.commit)
    _Import(training, options, result, progress).run()
    return result


class _Import:
    def __init__(self, training: Training, options: Options, result: Result, progress: Progress) -> None:
        home = LearningIndexPage.objects.filter(locale=Locale.get_default()).order_by("path").first()
        if home is None:
            raise NoPlaceForModules
        self.training = training
        self.options = options
        self.result = result
        self.defects = result.defects
        self.progress = progress
        self.ledger = ImportHistory(options.source)
        self.builder = Builder(training, self.defects)
        self.pages = Pages(home, self.ledger, self.defects, overwrite=options.overwrite_local_edits)
        self.images = Images(self.ledger, options.fetch, self.defects, dry_run=options.dry_run)
        self.locales: dict[str, Locale | None] = {}

    def run(self) -> None:
        before = {
            slide.slug: record.sha256
            for slide in self.training.slides.values()
            if (record := self.ledger.get(ImportRecord.Type.SLIDE, slide.id))
        }
        modules = list(self.training.modules.values())
        self.pages.make_room(modules, dry_run=self.options.dry_run)
        fates = Fates(before)
        for module in self.progress("Modules", modules):
            fates.modules[module.slug] = self.module(module)
        fates.libraries = load_libraries(
            self.training,
            self.ledger,
            self.pages.ids,
            self.defects,
            dry_run=self.options.dry_run,
            overwrite=self.options.overwrite_local_edits,
        )
        fates.languages = set(self.locales) - set(dict(settings.WAGTAIL_CONTENT_LANGUAGES))
        count(self.result.tally, self.training, self.builder, fates)

    def module(self, module: Module) -> str:
        """Import a module and return the column of the table it belongs to."""
        slides = self.training.slides_of(module)
        built = self.builder.build(module, self.surroundings(slides))
        record = self.ledger.get(ImportRecord.Type.MODULE, module.id)
        self.check_languages(module)
        if record and record.page_id and record.built == built.sha256:
            self.remember(slides)
            return "unchanged"
        if self.options.dry_run:
            return self.pages.fate(module, record)
        try:
            with transaction.atomic():
                return self.save(built, slides)
        # One module that the database or Wagtail refuses must not stop the others.
        except Exception as error:
            message = f"The module could not be saved: {error!r}."
            self.defects.add(Kind.LOAD, Outcome.SKIPPED, module.source.path, message)
            return "skipped"

    def save(self, built: Built, slides: tuple[Slide, ...]) -> str:
        fate, page = self.pages.save(built, self.training.commit)
        if page is None:
            return fate
        translator = None
        for language, content in built.translations.items():
            locale = self.locales[language]
            if locale:
                path, overwrite = built.module.source.path, self.options.overwrite_local_edits
                translator = translator or Translator(page, path, self.defects, overwrite=overwrite)
                translator.load(content, locale)
        self.ledger.write_all(self.slide_record(slide) for slide in slides)
        return fate

    def remember(self, slides: tuple[Slide, ...]) -> None:
        """Note the files of slides that differ in nothing that is shown."""
        other = []
        for slide in slides:
            record = self.ledger.get(ImportRecord.Type.SLIDE, slide.id)
            if record and record.sha256 != slide.source.sha256:
                other.append(slide)
        if other and not self.options.dry_run:
            self.ledger.write_all(self.slide_record(slide) for slide in other)

    def slide_record(self, slide: Slide) -> ImportRecord:
        return ImportRecord(
            source=self.ledger.source,
            type=ImportRecord.Type.SLIDE,
            source_id=str(slide.id),
            slug=slide.slug[:255],
            source_path=slide.source.path[:500],
            source_commit=self.training.commit,
            sha256=slide.source.sha256,
        )

    def check_languages(self, module: Module) -> None:
        """Find the locales of a module's translations; languages that the site does not have are named."""
        for language in module.translations:
            if language not in self.locales:
                self.locales[language] = locale_for(language, create=not self.options.dry_run)
            if language not in dict(settings.WAGTAIL_CONTENT_LANGUAGES):
                message = f"This site has no language “{language}”; the translation was left out."
                self.defects.add(Kind.TRANSLATION, Outcome.SKIPPED, module.source.path, message)

    def surroundings(self, slides: tuple[Slide, ...]) -> Surroundings:
        """Return what the steps of a module must know of this site."""
        paths = {
            image.src: slide.source.path
            for slide in slides
            for image in images_of(self.builder.pieces(slide))
        }

        def image(found: Image) -> int | None:
            if not self.options.download_images:
                return None
            return self.images.id_of(found, paths.get(found.src, slides[0].source.path))

        def page(found: Target) -> int | None:
            return self.pages.page_of(found.module)

        def step(found: Target) -> str:
            module = self.training.modules.get(found.module)
            if module is None:
                return self.pages.earlier_step(found)
            if found.slide not in module.slides:
                return ""
            return block_id("slide", self.training.slides[found.slide].id)

        def address(found: Target) -> str:
            return original_address(self.training, found)

        return Surroundings(page, step, address, image)
