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
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"exchange.settings.{_kind()}")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(f"The settings cannot be used: {problem}")


def _kind() -> str:
    """Never those for development where the folder is that of a site for the public."""
    from exchange.settings import site_file

    data = Path(os.environ.get("DATA_DIR") or ROOT / "var").expanduser()
    return "production" if site_file.is_production(data) else "dev"


if __name__ == "__main__":
    main()
