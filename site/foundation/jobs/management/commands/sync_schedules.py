"""Makes the queue's schedules equal to what the code declares."""

from typing import Any

from django.core.management.base import BaseCommand

from foundation.jobs.registry import sync


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{sync()} schedules.")
