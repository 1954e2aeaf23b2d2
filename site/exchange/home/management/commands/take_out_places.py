"""Takes the place of taking out of pictures that were uploaded before the site did so by itself."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from exchange.home.images.cleanup import take_out_places


class Command(BaseCommand):
    """All at once; the worker does the same, a hundred pictures every ten minutes."""

    help = "Takes out of stored pictures where they were taken. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        """Says how many files were written anew."""
        self.stdout.write(f"Files written anew: {take_out_places()}")
