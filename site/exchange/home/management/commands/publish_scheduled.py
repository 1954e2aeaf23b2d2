"""Wagtail's command, in which one page that cannot be published holds up no other and loses no date."""

from __future__ import annotations

from typing import Any

from wagtail.management.commands.publish_scheduled import Command as TheirCommand

from exchange.home.scheduled_publishing import expire_due, publish_due


class Command(TheirCommand):
    """Takes down what has expired and publishes what is due."""

    help = "Publishes and expires what editors have scheduled. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        """With --dryrun Wagtail's own list of what would be done."""
        if options.get("dryrun"):
            super().handle(*args, **options)
            return
        expire_due()
        publish_due()
