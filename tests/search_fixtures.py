"""A fresh search index for a test; imported by tests/conftest.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


class Index:
    """The index of one test. Changes wait in the outbox until `drain()`, since a test's own
    transaction is never committed; in tests with `transaction=True` they are drained by themselves."""

    def drain(self) -> int:
        """Write what waits; returns how many objects."""
        from search.api import drain

        return drain()

    def rebuild(self) -> int:
        """Build the index anew from the database; returns how many documents it has."""
        from search.api import rebuild

        return rebuild()

    def keys(self) -> set[tuple[str, str]]:
        """(kind, id) of everything in the index."""
        from search.engines.factory import current_engine

        return set(current_engine().keys())


def empty(engine: Any) -> None:
    """A new index of nothing: only a rebuild makes one."""
    with engine.rebuilding() as new:
        new.finish(lambda writing: None)


@pytest.fixture
def index(settings: Any, tmp_path: Path) -> Index:
    """An empty index in a temporary folder, drained after each commit."""
    settings.SEARCH_URL = "tantivy://"
    settings.INDEX_DIR = tmp_path / "index"
    settings.SEARCH_DRAIN = "on_commit"
    from search.engines.factory import current_engine

    empty(current_engine())
    return Index()
