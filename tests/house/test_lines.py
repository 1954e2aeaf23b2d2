"""The lines of styles and templates, measured as `python -m tests.house.lines` tells."""

from __future__ import annotations

import re

import pytest

from tests.house import lines as measured
from tests.house.lines import SORTS, Line, Sort, too_long

BY_NAME = {sort.name: sort for sort in SORTS}


@pytest.mark.parametrize(("length", "found"), [(120, []), (121, [2])])
def test_a_line_counts_by_its_characters_whatever_their_bytes(tmp_path, monkeypatch, length, found):
    (tmp_path / "a.css").write_text(f"b {{\n{'é' * length}\n}}\n")
    (tmp_path / "a.txt").write_text("x" * 999)
    monkeypatch.setattr("tests.house.sources.ROOT", tmp_path)
    assert [line.number for line in too_long(Sort("styles", (".",), "css", 120))] == found


def test_a_line_says_where_it_is():
    assert str(Line(measured.ROOT / "frontend" / "css" / "base.css", 3, 130)) == (
        "frontend/css/base.css:3: 130 characters"
    )


@pytest.mark.parametrize("sort", SORTS, ids=lambda sort: sort.name)
def test_each_sort_has_files(sort):
    assert len(sort.files()) > 10


@pytest.mark.parametrize("sort", SORTS, ids=lambda sort: sort.name)
def test_no_line_is_over_the_limit_of_its_sort(sort):
    assert list(map(str, too_long(sort))) == []


def test_a_style_has_one_declaration_a_line():
    packed = [
        f"{file.name}:{number}"
        for file in BY_NAME["styles"].files()
        for number, text in enumerate(without_comments(file.read_text()).splitlines(), 1)
        if text.count(";") > 1 or ("{" in text and ";" in text)
    ]
    assert packed == []


def without_comments(style: str) -> str:
    """The style with each comment's lines left empty."""
    return re.sub(r"/\*.*?\*/", lambda comment: "\n" * comment[0].count("\n"), style, flags=re.S)
