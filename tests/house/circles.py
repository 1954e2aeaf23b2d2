"""Modules that import each other in a circle: none of them can be read, tested or moved alone.

    python -m tests.house.circles

Counted are imports at the top of a module and, apart, those inside functions too, by which a circle is only hidden.
Imports for types alone (`if TYPE_CHECKING`) do not count.
"""

from __future__ import annotations

import ast
import functools
import sys
from collections.abc import Collection
from pathlib import Path

import grimp

from tests.house.sources import ROOT

PACKAGES = ("exchange", "foundation", "learning", "directory", "mentoring", "search")


def graph(packages: Collection[str] = PACKAGES, *, inside: bool = False) -> grimp.ImportGraph:
    """Which module imports which, migrations left out; with `inside` by imports in functions, too."""
    first, *others = packages
    found = grimp.build_graph(first, *others, exclude_type_checking_imports=True, cache_dir=None)
    for module in [name for name in found.modules if ".migrations" in name]:
        found.remove_module(module)
    if not inside:
        for importer in found.modules:
            for imported in found.find_modules_directly_imported_by(importer):
                details = found.get_import_details(importer=importer, imported=imported)
                if {each["line_number"] for each in details} <= in_functions(importer):
                    found.remove_import(importer=importer, imported=imported)
    return found


@functools.cache
def in_functions(module: str) -> frozenset[int]:
    """The lines of a module that stand in functions."""
    path = module.replace(".", "/")
    places = (Path(base, end) for base in sys.path for end in (f"{path}.py", f"{path}/__init__.py"))
    tree = ast.parse(next(place for place in places if place.is_file()).read_text())
    return frozenset(
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for line in range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1)
    )


def circles(found: grimp.ImportGraph) -> list[list[str]]:
    """The sets of two and more modules of which each leads to each other, the largest first."""
    groups = {
        frozenset(both | {module})
        for module in found.modules
        if (both := found.find_upstream_modules(module) & found.find_downstream_modules(module))
    }
    return sorted(map(sorted, groups), key=lambda group: (-len(group), group))


def main() -> None:
    """Prints the circles, at the top of modules and with what functions import."""
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    for title, inside in (("at the top of modules", False), ("with imports inside functions", True)):
        found = circles(graph(inside=inside))
        print(f"{len(found)} circles of {sum(map(len, found))} modules {title}")
        for group in found:
            print("   ", " ".join(group))


if __name__ == "__main__":
    main()
