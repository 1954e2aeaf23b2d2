"""How many of our modules have names that the field uses, so that a stranger's first guess or grep finds them.

    python -m tests.house.naming [--unshared]

Compared with seven codebases that engineers of the field hold up. `codebases.json` holds the names of their modules
and how often each occurs, taken once at the commits it names. A name is shared if at least two codebases use it (for
the share of one of them: at least two others). A module counts by its own name, whatever folder it is in, and each
time it occurs. Left out are files named by a tool or by what they test: see `left_out`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODEBASES = Path(__file__).with_name("codebases.json")
SHARED_BY = 2
# Folders whose modules a framework names or whose names are typed as commands, and folders of tests and their data.
STANDARD_FOLDERS = {
    "commands",
    "docs",
    "fixtures",
    "functional_tests",
    "migrations",
    "node_modules",
    "test",
    "testing",
    "tests",
}
STANDARD_FILES = {"conftest", "manage", "setup", "tests"}


def left_out(path: str) -> bool:
    """Whether a file has no name of its own choosing: migrations, commands, tests, `__init__` and its like."""
    folders, stem = path.split("/")[:-1], Path(path).stem
    return (
        not path.endswith(".py")
        or bool(STANDARD_FOLDERS & set(folders))
        or stem in STANDARD_FILES
        or stem.startswith(("__", "test_"))
    )


def module_names(paths: Iterable[str]) -> Counter[str]:
    """How often each name of a module occurs among the files (paths with slashes, from the codebase's root)."""
    return Counter(Path(path).stem for path in paths if not left_out(path))


def of_the_field() -> dict[str, Counter[str]]:
    """The names in each of the seven codebases."""
    stored = json.loads(CODEBASES.read_text())
    return {name: Counter(codebase["modules"]) for name, codebase in stored.items()}


def our_names() -> Counter[str]:
    """The names in this checkout."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return module_names(path for path in listed if (ROOT / path).exists())


def share(names: Counter[str], others: Iterable[Counter[str]]) -> float:
    """The part of the modules, from 0 to 1, whose names at least two of the other codebases use."""
    used = Counter(name for codebase in others for name in codebase)
    return sum(count for name, count in names.items() if used[name] >= SHARED_BY) / names.total()


def main() -> None:
    """Prints the share of each codebase, ours last; with --unshared our names that few use."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--unshared", action="store_true", help="also list our names that fewer than two use")
    options = parser.parse_args()
    field = of_the_field()
    for name, names in field.items():
        others = [codebase for other, codebase in field.items() if other != name]
        print(f"{name:32} {names.total():4} modules {share(names, others):6.1%}")
    ours = our_names()
    print(f"{'this one':32} {ours.total():4} modules {share(ours, field.values()):6.1%}")
    if options.unshared:
        used = Counter(name for codebase in field.values() for name in codebase)
        print(*sorted(name for name in ours if used[name] < SHARED_BY), sep="\n")


if __name__ == "__main__":
    main()
