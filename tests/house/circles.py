"""Modules that import each other in a circle: none of them can be read, tested or moved alone.

    python -m tests.house.circles

Counted are imports at the top of a module and, apart, those inside functions too, by which a circle is only hidden.
Imports for types alone (`if TYPE_CHECKING`) do not count.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import ROOT

PACKAGES = ("site/exchange", "site/foundation", "learning", "directory", "mentoring", "search")
Graph = dict[str, set[str]]


def modules() -> dict[str, Path]:
    """Each module of ours by its dotted name, migrations left out."""
    found = {}
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in file.parts:
                name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
                found[name.removeprefix("site.").removesuffix(".__init__")] = file
    return found


def imports(tree: ast.AST, *, inside: bool) -> Iterator[ast.Import | ast.ImportFrom]:
    """The import statements of a module; with `inside` those in functions too."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from imports(ast.Module(node.orelse, []), inside=inside)
        elif inside or not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from imports(node, inside=inside)


def graph(*, inside: bool = False, sources: dict[str, Path] | None = None) -> Graph:
    """Which module imports which of ours. `from package import module` is an import of the module."""
    known = modules() if sources is None else sources
    found: Graph = {name: set() for name in known}
    for name, file in known.items():
        package = name if file.name == "__init__.py" else name.rpartition(".")[0]
        for statement in imports(ast.parse(file.read_text()), inside=inside):
            if isinstance(statement, ast.Import):
                named = [alias.name for alias in statement.names]
            else:
                above = package.split(".")[: len(package.split(".")) - statement.level + 1]
                base = (
                    ".".join([*above, statement.module or ""]).strip(".")
                    if statement.level
                    else statement.module
                )
                named = [f"{base}.{alias.name}" if f"{base}.{alias.name}" in known else str(base)
                         for alias in statement.names]  # fmt: skip
            found[name] |= {each for each in named if each in known and each != name}
    return found


def circles(edges: Graph) -> list[list[str]]:
    """The sets of two and more modules of which each leads to each other, the largest first (Kosaraju's algorithm)."""
    order: list[str] = []
    seen: set[str] = set()
    for start in edges:
        stack = [(start, iter(sorted(edges[start])))] if start not in seen else []
        seen.add(start)
        while stack:
            name, rest = stack[-1]
            following = next((each for each in rest if each not in seen), None)
            if following is None:
                order.append(stack.pop()[0])
            else:
                seen.add(following)
                stack.append((following, iter(sorted(edges[following]))))
    backwards: Graph = defaultdict(set)
    for name, targets in edges.items():
        for target in targets:
            backwards[target].add(name)
    left, found = set(edges), []
    for name in reversed(order):
        group, waiting = [], [name]
        while waiting:
            each = waiting.pop()
            if each in left:
                left.remove(each)
                group.append(each)
                waiting += backwards[each]
        if len(group) > 1:
            found.append(sorted(group))
    return sorted(found, key=lambda group: (-len(group), group))


def main() -> None:
    """Prints the circles, at the top of modules and with what functions import."""
    for title, inside in (("at the top of modules", False), ("with imports inside functions", True)):
        found = circles(graph(inside=inside))
        print(f"{len(found)} circles of {sum(map(len, found))} modules {title}")
        for group in found:
            print("   ", " ".join(group))


if __name__ == "__main__":
    main()
