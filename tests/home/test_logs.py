"""An outage tells of itself once a minute, and of other things all the while."""

from __future__ import annotations

import io
import logging

import pytest

from exchange.settings import logs
from exchange.settings.logs import LINES, OnceAMinute


def away() -> None:
    raise ConnectionError("the database is away")


def test_a_thousand_tracebacks_are_one_and_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(OnceAMinute())
    logger = logging.Logger("tests.outage")
    logger.addHandler(handler)
    for number in range(1_000):
        try:
            away()
        except ConnectionError:
            logger.exception("Internal Server Error: /page/%s", number)
        logger.warning("Node %s has failed", number)
    logger.error("Something else")
    told = written.getvalue()
    assert told.count("Traceback") == 1
    assert told.count("has failed") == LINES
    assert "Something else" in told
    assert len(told) < 3_000
    monkeypatch.setattr(logs, "MINUTE", 0.0)  # a minute is over
    logger.warning("Node %s has failed", 7)
    assert written.getvalue().endswith(f"Node 7 has failed (and {1_000 - LINES} more like it before)\n")
