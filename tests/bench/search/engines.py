"""Building an index of the corpus in a real engine and measuring it; the same for every engine."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from search.engines.base import Engine
from search.engines.factory import current_engine
from search.indexing.parallel import Builders
from search.types import Change, Document, Query, Text
from tests.bench.search import storing
from tests.bench.search.measure import percentiles, weight

UPDATES = 30
ROOT = Path(__file__).resolve().parents[3]


def engine_at(url: str, folder: Path) -> Engine:
    """The engine that SEARCH_URL would choose."""
    from django.conf import settings

    settings.SEARCH_URL, settings.INDEX_DIR = url, folder
    return current_engine()


def build(engine: Engine, corpus: Path, count: int) -> dict[str, Any]:
    """Rebuild the index from the stored documents, as `manage.py search rebuild` does after reading them."""
    began = time.perf_counter()
    with engine.rebuilding() as new, Builders(new, storing.read_changes, begin_after=0) as builders:
        for _ in builders.write(storing.parts(corpus, count)):
            pass
        builders.close()
        new.finish(lambda writing: None)
    took = time.perf_counter() - began
    status = engine.status()
    if status.documents != count:
        raise SystemExit(f"{engine.name} holds {status.documents} documents instead of {count}.")
    return {"seconds": took, "per_second": count / took, "bytes": status.bytes}


def updates(engine: Engine, url: str, folder: Path) -> dict[str, float]:
    """Milliseconds from handing a change to the engine until another reader finds it."""
    reader = type(engine)(*_arguments(engine, url, folder))
    taken = []
    for number in range(UPDATES):
        word = f"zebra{number}x{time.time_ns() % 1_000_000}"
        document = Document("page", f"update-{number}", (Text("en", f"The {word} of the day"),), "/")
        began = time.perf_counter()
        with engine.writing() as writing:
            writing.apply([Change(document.kind, document.id, document, number + 1)])
        while not reader.search(Query(word)).total:
            time.sleep(0.001)
        taken.append(time.perf_counter() - began)
    with engine.writing() as writing:
        writing.apply([Change("page", f"update-{number}", None, UPDATES + 1) for number in range(UPDATES)])
    return percentiles(taken)


def _arguments(engine: Engine, url: str, folder: Path) -> tuple[Any, ...]:
    if engine.name == "tantivy":
        return (folder,)
    from search.engines.elastic import config

    return (config.address_of(url),)


def read(url: str, folder: Path, clients: list[int], times: int) -> dict[str, Any]:
    """What a process that only reads measures; see `reader`."""
    command = [sys.executable, "-m", "tests.bench.search.reader", url, str(folder), *map(str, clients)]
    done = subprocess.run(
        [*command, "--times", str(times)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"The reader failed:\n{done.stderr[-3000:]}")
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def size(engine: Engine, folder: Path) -> int:
    """Bytes on disk of the generation in use."""
    status = engine.status()
    return weight(folder / status.generation) if engine.name == "tantivy" else status.bytes
