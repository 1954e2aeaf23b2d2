"""Statements that take long are told in the log, without what they were asked about."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.backends.signals import connection_created

logger = logging.getLogger(__name__)
LONGEST = 1_000  # letters of a statement
VALUE = re.compile(r"'(?:[^']|'')*'")


def watch_slow_queries() -> None:
    """Begins with the next connection of each thread; where SLOW_QUERY_MILLISECONDS is 0, nothing is watched."""
    if settings.SLOW_QUERY_MILLISECONDS:
        connection_created.connect(_watch_connection, dispatch_uid="slow queries")


def _watch_connection(sender: Any, connection: Any, **kwargs: Any) -> None:
    if _timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(_timed)


def _timed(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    began = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        seconds = time.perf_counter() - began
        if seconds * 1000 >= settings.SLOW_QUERY_MILLISECONDS:
            # Its parameters are apart and stay there; a value that was written into it is left out.
            told = VALUE.sub("'…'", " ".join(str(sql).split()))[:LONGEST]
            logger.warning("A statement took %.1f s: %s", seconds, told)
