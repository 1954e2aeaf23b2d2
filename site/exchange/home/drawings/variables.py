"""The page of all settings: names and defaults as the code reads them, meanings as `exchange.settings.variables` says."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from exchange.home.drawings.markdown import page, table
from exchange.settings.variables import GROUPS

INTRO = (
    "Variables of the environment. One that is wrong or half given stops the start, the web server's as much as a "
    "command's, with a sentence that says what it must be. Empty means not set."
)
# Not read for operators: the tests' own, and the script that runs before there is an environment.
LEFT_OUT = {"site/exchange/settings/test.py", "site/start.py"}
FOLDERS = ("site", "directory", "learning", "mentoring", "search")


def read_by_the_code() -> dict[str, str]:
    """Each variable that is read, with the first default that is a plain value, "" where there is none."""
    found: dict[str, str] = {}
    for path in _sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for name, default in _reads(node):
                found[name] = found.get(name) or default
    return found


def _sources() -> Iterator[Path]:
    root = Path(settings.ROOT)
    yield from (root / "manage.py", root / "gunicorn.conf.py")
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            if str(path.relative_to(root)) not in LEFT_OUT:
                yield path


def _reads(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Names that one expression reads: env.<reader>("NAME", default), os.environ.get("NAME"), os.environ["NAME"]."""
    if (
        isinstance(node, ast.Subscript)
        and _ends_with(node.value, "environ")
        and isinstance(node.ctx, ast.Load)
    ):
        yield from ((name, "") for name in _names([node.slice]))
    if not isinstance(node, ast.Call):
        return
    called = node.func
    if isinstance(called, ast.Name) and called.id == "_number":
        yield from ((name, _plain(node.args[1:2])) for name in _names(node.args[:1]))
    if not isinstance(called, ast.Attribute):
        return
    if called.attr in ("get", "setdefault") and _ends_with(called.value, "environ"):
        yield from ((name, "") for name in _names(node.args[:1]))
    if isinstance(called.value, ast.Name) and called.value.id == "env":
        several = called.attr == "together"
        for name in _names(node.args if several else node.args[:1]):
            yield name, "" if several else _plain(node.args[1:2])


def _ends_with(node: ast.expr, word: str) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == word


def _names(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isupper():
            yield node.value


def _plain(nodes: list[ast.expr]) -> str:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str | int) and node.value != "":
            shown = int(node.value) if isinstance(node.value, bool) else node.value
            return f"`{shown}`"
    return ""


def draw_variables() -> str:
    """A table for each group."""
    defaults = read_by_the_code()
    pieces = []
    for heading, rows in GROUPS.items():
        lines = [(f"`{name}`", meaning, defaults.get(name, "")) for name, meaning in rows]
        pieces.append(f"## {heading}\n\n{table(('variable', 'meaning', 'default'), lines)}")
    return page("Settings", INTRO, pieces)
