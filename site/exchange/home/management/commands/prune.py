"""Forgets what is past its time, as the worker does every night."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from exchange.home.operations.retention import prune, report


class Command(BaseCommand):
    """One run, now."""

    help = "Forgets what is past its time (docs/operate/retention.md), as the worker does every night. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        """Says how many went of each kind; ends with 1 where a rule failed."""
        done = prune()
        self.stdout.write(report(done))
        if any(number is None for _rule, number in done):
            raise SystemExit(1)
