"""What a folder says of the site in it: `site.json` in DATA_DIR, written when a site for the public is set up.

manage.py reads it before there are settings, so this needs nothing but Python.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

NAME = "site.json"


def read(data: Path) -> dict[str, Any]:
    """What the file says; nothing where there is none or it cannot be read as one."""
    try:
        found = json.loads((data / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def is_production(data: Path) -> bool:
    """Whether the folder is that of a site for the public."""
    return (data / NAME).exists()


def write(data: Path, **said: Any) -> None:
    """Adds to what the file says. Whoever reads it meanwhile finds all of the old or all of the new."""
    part = data / f"{NAME}.{os.getpid()}"
    part.write_text(json.dumps({**read(data), **said}, ensure_ascii=False) + "\n", encoding="utf-8")
    part.replace(data / NAME)
