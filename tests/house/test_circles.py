"""Circles of imports, measured as `python -m tests.house.circles` tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.house.circles import circles, graph, in_functions

HIDDEN = 0  # modules in circles that imports inside functions hide


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., str]]:
    """Writes the modules of a made-up package and answers its name."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def write(**sources: str) -> str:
        (tmp_path / "circling").mkdir()
        for name, source in {"__init__": "", **sources}.items():
            (tmp_path / "circling" / f"{name}.py").write_text(source)
        return "circling"

    in_functions.cache_clear()
    yield write
    in_functions.cache_clear()


def test_a_circle_is_found_whichever_way_it_is_imported(written: Callable[..., str]) -> None:
    package = written(
        a="from circling import b",
        b="from .c import thing",
        c="import circling.a",
        d="from circling.a import thing",
    )
    assert circles(graph([package])) == [["circling.a", "circling.b", "circling.c"]]


def test_types_make_no_circle_and_functions_hide_one(written: Callable[..., str]) -> None:
    package = written(
        a="from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from circling import b\n",
        b="from circling import a",
        c="def f():\n    from circling import d\n",
        d="from circling import c",
    )
    assert circles(graph([package])) == []
    assert circles(graph([package], inside=True)) == [["circling.c", "circling.d"]]


def test_there_is_no_circle_at_the_top_of_modules() -> None:
    assert circles(graph()) == []


def test_hidden_circles_do_not_grow() -> None:
    assert sum(map(len, circles(graph(inside=True)))) <= HIDDEN
