"""Tables and headings of a page in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

BY_A_COMMAND = "<!-- Written by `manage.py draw_docs`. Change the code, not this page. -->"


def page(title: str, intro: str, pieces: Iterable[str]) -> str:
    """A whole page: title, what it shows, and its pieces with an empty line between them."""
    return "\n\n".join([BY_A_COMMAND, f"# {title}", intro, *pieces]) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; a bar within a cell is escaped."""
    lines = [_line(heads), "|" + "---|" * len(heads)]
    return "\n".join([*lines, *(_line(row) for row in rows)])


def mermaid(lines: Iterable[str]) -> str:
    """A drawing that GitHub and most editors show as a picture."""
    return "\n".join(["```mermaid", *lines, "```"])


def _line(cells: Sequence[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") or " " for cell in cells) + " |"
