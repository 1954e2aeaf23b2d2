"""All steps after new code was put in place; safe to repeat."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from exchange.home.operations import preparation, snapshots


class Command(BaseCommand):
    """The same steps as for a new site, without its first content."""

    help = (
        "Does all steps of an upgrade: translations, migrations with roles and schedules, static files, and the "
        "search index where its form changed. Restart the site afterwards."
    )
    # They ask for tables that may come only now.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses a folder without a site: an upgrade of nothing is a wrong DATA_DIR."""
        if not snapshots.holds_something():
            raise CommandError(
                f"There is no site in {settings.DATA_DIR}. Is DATA_DIR right? A new site is made by set_up_site."
            )
        preparation.bring_up_to_date(self.stdout.write)
        preparation.index(self.stdout.write)
        self.stdout.write("The site is up to date. Restart it now.")
