"""The figures at the end of an import.

Quizzes, answers, pictures and videos share the fate of their slide, a slide that of its modules. A picture
counts once for each place that shows it and a video once for all; both as the original's bodies have them.
Translations are those of slides and of modules.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .blocks import Accordion, Piece, Video
from .content import Builder, images_of
from .records import Slide, Training
from .reports import Tally


@dataclass
class Fates:
    """What became of modules and libraries, by slug; `hashes` are the slides' before the import.

    `languages` are those that this site does not have.
    """

    hashes: Mapping[str, str]
    modules: dict[str, str] = field(default_factory=dict)
    libraries: dict[str, str] = field(default_factory=dict)
    languages: set[str] = field(default_factory=set)

    def of_slide(self, slide: Slide, homes: list[str]) -> str:
        """Return what became of a slide that the modules `homes` hold."""
        fates = {self.modules[home] for home in homes} - {"skipped"}
        if not fates:
            return "skipped"
        if fates == {"unchanged"}:
            return "unchanged"  # its file may differ, in a comment perhaps, but nothing that is shown
        if slide.slug not in self.hashes:
            return "created"
        return "unchanged" if self.hashes[slide.slug] == slide.source.sha256 else "updated"


def count(tally: Tally, training: Training, builder: Builder, fates: Fates) -> None:
    """Fill in the table."""
    for name in ("libraries", "modules", "slides"):
        tally.add(name, "found", training.files.get(name, 0))
    for fate in fates.libraries.values():
        tally.add("libraries", fate)
    homes: dict[str, list[str]] = {}
    for module in training.modules.values():
        tally.add("modules", fates.modules[module.slug])
        for slug in module.slides:
            homes.setdefault(slug, []).append(module.slug)
        for language in module.translations:
            tally.add("translations", "found")
            if language not in fates.languages:
                tally.add("translations", fates.modules[module.slug])
    videos: set[str] = set()
    for slide in training.slides.values():
        fate = fates.of_slide(slide, homes.get(slide.slug, []))
        tally.add("slides", fate)
        _count_slide(tally, slide, fate, builder.pieces(slide), videos)
        for language in slide.translations:
            tally.add("translations", "found")
            spoken = any(
                language in training.modules[home].translations for home in homes.get(slide.slug, [])
            )
            if spoken and language not in fates.languages:
                tally.add("translations", fate)
    tally.close()


def _count_slide(tally: Tally, slide: Slide, fate: str, pieces: tuple[Piece, ...], videos: set[str]) -> None:
    if slide.quiz:
        _add(tally, "quizzes", fate, 1)
        _add(tally, "answers", fate, len(slide.quiz.answers))
    _add(tally, "images", fate, len(images_of(pieces)))
    new = _videos(pieces) - videos
    videos |= new
    _add(tally, "videos", fate, len(new))


def _add(tally: Tally, name: str, fate: str, number: int) -> None:
    tally.add(name, "found", number)
    tally.add(name, fate, number)


def _videos(pieces: tuple[Piece, ...]) -> set[str]:
    found: set[str] = set()
    for piece in pieces:
        if isinstance(piece, Video):
            found.add(piece.youtube_id)
        elif isinstance(piece, Accordion):
            found |= _videos(piece.pieces)
    return found
