"""From a folder of YAML files to records. A broken file is named and skipped, the rest goes in."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from .fields import Fields
from .parsers import read_library, read_module, read_slide
from .records import Library, Module, Slide, Source, Training
from .reports import Defects, Kind, Outcome
from .validation import check_references
from .yaml_file import YamlError, YamlFile, parse

CONTENT = Path("training_content/wiki_ed")
MAX_BYTES = 1_000_000  # the longest real file has 9,000
SLIDE_NAME = re.compile(r"(?P<id>\d+)-(?P<slug>.+)")

Record = TypeVar("Record", Library, Module, Slide)


class NotTrainingContent(Exception):
    """The given folder does not hold training content; the message says what was looked for."""


def find_root(path: Path) -> tuple[Path, Path]:
    """Return the folder that paths are named from, and the folder that holds libraries and modules.

    `path` may be a checkout of the source's repository, its `training_content`, or `wiki_ed` itself.
    Raises NotTrainingContent.
    """
    path = path.resolve()
    for content in (path / CONTENT, path / "wiki_ed", path):
        if (content / "modules").is_dir() and (content / "slides").is_dir():
            root = content.parents[1] if content.parts[-2:] == CONTENT.parts else content
            return root, content
    raise NotTrainingContent(
        f"{path} holds no training content: no folders “modules” and “slides” in it, in “wiki_ed” or in "
        f"“{CONTENT.as_posix()}”."
    )


def read_training(path: Path, defects: Defects, commit: str = "") -> Training:
    """Read all libraries, modules and slides below `path`; defects are added to `defects`.

    `commit` is the revision the files come from; where it is "" and `path` is a git checkout, its HEAD is
    taken. Raises NotTrainingContent.
    """
    root, content = find_root(path)
    reader = _Reader(root, defects)
    slides = reader.slides(content / "slides")
    modules = reader.modules(content / "modules")
    libraries = reader.libraries(content / "libraries")
    archived = reader.archived(content / "modules")
    modules, libraries = check_references(libraries, modules, slides, archived, defects)
    return Training(libraries, modules, slides, reader.counts, commit or head_commit(root))


def head_commit(root: Path) -> str:
    """Return the commit a git checkout stands at, or "" where `root` is none. Reads files only."""
    try:
        head = (root / ".git" / "HEAD").read_text("utf-8").strip()
        if head.startswith("ref: "):
            head = (root / ".git" / head.removeprefix("ref: ")).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return head if re.fullmatch(r"[0-9a-f]{40,64}", head) else ""


class _Reader:
    def __init__(self, root: Path, defects: Defects) -> None:
        self.root = root
        self.defects = defects
        self.counts: dict[str, int] = {}

    def libraries(self, folder: Path) -> dict[str, Library]:
        found = [
            read_library(path.stem, fields) for path, fields in self.files(folder.glob("*.yml"), "libraries")
        ]
        return self.unique([library for library in found if library])

    def modules(self, folder: Path) -> dict[str, Module]:
        found = [
            read_module(path.stem, fields) for path, fields in self.files(folder.glob("*.yml"), "modules")
        ]
        return self.unique([module for module in found if module])

    def archived(self, folder: Path) -> dict[str, tuple[str, ...]]:
        """Return the slides of modules in subfolders: the source never loads these."""
        quiet = _Reader(self.root, Defects())
        paths = (path for path in folder.glob("*/*.yml"))
        modules = (read_module(path.stem, fields) for path, fields in quiet.files(paths, "archived"))
        return {module.slug: module.slides for module in modules if module}

    def slides(self, folder: Path) -> dict[str, Slide]:
        found: list[tuple[Slide, bool]] = []
        for path, fields in self.files(folder.rglob("*.yml"), "slides"):
            match = SLIDE_NAME.fullmatch(path.stem)
            if not match:
                message = (
                    "A slide's file name must be its id, a hyphen and its slug; the name became the slug."
                )
                fields.report(Kind.FILE_NAME, Outcome.MENDED, message)
            number = int(match["id"]) if match else None
            slide = read_slide(match["slug"] if match else path.stem, number, fields)
            if slide:
                found.append((slide, number == slide.id))
        # A file whose name and id disagree is often a copy with a forgotten id: the others go first.
        found.sort(key=lambda pair: not pair[1])
        return self.unique([slide for slide, _ in found])

    def unique(self, records: list[Record]) -> dict[str, Record]:
        """Return the records by slug; of those that share an id or a slug only the first."""
        by_slug: dict[str, Record] = {}
        by_id: dict[int, Record] = {}
        for record in records:
            first = by_id.get(record.id)
            if first:
                self.skip(Kind.DUPLICATE_ID, record, f"The id {record.id} is that of {first.source.path}.")
                continue
            first = by_slug.get(record.slug)
            if first:
                self.skip(Kind.DUPLICATE_SLUG, record, f"The slug is that of {first.source.path}.")
                continue
            by_id[record.id] = by_slug[record.slug] = record
        return by_slug

    def skip(self, kind: Kind, record: Library | Module | Slide, why: str) -> None:
        self.defects.add(kind, Outcome.SKIPPED, record.source.path, f"{why} This file was skipped.")

    def files(self, paths: Iterator[Path], counted_as: str) -> Iterator[tuple[Path, Fields]]:
        """Yield every readable file in order of its path; broken ones are reported."""
        for path in sorted(paths):
            self.counts[counted_as] = self.counts.get(counted_as, 0) + 1
            name = path.relative_to(self.root).as_posix()
            try:
                fields = self.file(path, name)
            except YamlError as error:
                message = f"This file was skipped: {error}."
                self.defects.add(Kind.YAML, Outcome.SKIPPED, name, message, line=error.line)
            except (OSError, UnicodeDecodeError) as error:
                message = f"This file was skipped: {error}."
                self.defects.add(Kind.UNREADABLE, Outcome.SKIPPED, name, message)
            else:
                yield path, fields

    def file(self, path: Path, name: str) -> Fields:
        if path.stat().st_size > MAX_BYTES:
            raise OSError(f"it is larger than {MAX_BYTES:,} bytes")
        content = path.read_bytes()
        parsed = parse(content.decode("utf-8-sig"))
        if not isinstance(parsed.data, dict):
            raise YamlError("it holds no mapping of keys to values", 1)
        source = Source(name, hashlib.sha256(content).hexdigest())
        fields = Fields(source, parsed, self.defects, parsed.data)
        _report_keys(fields, parsed)
        return fields


def _report_keys(fields: Fields, parsed: YamlFile) -> None:
    for key in parsed.duplicate_keys:
        message = "This key stands here twice; the first one counts."
        fields.at(key[:-1]).report(Kind.DUPLICATE_KEY, Outcome.NOTED, message, key[-1])
    for key in parsed.symbol_keys[:1]:
        message = "Keys written as Ruby symbols were read as plain keys."
        fields.at(key[:-1]).report(Kind.SYMBOL_KEYS, Outcome.MENDED, message)
