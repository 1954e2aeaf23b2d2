"""The engines that quality is measured on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.engines.base import Engine
from tests.quality.measures import ENGINES, empty_engine
from tests.search.conftest import elasticsearch_url as elasticsearch_url


@pytest.fixture(params=ENGINES)
def quality_engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """Each engine in turn, empty."""
    if request.param == "elasticsearch":
        monkeypatch.setenv("TEST_ELASTICSEARCH_URL", request.getfixturevalue("elasticsearch_url"))
    with empty_engine(request.param) as engine:
        yield engine
