"""Tables as spreadsheets write them: other signs between values, other encodings, line breaks inside a value."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from directory.errors import Unreadable
from foundation.l10n.encodings import Undecodable, decoded

BROKEN = "\ufffd"  # what stands where bytes were no UTF-8
_SIGNS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_FORMULA = ("=", "+", "-", "@")  # what a spreadsheet would run, at the beginning of a value
LONGEST_TOLD = 200  # signs of a file's own words in a sentence
LONGEST_RECORD = 20  # lines of one value; a quotation mark that is never closed spoils its own line only


@dataclass
class Table:
    """The names of the columns in small letters, the lines below them, and what is to be said of the file."""

    columns: list[str]
    sign: str
    first: int  # the number of the line that `lines` begins with
    lines: list[str]
    notes: list[str] = field(default_factory=list)

    def records(self) -> Iterator[tuple[int, list[str] | csv.Error]]:
        """(number of the line, values) of every line that has any; an error in place of values that cannot be read.

        Empty values behind the last column are dropped: spreadsheets write them for columns that were once in use.
        """
        place = 0
        while place < len(self.lines):
            number = self.first + place
            values, used = self._record(place)
            place += used
            if not isinstance(values, list):
                yield number, values
            elif any(value.strip() for value in values):
                while len(values) > len(self.columns) and not values[-1].strip():
                    values.pop()
                yield number, values

    def _record(self, place: int) -> tuple[list[str] | csv.Error, int]:
        """The values that begin in a line, and how many lines they take."""
        line = self.lines[place]
        try:
            return _values(line, self.sign), 1
        except csv.Error as error:
            wrong = error
        for more in range(1, LONGEST_RECORD):
            if place + more >= len(self.lines):
                break
            line += "\n" + self.lines[place + more]
            try:
                values = _values(line, self.sign)
            except csv.Error:
                continue
            # With another number of values, the mark that closes belongs to another line.
            if len(values) >= len(self.columns) and not any(values[len(self.columns) :]):
                return values, more + 1
            break
        return wrong, 1


def read_table(path: Path, wanted: Sequence[str]) -> Table:
    """The table of a file whose first line names the `wanted` columns. Raises Unreadable."""
    text, notes = _text(path)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first, signs = 0, tuple(_SIGNS)
    if lines[0].casefold().startswith("sep=") and len(lines[0].strip('"')) == 5:
        first, signs = 1, (lines[0][4], *_SIGNS)
        lines.append("")
    header = lines[first].lstrip("\ufeff")
    names = {sign: _names(header, sign) for sign in signs}
    sign = next((sign for sign, found in names.items() if set(wanted) <= set(found)), "")
    if not sign:
        raise Unreadable(f"{path}: " + _what_is_missing(header, names, wanted))
    if sign != ",":
        notes.append(f"the values are separated by {_SIGNS.get(sign, f'“{sign}”')}")
    return Table(names[sign], sign, first + 2, lines[first + 1 :], notes)


def cell(value: str) -> tuple[str, bool]:
    """The text of a cell without needless blanks, and whether a spreadsheet would take it for a formula.

    An apostrophe that was set before such a text to keep it from running is no part of it.
    """
    text = " ".join(value.split())
    if text[:1] == "'" and text[1:2] in _FORMULA and text[1:]:
        text = text[1:]
    return text, text.startswith(_FORMULA) and len(text) > 1


def _text(path: Path) -> tuple[str, list[str]]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror or error}.") from error
    try:
        text, encoding = decoded(raw)
    except Undecodable:
        # A byte that is no UTF-8 spoils its own line only.
        text, encoding = raw.decode("utf-8-sig", errors="replace"), "UTF-8"
    notes = (
        []
        if encoding == "UTF-8"
        else [f"read as {encoding}, since it is not in UTF-8: see whether names are right"]
    )
    return text.replace("\x00", BROKEN), notes  # NUL bytes end lines for some readers


def _values(line: str, sign: str) -> list[str]:
    rows = list(csv.reader(line.splitlines(keepends=True), delimiter=sign, strict=True))
    if len(rows) > 1:
        raise csv.Error("more than one record")
    return rows[0] if rows else []


def _names(line: str, sign: str) -> list[str]:
    try:
        return [" ".join(name.split()).casefold() for name in _values(line, sign)]
    except csv.Error:
        return []


def _shortened(words: str) -> str:
    """What a sentence can hold of a line that may be millions of signs long."""
    return words if len(words) <= LONGEST_TOLD else words[:LONGEST_TOLD] + " …"


def _what_is_missing(line: str, names: dict[str, list[str]], wanted: Sequence[str]) -> str:
    """Why the first line is none: the sign that seems to be between its values, and the columns that are not there."""
    sign = max(names, key=lambda sign: (len(names[sign]), sign == ","))
    missing = [name for name in wanted if name not in names[sign]]
    has = _shortened(", ".join(name for name in names[sign] if name)) or "nothing"
    between = "" if sign == "," else f" (separated by {_SIGNS.get(sign, sign)})"
    if not names[sign]:
        return f"the first line cannot be read: {line[:60]}"
    return f"the first line must name the columns {', '.join(wanted)}; {', '.join(missing)} missing, it has {has}{between}."
