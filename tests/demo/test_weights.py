"""Every page kind stays light and asks the database little: the goals of tests.bench.pages, on the demo."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache

from tests.bench.pages import goals_of, page_kinds, weigh

pytestmark = pytest.mark.django_db

# Inside a test's transaction the taxonomy is read anew each time it is asked for (two queries, up to twice a
# page), and the pages asked for here are the first ones after an empty cache.
IN_A_TRANSACTION = 4


def test_every_page_kind_keeps_within_its_weight_and_its_queries(demo: str, settings: Any) -> None:
    cache.clear()
    settings.PAGE_CACHE_SECONDS = 0
    heavy = []
    for name, url, user in page_kinds():
        queries, html, css, js, _session = weigh(url, user)
        most_queries, most_bytes = goals_of(name)
        if html + css + js > most_bytes or queries > most_queries + IN_A_TRANSACTION:
            heavy.append(f"{name}: {queries} queries, {html + css + js} bytes")
    assert not heavy
