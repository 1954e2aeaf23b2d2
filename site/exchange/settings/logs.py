"""An outage that goes on for an hour is told once a minute, not once a request."""

from __future__ import annotations

import logging
import re
import threading
import time
import traceback

from foundation.logging import fill

MINUTE = 60.0
LINES = 20  # of one kind in a minute; of one traceback only the first
MOST = 500  # kinds that are remembered


class OnceAMinute(logging.Filter):
    """Lets the first traceback from a place pass, and the first lines of a kind; the next minute's tells how many there
    were besides. Below WARNING nothing is held back."""

    def __init__(self, name: str = "") -> None:
        super().__init__(name)
        self._guard = threading.Lock()
        self._seen: dict[tuple[object, ...], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this one is written."""
        if record.levelno < logging.WARNING:
            return True
        now, kind = time.monotonic(), _kind(record)
        most = 1 if record.exc_info or "\n" in str(record.msg) else LINES
        with self._guard:
            began, count = self._seen.get(kind, (now, 0))
            if now - began <= MINUTE:
                self._seen[kind] = (began, count + 1)
                if len(self._seen) > MOST:
                    self._seen.pop(next(iter(self._seen)))
                return count < most
            self._seen[kind] = (now, 1)
        if count > most:
            record.msg = f"{fill(record)} (and {count - most} more like it before)"
            record.args = None
        return True


def _kind(record: logging.LogRecord) -> tuple[object, ...]:
    """What is alike: the same error from the same place, else the same sentence before it is filled in."""
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        # The worker tells what a job failed with as a sentence, the traceback in it; its last line says which error.
        last = str(record.msg).rstrip().rpartition("\n")[2]
        return record.name, record.levelno, re.sub(r"\d+", "#", last)[:200]
    frames = traceback.extract_tb(error.__traceback__)
    place = (frames[-1].filename, frames[-1].lineno) if frames else ()
    return record.name, type(error), place
