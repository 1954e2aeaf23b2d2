"""Typed access to one parsed file: each getter reports what is missing, unknown or of the wrong type."""

import re
from collections.abc import Iterable, Mapping

from foundation.l10n.names import cleaned, holds_unseen

from .records import Source, Text
from .reports import Defects, Kind, Outcome
from .yaml_file import Path, Value, YamlFile

WHOLE_NUMBER = re.compile(r"\s*\d{1,9}\s*")


def field_name(path: Path) -> str:
    """Return a path as people write it: `assessment.answers[2].text`."""
    name = ""
    for part in path:
        name += f"[{part}]" if isinstance(part, int) else f".{part}"
    return name.lstrip(".")


class Fields:
    """One mapping in a file. Children share the file, so every defect names its line."""

    def __init__(
        self,
        source: Source,
        file: YamlFile,
        defects: Defects,
        data: Mapping[str, Value],
        path: Path = (),
    ) -> None:
        self.source = source
        self.file = file
        self.defects = defects
        self.data = data
        self.path = path

    def report(self, kind: Kind, outcome: Outcome, message: str, key: str | int | None = None) -> None:
        """Report a defect of this mapping, or of one of its keys."""
        path = self.path if key is None else (*self.path, key)
        self.defects.add(
            kind,
            outcome,
            self.source.path,
            message,
            line=self.file.line(path),
            field=field_name(path),
        )

    def at(self, path: Path) -> "Fields":
        """Return an empty mapping at another place of the same file, to report from."""
        return Fields(self.source, self.file, self.defects, {}, path)

    def check_keys(self, known: Iterable[str]) -> None:
        """Report keys that the format does not have."""
        for key in self.data.keys() - set(known):
            self.report(Kind.UNKNOWN_KEY, Outcome.NOTED, "This key is not known and was not read.", key)

    def text(self, key: str, *, needed: bool = False) -> str:
        """Return a text, stripped; "" where it is missing, null, or not a text at all."""
        value = self.data.get(key)
        if isinstance(value, str):
            if value.strip() or not needed:
                return value.strip()
        elif value is not None:
            self.report(Kind.WRONG_TYPE, Outcome.SKIPPED, "A text was expected here.", key)
            return ""
        if needed:
            self.report(Kind.MISSING_FIELD, Outcome.NOTED, f"“{key}” is missing or empty.", key)
        return ""

    def name(self, key: str, *, needed: bool = False) -> str:
        """Return a text of one line that readers see: what they cannot see is taken out, and reported."""
        text = self.text(key, needed=needed)
        if not holds_unseen(text):
            return text
        message = "Characters that cannot be seen were taken out."
        self.report(Kind.WRONG_TYPE, Outcome.MENDED, message, key)
        return cleaned(text)

    def located(self, key: str, *, needed: bool = False) -> Text:
        """Return a text with its place, not stripped, so that its lines stay the file's lines."""
        self.text(key, needed=needed)
        value = self.data.get(key)
        path = (*self.path, key)
        return Text(
            value=value if isinstance(value, str) else "",
            field=field_name(path),
            line=self.file.line(path),
            literal=path in self.file.literal,
        )

    def number(self, key: str) -> int | None:
        """Return a whole number, also one written with a leading zero; None where there is none."""
        value = self.data.get(key)
        if isinstance(value, str) and WHOLE_NUMBER.fullmatch(value):
            return int(value)
        if value is not None:
            self.report(Kind.WRONG_TYPE, Outcome.NOTED, "A whole number was expected here.", key)
        return None

    def flag(self, key: str) -> bool:
        """Return True for the ways YAML spells a true value."""
        return self.text(key).lower() in {"true", "yes", "on"}

    def child(self, key: str) -> "Fields | None":
        """Return a nested mapping, or None where there is none."""
        value = self.data.get(key)
        if isinstance(value, dict):
            return Fields(self.source, self.file, self.defects, value, (*self.path, key))
        if value is not None:
            self.report(Kind.WRONG_TYPE, Outcome.SKIPPED, "A mapping was expected here.", key)
        return None

    def children(self, key: str) -> list["Fields"]:
        """Return the mappings of a list; other items are reported and left out."""
        value = self.data.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.report(Kind.WRONG_TYPE, Outcome.SKIPPED, "A list was expected here.", key)
            return []
        found = []
        for index, item in enumerate(value):
            path: Path = (*self.path, key, index)
            child = Fields(self.source, self.file, self.defects, item if isinstance(item, dict) else {}, path)
            if isinstance(item, dict):
                found.append(child)
            else:
                child.report(Kind.WRONG_TYPE, Outcome.SKIPPED, "A mapping was expected here.")
        return found
