"""Writes what survived, and why, as a page."""

from __future__ import annotations

import subprocess
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.mutation.mutants import Mutant
from tests.mutation.rooms import ROOT

REASONS = Path(__file__).with_name("reasons.toml")
PAGE = Path(__file__).with_name("survivors.md")
NONE_YET = "not looked at yet"


def reasons() -> dict[str, str]:
    """Why a mutant survives, by its key."""
    found: dict[str, str] = tomllib.loads(REASONS.read_text()) if REASONS.exists() else {}
    return found


def write(survivors: Iterable[Mutant], results: dict[str, dict[str, Any]], table: str, *, seed: int) -> None:
    """The page of survivors, with the figures and the commit they are of."""
    why = reasons()
    others = [f":!{name}" for name in ("tests", "docs", "pyproject.toml", "uv.lock")]
    command = ["git", "log", "-1", "--format=%h of %as", "--", ".", *others]
    commit = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    lines = [
        "# Mutants that no test notices",
        "",
        f"Written by `python -m tests.mutation report --seed {seed}`; the reasons are in `reasons.toml`.",
        f"The code is that of commit {commit}.",
        "",
        "```",
        table,
        "```",
        "",
        "| file | function | with the fault | as it is | reason |",
        "|---|---|---|---|---|",
    ]
    for each in sorted(survivors, key=lambda mutant: (mutant.file, mutant.function, mutant.after)):
        reason = why.get(each.key, NONE_YET)
        cells = (each.file, each.function, _code(each.after), _code(each.before), reason)
        lines.append(f"| {' | '.join(cells)} |")
    PAGE.write_text("\n".join(lines) + "\n")
    print(f"{PAGE.relative_to(ROOT)} written")


def _code(text: str) -> str:
    return "`" + text.replace("|", "\\|").replace("`", "'") + "`"
