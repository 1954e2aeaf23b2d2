"""How long the lines of styles and templates are: packed lines can be neither read nor compared.

    python -m tests.house.lines [--long]

A line counts by its characters, blanks included. Left out is what other packages write and what the build makes
(`frontend/static`, `node_modules`).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.house.sources import ROOT, STYLES, TEMPLATES, files

LONG = 120  # what the other codebases of the field mostly keep to


@dataclass(frozen=True)
class Sort:
    """One sort of files with the most characters that a line of it may have."""

    name: str
    folders: tuple[str, ...]
    ending: str
    limit: int

    def files(self) -> list[Path]:
        """All of them in this checkout."""
        return files(self.folders, self.ending)


SORTS = (Sort("styles", STYLES, "css", 120), Sort("templates", TEMPLATES, "html", 140))


@dataclass(frozen=True)
class Line:
    """One line of a file; `number` counts from 1."""

    file: Path
    number: int
    length: int

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.number}: {self.length} characters"


def lines(found: list[Path]) -> Iterator[Line]:
    """Every line of these files."""
    for file in found:
        for number, text in enumerate(file.read_text().splitlines(), 1):
            yield Line(file, number, len(text))


def too_long(sort: Sort) -> list[Line]:
    """The lines over the limit of their sort."""
    return [line for line in lines(sort.files()) if line.length > sort.limit]


def main() -> None:
    """Prints for each sort how many lines there are, the share of long ones, and those over the limit."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--long", action="store_true", help="also list the lines over the limits")
    options = parser.parse_args()
    for sort in SORTS:
        measured = list(lines(sort.files()))
        share = sum(line.length > LONG for line in measured) / len(measured)
        over = too_long(sort)
        print(
            f"{sort.name:10} {len(measured):6} lines, {share:6.2%} over {LONG} characters, "
            f"{len(over)} over the limit of {sort.limit}"
        )
        if options.long:
            print(*over, sep="\n")


if __name__ == "__main__":
    main()
