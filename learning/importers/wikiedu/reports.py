"""What an import found wrong, by file, and what it did, as the table at its end."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as attribute
from enum import StrEnum


class Kind(StrEnum):
    """The defects an import survives."""

    UNREADABLE = "unreadable"
    YAML = "yaml"
    MISSING_FIELD = "missing field"
    WRONG_TYPE = "wrong type"
    UNKNOWN_KEY = "unknown key"
    DUPLICATE_KEY = "duplicate key"
    SYMBOL_KEYS = "symbol keys"
    FILE_NAME = "file name"
    ID_MISMATCH = "id mismatch"
    DUPLICATE_ID = "duplicate id"
    DUPLICATE_SLUG = "duplicate slug"
    DANGLING_SLIDE = "dangling slide"
    DANGLING_MODULE = "dangling module"
    ORPHAN_SLIDE = "orphan slide"
    ORPHAN_MODULE = "orphan module"
    UNBALANCED_HTML = "unbalanced html"
    GLUED_TEXT = "glued text"
    DROPPED_MARKUP = "dropped markup"
    MISSING_ALT = "missing alt text"
    MISSING_VIDEO_TITLE = "missing video title"
    RELATIVE_LINK = "relative link"
    BROKEN_LINK = "broken link"
    BROKEN_IMAGE = "broken image"
    QUIZ = "quiz"
    TRANSLATION = "translation"
    LOCAL_EDIT = "local edit"
    LOAD = "not saved"


class Outcome(StrEnum):
    """What the import did about a defect."""

    SKIPPED = "skipped"  # this part did not go in
    MENDED = "mended"  # it went in, corrected
    NOTED = "noted"  # it went in as it is; somebody should look


@dataclass(frozen=True, order=True)
class Defect:
    """One thing wrong at one place of one file. Line 0 means the file as a whole."""

    path: str
    line: int
    field: str
    kind: Kind = attribute(compare=False)
    outcome: Outcome = attribute(compare=False)
    message: str = attribute(compare=False)


class Defects:
    """Collects defects; each distinct one is kept once, however often a shared slide is read."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int, str, Kind, str], Defect] = {}

    def add(
        self, kind: Kind, outcome: Outcome, path: str, message: str, *, line: int = 0, field: str = ""
    ) -> None:
        """Remember one defect. `path` is the file's below the source's root, `line` counts from 1."""
        defect = Defect(path, line, field, kind, outcome, message)
        self._found.setdefault((path, line, field, kind, message), defect)

    def __iter__(self) -> Iterator[Defect]:
        return iter(sorted(self._found.values()))

    def __len__(self) -> int:
        return len(self._found)

    def of(self, kind: Kind) -> list[Defect]:
        """Return the defects of one kind, in the order of their files."""
        return [defect for defect in self if defect.kind is kind]

    def by_file(self) -> dict[str, list[Defect]]:
        """Return all defects grouped by file, files in order of their path."""
        files: dict[str, list[Defect]] = defaultdict(list)
        for defect in self:
            files[defect.path].append(defect)
        return dict(files)

    def count(self) -> Counter[Kind]:
        """Return how many defects there are of each kind."""
        return Counter(defect.kind for defect in self)


TYPES = ("libraries", "modules", "slides", "quizzes", "answers", "translations", "images", "videos")
COLUMNS = ("found", "created", "updated", "unchanged", "skipped")


@dataclass
class Tally:
    """The figures of one import: for each type of thing how many were found and what became of them."""

    counts: dict[str, Counter[str]] = attribute(default_factory=lambda: {name: Counter() for name in TYPES})

    def add(self, type_name: str, column: str, number: int = 1) -> None:
        """Count `number` things of a type in one column of the table."""
        if column not in COLUMNS:
            raise ValueError(f"no column {column!r}")
        self.counts[type_name][column] += number

    def close(self) -> None:
        """Count as skipped whatever was found and is in no other column."""
        for row in self.counts.values():
            done = row["created"] + row["updated"] + row["unchanged"]
            row["skipped"] = max(row["found"] - done, 0)

    def table(self) -> str:
        """Return the table as aligned text, one line a type."""
        lines = [f"{'':14}" + "".join(f"{column:>11}" for column in COLUMNS)]
        for name in TYPES:
            row = self.counts[name]
            lines.append(f"{name:14}" + "".join(f"{row[column]:>11}" for column in COLUMNS))
        return "\n".join(lines)


def defect_lines(defects: Defects) -> list[str]:
    """Return the defects as text: each file's path, then one indented line for each defect in it."""
    lines: list[str] = []
    for path, found in defects.by_file().items():
        lines.append(path)
        for defect in found:
            place = f"line {defect.line}" if defect.line else ""
            where = ", ".join(part for part in (place, defect.field) if part)
            head = f"  {defect.outcome}: " + (f"{where}: " if where else "")
            lines.append(head + defect.message)
    return lines


def summary_line(defects: Defects) -> str:
    """Return one line that counts the defects by kind."""
    if not len(defects):
        return "No defects found."
    parts = (f"{kind} {number}" for kind, number in defects.count().most_common())
    return f"{len(defects)} defects: " + ", ".join(parts) + "."
