"""The whole demonstration, loaded once for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Loads everything and builds the index; all of it is rolled back after the module's last test."""
    from exchange.demo.loading import load
    from search.api import rebuild

    index = tmp_path_factory.mktemp("demo") / "index"
    media = tmp_path_factory.mktemp("demo-media")
    changed = override_settings(DEMO_CONTENT=True, SEARCH_URL="tantivy://", INDEX_DIR=index, MEDIA_ROOT=media)
    with django_db_blocker.unblock(), changed, transaction.atomic():
        told = load()
        rebuild()
        yield told
        transaction.set_rollback(True)
