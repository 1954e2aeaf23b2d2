"""Reads one mail that came to the return path from stdin, as a mail server pipes it.

Ends with 0 for whatever a stranger may have sent, so that no mail server answers it, and with 75 (try again) while the
database cannot be reached.
"""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from foundation.notifications.bounces import take_in

MOST = 2_000_000  # bytes that are read of one mail
TRY_AGAIN = getattr(os, "EX_TEMPFAIL", 75)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", default="", help="to whom the envelope says it came")
        parser.add_argument(
            "--feedback-loop",
            action="store_true",
            help="it came to an address that only a provider's feedback loop knows: believe whom it names",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        raw = sys.stdin.buffer.read(MOST)
        while sys.stdin.buffer.read(MOST):
            pass  # or the mail server takes a broken pipe for a failure
        try:
            kind = take_in(raw, receiver=options["to"], trusted=options["feedback_loop"])
        except DatabaseError:
            raise SystemExit(TRY_AGAIN) from None
        self.stdout.write(kind.value if kind is not None else "about no mail of ours")
