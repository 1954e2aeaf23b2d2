#!/usr/bin/env python
"""The one command-line door of The Capacity Exchange."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
# `site/` is a plain folder, never a package: `import site` must stay the standard library's. So the
# folder goes on the path and the package inside it is imported as `exchange`.
sys.path.insert(0, str(ROOT / "site"))


def main() -> None:
    """Run one of Django's or our own management commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
