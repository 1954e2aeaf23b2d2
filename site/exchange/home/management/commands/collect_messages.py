"""Collects the interface's sentences into site/exchange/locale (needs gettext's xgettext and msgmerge)."""

import os
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        os.chdir(settings.ROOT)
        call_command(
            "makemessages",
            locale=[code for code, _name in settings.INTERFACE_LANGUAGES if code != "en"],
            extensions=["html", "py", "txt"],
            ignore_patterns=[".venv/*", "var/*", "tests/*", "*/node_modules/*", "docs/*", "static/*"],
            no_location=False,
            add_location="file",
            no_wrap=True,
        )
