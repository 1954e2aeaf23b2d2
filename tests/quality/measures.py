"""The two measures of ranked answers, and the engines they are taken on."""

from __future__ import annotations

import math
import os
import sys
import tempfile
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from search.engines.base import Engine

if TYPE_CHECKING:
    from search.engines.elastic.engine import ElasticEngine

ROOT = Path(__file__).resolve().parents[2]
ENGINES = ("tantivy", "elasticsearch")


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], at: int = 10) -> float:
    """Normalised discounted cumulative gain of the first `at` answers, from 0 to 1.

    The gain of a grade g is 2^g - 1, the discount log2(1 + rank), after Burges et al. (2005); with
    one relevant answer of grade 1 it is 1 / log2(1 + its rank).
    """
    gained = sum((2 ** grades.get(key, 0) - 1) / math.log2(rank + 1) for rank, key in _ranks(ranked[:at]))
    best = sorted(grades.values(), reverse=True)[:at]
    ideal = sum((2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(best, 1))
    return gained / ideal if ideal else 0.0


def recall(ranked: Sequence[str], grades: Mapping[str, int], at: int = 50) -> float:
    """Which share of all relevant answers (grade 1 and above) is among the first `at`."""
    relevant = {key for key, grade in grades.items() if grade > 0}
    return len(relevant.intersection(ranked[:at])) / len(relevant) if relevant else 0.0


def mean(values: Sequence[float]) -> float:
    """The mean; 0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def _ranks(ranked: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each answer once, at its first rank."""
    seen: set[str] = set()
    for rank, key in enumerate(ranked, 1):
        if key not in seen:
            seen.add(key)
            yield rank, key


@contextmanager
def empty_engine(name: str) -> Iterator[Engine]:
    """An empty engine of this name, on a real index that goes when the block ends.

    Elasticsearch is the one at TEST_ELASTICSEARCH_URL, else one that is fetched and started for this block.
    """
    if name == "tantivy":
        from search.engines.tantivy.engine import TantivyEngine

        with tempfile.TemporaryDirectory(prefix="search-quality-") as folder:
            yield TantivyEngine(Path(folder))
    elif name == "elasticsearch":
        yield from _elastic()
    else:
        raise ValueError(f"No such engine: {name}. There is: {', '.join(ENGINES)}")


def _elastic() -> Iterator[Engine]:
    from search.engines.elastic.config import address_of
    from search.engines.elastic.engine import ElasticEngine
    from tests import elasticsearch_server

    with ExitStack() as stack:
        url = os.environ.get("TEST_ELASTICSEARCH_URL", "")
        if not url:
            url = stack.enter_context(elasticsearch_server.running()).url
        engine = ElasticEngine(address_of(f"{url}/quality-{uuid.uuid4().hex[:8]}"))
        try:
            yield engine
        finally:
            _remove(engine)


def _remove(engine: ElasticEngine) -> None:
    """Take everything of an engine out of its cluster."""
    for name in (*engine.generations.all(), engine.locks.index):
        engine.connection.client.indices.delete(index=name, ignore_unavailable=True)


def settings_ready() -> None:
    """Set Django up for a command outside pytest: the test settings, whose data is in a temporary folder."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "exchange.settings.test"
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    import django

    django.setup()
