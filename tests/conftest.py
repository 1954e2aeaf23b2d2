"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# The browser tests run a live server beside the test; Django would refuse the test's own queries otherwise.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

from tests.search_fixtures import index

__all__ = ["index"]

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture
def shared_data() -> Path:
    """Real material for trials; tests that need it are skipped where it is absent."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("The real material (../shared/data) is not beside this checkout.")
    return folder
