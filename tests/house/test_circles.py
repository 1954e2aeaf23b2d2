"""Circles of imports, measured as `python -m tests.house.circles` tells."""

from __future__ import annotations

from pathlib import Path

from tests.house.circles import circles, graph

HIDDEN = 40  # modules in circles that imports inside functions hide; this goes down, never up


def written(folder: Path, **sources: str) -> dict[str, Path]:
    """Modules of a made-up package `p`."""
    found = {}
    for name, source in sources.items():
        file = folder / f"{name}.py"
        file.write_text(source)
        found[f"p.{name}"] = file
    return found


def test_a_circle_is_found_whichever_way_it_is_imported(tmp_path: Path) -> None:
    sources = written(
        tmp_path,
        a="from p import b",
        b="from .c import thing",
        c="import p.a",
        d="from p.a import thing",
    )
    assert circles(graph(sources=sources)) == [["p.a", "p.b", "p.c"]]


def test_types_make_no_circle_and_functions_hide_one(tmp_path: Path) -> None:
    sources = written(
        tmp_path,
        a="from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from p import b\n",
        b="from p import a",
        c="def f():\n    from p import d\n",
        d="from p import c",
    )
    assert circles(graph(sources=sources)) == []
    assert circles(graph(sources=sources, inside=True)) == [["p.c", "p.d"]]


def test_there_is_no_circle_at_the_top_of_modules() -> None:
    assert circles(graph()) == []


def test_hidden_circles_do_not_grow() -> None:
    assert sum(map(len, circles(graph(inside=True)))) <= HIDDEN
