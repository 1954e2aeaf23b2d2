"""Who refers to whom: slides and modules that do not exist, and those that nobody lists."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from difflib import SequenceMatcher, get_close_matches

from .records import Category, Library, Module, Slide
from .reports import Defects, Kind, Outcome

SUGGESTION = 0.75  # how alike (0 to 1) a slug must be to be named as the one that may be meant
CERTAINTY = 0.95  # how alike it must be, and unused otherwise, to be taken without asking


def check_references(
    libraries: Mapping[str, Library],
    modules: Mapping[str, Module],
    slides: Mapping[str, Slide],
    archived: Mapping[str, tuple[str, ...]],
    defects: Defects,
) -> tuple[dict[str, Module], dict[str, Library]]:
    """Return modules and libraries that refer only to what exists; everything else is reported.

    `archived` names the slides of modules that the source keeps but never loads.
    """
    used = {slug for module in modules.values() for slug in module.slides}
    mended = {
        slug: replace(module, slides=tuple(_existing_slides(module, slides, used, defects)))
        for slug, module in modules.items()
    }
    listed = {
        slug: replace(library, categories=tuple(_existing_entries(library, mended, defects)))
        for slug, library in libraries.items()
    }
    _report_orphans(listed, mended, slides, archived, defects)
    return mended, listed


def _existing_slides(
    module: Module, slides: Mapping[str, Slide], used: Collection[str], defects: Defects
) -> Iterable[str]:
    for position, slug in enumerate(module.slides):
        if slug in slides:
            yield slug
            continue
        near = get_close_matches(slug, slides, n=1, cutoff=SUGGESTION)
        outcome, message = Outcome.SKIPPED, f"There is no slide “{slug}”; it was left out."
        if near and near[0] not in used and _surely(slug, near[0]):
            outcome, message = Outcome.MENDED, f"There is no slide “{slug}”; “{near[0]}” was taken."
            yield near[0]
        elif near:
            message += f" Perhaps “{near[0]}” is meant."
        field = f"slides[{position}].slug"
        line = module.slide_lines.get(slug, 0)
        defects.add(Kind.DANGLING_SLIDE, outcome, module.source.path, message, line=line, field=field)


def _surely(slug: str, near: str) -> bool:
    """Return whether a slug is the other one misspelt. Different numbers are different slides."""
    digits = [[c for c in text if c.isdigit()] for text in (slug, near)]
    return digits[0] == digits[1] and SequenceMatcher(None, slug, near).ratio() >= CERTAINTY


def _existing_entries(
    library: Library, modules: Mapping[str, Module], defects: Defects
) -> Iterable[Category]:
    for number, category in enumerate(library.categories):
        kept = []
        for position, entry in enumerate(category.entries):
            if entry.slug in modules:
                kept.append(entry)
                continue
            near = get_close_matches(entry.slug, modules, n=1, cutoff=SUGGESTION)
            message = f"There is no module “{entry.slug}”; it was left out."
            if near:
                message += f" Perhaps “{near[0]}” is meant."
            field = f"categories[{number}].modules[{position}].slug"
            path = library.source.path
            defects.add(Kind.DANGLING_MODULE, Outcome.SKIPPED, path, message, line=entry.line, field=field)
        yield replace(category, entries=tuple(kept))


def _report_orphans(
    libraries: Mapping[str, Library],
    modules: Mapping[str, Module],
    slides: Mapping[str, Slide],
    archived: Mapping[str, tuple[str, ...]],
    defects: Defects,
) -> None:
    used = {slug for module in modules.values() for slug in module.slides}
    homes = {slide: name for name, listed in archived.items() for slide in listed}
    for slug, slide in slides.items():
        if slug not in used:
            home = homes.get(slug)
            message = "No module lists this slide; it was not imported."
            if home:
                message = f"Only the archived module “{home}” lists this slide; it was not imported."
            defects.add(Kind.ORPHAN_SLIDE, Outcome.SKIPPED, slide.source.path, message)
    listed_modules = {slug for library in libraries.values() for slug in library.modules}
    for slug, module in modules.items():
        if slug not in listed_modules:
            message = "No library lists this module; it was imported outside of any library."
            defects.add(Kind.ORPHAN_MODULE, Outcome.NOTED, module.source.path, message)
