"""A process that only reads, as a web worker does: asks an engine each kind of query and prints JSON.

python -m tests.bench.search.reader URL FOLDER CLIENTS… --times N
"""

from __future__ import annotations

import argparse
import json
import sys
from functools import partial
from typing import Any


def read(url: str, folder: str, clients: list[int], times: int) -> dict[str, Any]:
    """Percentiles by kind and number of clients, and the memory of this process."""
    import django
    from django.conf import settings

    django.setup()
    settings.SEARCH_URL, settings.INDEX_DIR = url, folder
    from search.engines.factory import current_engine
    from tests.bench.search.measure import measured, memory
    from tests.bench.search.workload import workload

    engine = current_engine()
    before = memory()
    answers: dict[str, Any] = {}
    for kind, queries in workload().items():
        calls = [partial(query.ask, engine) for query in queries]
        for call in calls:  # each once before the clock starts: what they read is then in memory
            call()
        answers[kind] = {str(number): measured(calls, clients=number, times=times) for number in clients}
        print(kind, answers[kind], file=sys.stderr)
    return {"queries": answers, "memory": memory(), "memory_before": before}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("folder")
    parser.add_argument("clients", type=int, nargs="+")
    parser.add_argument("--times", type=int, default=300)
    options = parser.parse_args()
    print(json.dumps(read(options.url, options.folder, options.clients, options.times)))
