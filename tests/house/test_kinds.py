"""No module outside a room names that room's kinds: what is to be done with a kind, its declaration says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from foundation.kinds import registry
from tests.house.sources import ROOT

ROOMS = {"directory", "learning", "mentoring", "search", "site/exchange", "site/foundation"}
# (file, kind) -> why it is named there.
FORM = "names of a form's fields"
FILES = "words of the demonstration's own files"
PERMITTED = {
    ("mentoring/templates/mentoring/pages/board.html", "need"): "a mentee's request is drawn as a need",
    ("mentoring/views/board.py", "need"): FORM,
    ("mentoring/views/board.py", "offer"): FORM,
    (
        "site/exchange/home/templates/home/pages/capacity.html",
        "capacity",
    ): "the page of a capacity says what it is",
    ("site/exchange/demo/learning_pages.py", "course"): FILES,
    ("site/exchange/demo/people.py", "organisation"): FILES,
    ("site/exchange/demo/people.py", "person"): FILES,
}
FACET = "capacity"  # also a word of search: the facet whose values are objects of the index


def room_of(path: Path) -> str:
    """The folder of the room that a file belongs to."""
    return next(room for room in ROOMS if path.is_relative_to(ROOT / room))


def owners() -> dict[str, str]:
    """The room of each kind: where its declaration stands."""
    found = {}
    for room in ROOMS:
        for file in (ROOT / room).glob("**/kinds.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Kind":
                    name = node.args[0]
                    assert isinstance(name, ast.Constant)
                    found[str(name.value)] = room
    return found


def named_in_python(source: str) -> Iterator[str]:
    """Kinds named where a kind is meant: compared with a `kind`, given as `kind` or `kinds`, beside an id, in a list."""
    tree = ast.parse(source)
    columns = {  # of constraints
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "fields"
    }
    for node in ast.walk(tree):
        if id(node) in columns:
            continue
        if isinstance(node, ast.keyword) and node.arg in ("kind", "kinds"):
            yield from _texts(node.value)
        elif isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(getattr(side, "attr", getattr(side, "id", "")) == "kind" for side in sides):
                yield from (text for side in sides for text in _texts(side))
        elif isinstance(node, ast.Tuple | ast.List | ast.Set) and len(node.elts) > 1:
            texts = [text for element in node.elts for text in _texts(element)]
            if len(texts) == len(node.elts) and set(texts) <= set(registry.names()):
                yield from texts
            elif (
                isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(node.elts[0], ast.Constant)
            ):
                yield from (text for text in _texts(node.elts[0]) if text != FACET)
        elif isinstance(node, ast.Dict):
            keys = [text for key in node.keys if key for text in _texts(key)]
            if len(keys) == len(node.keys) > 1 and set(keys) <= set(registry.names()):
                yield from keys


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Tuple | ast.List | ast.Set):
        for element in node.elts:
            yield from _texts(element)


def named_in_template(source: str) -> Iterator[str]:
    """Kinds that a template names: a mark, an address of search, a comparison."""
    for pattern in (r'{% mark "(\w+)"', r"\bkind=\"?(\w+)", r'\bkind == "(\w+)"'):
        yield from re.findall(pattern, source)


def named() -> set[tuple[str, str]]:
    """(file, kind) of every kind that is named outside its room."""
    of_room = owners()
    found = set()
    for room in ROOMS:
        for file in (ROOT / room).rglob("*"):
            if "migrations" in file.parts or file.suffix not in (".py", ".html", ".txt", ".xml"):
                continue
            names = (named_in_python if file.suffix == ".py" else named_in_template)(file.read_text())
            found |= {
                (str(file.relative_to(ROOT)), name) for name in names if of_room.get(name, room) != room
            }
    return found


def test_no_module_names_the_kinds_of_another_room() -> None:
    assert named() == set(PERMITTED)


def test_every_way_to_name_a_kind_is_seen() -> None:
    written = """
if card.kind == "need" or hit.kind in ("lesson", "course"):
    find(Query(kinds=("recording",), exclude={("person", key)}))
Card(kind="grant")
WORDS = {"offer": 1, "mentor": 2}
"""
    assert {*named_in_python(written)} == {
        "need", "lesson", "course", "recording", "person", "grant", "offer", "mentor",
    }  # fmt: skip
    assert {*named_in_python('urlencode([("capacity", slug)]); Unique(fields=["person", "page"])')} == set()
    assert [*named_in_template('{% mark "offer" %}<a href="?kind=lesson">{% if item.kind == "need" %}')] == [
        "offer",
        "lesson",
        "need",
    ]
