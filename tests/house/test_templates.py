"""Templates can be indented by a tool without a change to what they say, and their lines can be read."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("site", "learning", "directory", "mentoring", "search", "frontend/components")
TEMPLATES = sorted(file for folder in FOLDERS for file in (ROOT / folder).rglob("*.html"))
LONGEST = 140
# Sentences that are looked up as they are written; the tool would put blanks into them.
AS_WRITTEN = re.compile(
    r"{%\s*(blocktranslate|blocktrans)\b(?![^%]*\btrimmed\b)[^%]*%}(.*?){%\s*end\1", re.DOTALL
)
TEXTAREA = re.compile(r"<textarea\b(?:[^>\"]|\"[^\"]*\")*>(.*?)</textarea>", re.DOTALL)


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_template_s_lines_can_be_read_and_indented(file: Path) -> None:
    text = file.read_text()
    assert [line for line in text.splitlines() if len(line) > LONGEST] == []
    for kept in (*(found[2] for found in AS_WRITTEN.finditer(text)), *TEXTAREA.findall(text)):
        assert "\n" not in kept


def test_every_template_is_indented_by_the_tool(tmp_path: Path) -> None:
    """The whole check, as `make check` runs it; and what it finds where a line is not where it belongs."""
    tool = [str(Path(sys.executable).parent / "djhtml"), "--tabwidth", "2", "--check"]
    assert subprocess.run([*tool, *FOLDERS], cwd=ROOT, capture_output=True).returncode == 0
    shutil.copy(ROOT / "site/exchange/templates/404.html", tmp_path)
    moved = tmp_path / "404.html"
    moved.write_text(moved.read_text().replace("  <", " <"))
    assert subprocess.run([*tool, str(moved)], capture_output=True).returncode == 1
