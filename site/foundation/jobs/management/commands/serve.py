"""Serves the site: the web server and the queue's worker, until one of them cannot go on or Ctrl-C ends both.

For one small machine and for work on one's own. Where systemd or containers keep processes alive, run `gunicorn` and
`manage.py qcluster` apart instead: each is then started again by itself.
"""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.jobs.supervisor import NotServing, Supervisor


class Command(BaseCommand):
    help = __doc__
    # Each of the two processes runs the checks itself.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ready", default="", metavar="TEXT", help="printed once both processes run")

    def handle(self, *args: Any, ready: str, **options: Any) -> None:
        try:
            code = Supervisor(self._say, _port()).serve(ready)
        except NotServing as problem:
            raise CommandError(str(problem)) from problem
        if code:
            raise SystemExit(code)

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _port() -> int | None:
    """The port that gunicorn.conf.py listens on; None where BIND names a socket or another machine's address."""
    bind = os.environ.get("BIND")
    if not bind:
        return int(os.environ.get("PORT") or 8000)
    host, _colon, port = bind.rpartition(":")
    return int(port) if host in ("127.0.0.1", "0.0.0.0", "localhost", "") and port.isdigit() else None  # noqa: S104
