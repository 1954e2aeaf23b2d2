"""Photographs every kind of page, and compares two takes.

    python -m tests.screens take FOLDER [WORD ...]
    python -m tests.screens compare BEFORE AFTER [--steps 16] [--share 0.0001]
    python -m tests.screens docs [WORD ...]

`take` photographs all views, or those in whose name one of the words stands, into FOLDER. `compare` says of each
picture whether it is the same, draws those that are not into AFTER/differences, and ends with 1 if there are any.
`docs` makes the pictures of docs/pictures anew.

Takes are compared when they come from one machine: fonts and the browser are those of the machine. A take loads a
house of its own; BROWSER_HOUSE names a folder to keep it in.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.screens import standstill

ROOT = Path(__file__).resolve().parents[2]


def set_up() -> None:
    """Django with the settings of the tests."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "exchange.settings.test"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    os.environ.pop("DATABASE_URL", None)  # the house is kept as a file
    sys.path.insert(0, str(ROOT / "site"))
    import django
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment()


def take(folder: Path, words: list[str]) -> int:
    """Photographs into the folder."""
    from tests.screens.camera import camera
    from tests.screens.views import chosen

    began = time.monotonic()
    views = chosen(words)
    with camera() as ready:
        for view in views:
            keep(folder / f"{view.name}.png", ready.take(view))
        note = {
            "commit": _git("rev-parse", "HEAD"),
            "changed": _git("status", "--porcelain").splitlines(),
            "browser": ready.browser.version,
            "moment": standstill.LOOKED_AT.isoformat(),
            "pictures": len(views),
        }
    (folder / "taken.json").write_text(json.dumps(note, indent=2) + "\n", encoding="utf-8")
    print(f"{len(views)} pictures in {folder} ({time.monotonic() - began:.0f} s)")
    return 0


def draw(words: list[str]) -> int:
    """Makes the pictures of docs/, or those in whose name one of the words stands."""
    from tests.screens.camera import camera
    from tests.screens.documentation import FOLDER, excerpts, small

    with camera() as ready:
        for name, view in excerpts():
            if not words or any(word in name for word in words):
                keep(FOLDER / f"{name}.webp", small(ready.take(view, full_page=False)))
    return 0


def keep(file: Path, picture: bytes) -> None:
    """Writes a picture and says so."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(picture)
    print(f"{file} ({len(picture) / 1000:.0f} KB)", flush=True)


def _git(*words: str) -> str:
    """What git says of this checkout."""
    return subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()


def compare(options: argparse.Namespace) -> int:
    """Compares, prints the table, and answers how the program ends."""
    from tests.screens import comparing

    verdicts = comparing.compare(
        options.before,
        options.after,
        options.after / "differences",
        steps=options.steps,
        share=options.share,
    )
    for verdict in verdicts:
        print(verdict.line())
    others = [verdict for verdict in verdicts if not verdict.is_same]
    print(
        f"{len(verdicts)} pictures, {len(verdicts) - len(others)} the same "
        f"(one size, and at most {options.share:.2%} of the pixels apart by more than {options.steps} of 255)"
    )
    return 1 if others or not verdicts else 0


def main() -> int:
    """Reads what is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    taking = commands.add_parser("take")
    taking.add_argument("folder", type=Path)
    taking.add_argument("words", nargs="*")
    drawing = commands.add_parser("docs")
    drawing.add_argument("words", nargs="*")
    two = commands.add_parser("compare")
    two.add_argument("before", type=Path)
    two.add_argument("after", type=Path)
    two.add_argument("--steps", type=int, default=16, help="how far apart a colour may be, of 255")
    two.add_argument("--share", type=float, default=0.0001, help="of how many pixels, from 0 to 1")
    options = parser.parse_args()
    if options.command == "compare":
        return compare(options)
    standstill.hash_alike()
    set_up()
    with tempfile.TemporaryDirectory(prefix="exchange-screens-") as temporary:
        os.environ.setdefault("BROWSER_HOUSE", str(Path(temporary) / "kept"))
        if options.command == "docs":
            return draw(options.words)
        return take(options.folder, options.words)


if __name__ == "__main__":
    sys.exit(main())
