"""Remembering that the index does not answer, so that a dead engine does not cost every page its patience.

One of a process's threads asks again from time to time, all others are spared; the first answer ends it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.engines.base import Engine
from search.engines.factory import current_engine
from search.errors import EngineError, IndexMissing

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")
# A failure that took a second is not risked again for twenty: waiting for a dead engine then takes at most a
# twentieth of one thread's time, and a failure that took nothing is not waited for at all.
SPARED = 20.0
LONGEST = 30.0  # seconds until somebody asks again, however long the failure took


class CircuitBreaker:
    """What this process knows of one engine's health."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._until = 0.0
        self._pause = 0.0
        self.error = ""
        self.missing = False

    def allows_request(self) -> bool:
        """Whether to ask the engine now; while it rests, one thread at a time is let through to try."""
        with self._guard:
            now = time.monotonic()
            if now < self._until:
                return False
            if self.error:
                self._until = now + max(self._pause, 1.0)
            return True

    def failed(self, seconds: float, error: str, *, missing: bool = False) -> None:
        """The engine did not answer, and that took so many seconds; `missing` where it answers but has no index."""
        with self._guard:
            self.missing = missing
            if not self.error:
                logger.error("Search does not answer, pages are made from the database: %s", error)
            self.error = error
            self._pause = min(seconds * SPARED, LONGEST)
            self._until = time.monotonic() + self._pause

    def answered(self) -> None:
        """The engine works."""
        with self._guard:
            if self.error:
                logger.warning("Search answers again")
            self.error = ""
            self.missing = False
            self._until = 0.0


# The questions of what is being done that were not answered, for each block of `misses` around it.
_missed: ContextVar[tuple[list[str], ...]] = ContextVar("search_missed", default=())


@lru_cache(maxsize=8)
def _breaker(url: str, folder: str) -> CircuitBreaker:
    return CircuitBreaker()


def current_breaker() -> CircuitBreaker:
    """The health of the engine in use."""
    return _breaker(settings.SEARCH_URL, str(settings.INDEX_DIR))


def ask(question: Callable[[Engine], Answer]) -> Answer:
    """The engine's answer. Raises EngineError when it has none, at once while it is known to rest."""
    rest = current_breaker()
    if not rest.allows_request():
        note_miss(rest.error)
        raise EngineError(rest.error)
    began = time.monotonic()
    try:
        answer = question(current_engine())
    except (EngineError, ImproperlyConfigured) as error:
        missing = isinstance(error, IndexMissing)
        rest.failed(time.monotonic() - began, str(error), missing=missing)
        note_miss(str(error))
        raise EngineError(str(error)) from error
    rest.answered()
    return answer


@contextmanager
def misses() -> Iterator[list[str]]:
    """Collects why questions of this block were answered without the index; empty where none was.

    For the notice on a page, and for keeping such a page out of caches.
    """
    missed: list[str] = []
    token = _missed.set((*_missed.get(), missed))
    try:
        yield missed
    finally:
        _missed.reset(token)


def note_miss(error: str) -> None:
    """Tell the blocks of `misses` around that a question was answered without the index."""
    for missed in _missed.get():
        missed.append(error)
