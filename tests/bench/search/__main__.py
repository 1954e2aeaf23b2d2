"""Measures the search engines on a made-up directory and prints tables for docs/search-benchmarks.md.

    python -m tests.bench.search --documents 1000000 [--keep FOLDER] [--engines tantivy,elasticsearch]

With --keep the documents, the indexes and what was measured stay in FOLDER: a run that was broken off goes on
where it was, and one with other options measures only what is missing (--again NAME measures that part anew).
Times are those of this machine; read the ratios. Close what else runs, or the slow ends are not the engine's.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
SMALL = 20_000  # documents that Wagtail's back end can bear


class Run:
    """What was measured, kept after each part."""

    def __init__(self, folder: Path, again: list[str]) -> None:
        self.folder = folder
        self.file = folder / "measured.json"
        self.found: dict[str, Any] = json.loads(self.file.read_text()) if self.file.exists() else {}
        for name in again:
            self.found = {key: value for key, value in self.found.items() if not key.startswith(name)}

    def part(self, name: str, documents: int, measure: Callable[[], dict[str, Any]]) -> None:
        """Measure `name`, unless that was done with as many documents."""
        key = f"{name}:{documents}"
        if key in self.found:
            return
        print(f"{name}, {documents:,} documents …", file=sys.stderr, flush=True)
        self.found[key] = {**measure(), "documents": documents}
        self.file.write_text(json.dumps(self.found, indent=1))

    def of(self, *wanted: tuple[str, int]) -> dict[str, Any]:
        """The measurements of these names and numbers of documents, as far as there are any."""
        keys = {name: f"{name}:{documents}" for name, documents in wanted}
        return {name: self.found[key] for name, key in keys.items() if key in self.found}


def main() -> None:
    """Reads the options, measures, prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--small", type=int, default=SMALL, help="documents for Wagtail's back end")
    parser.add_argument("--elasticsearch-documents", type=int, help="default: as many as --documents")
    parser.add_argument("--engines", default="tantivy,elasticsearch,fts5,wagtail")
    parser.add_argument("--clients", default="1,8")
    parser.add_argument("--times", type=int, default=300, help="queries of each kind and number of clients")
    parser.add_argument("--keep", type=Path, help="a folder to keep everything in")
    parser.add_argument("--write", type=Path, help="a page to put the tables into, between its two marks")
    parser.add_argument("--again", action="append", default=[], help="measure this part anew")
    options = parser.parse_args()
    with ExitStack() as stack:
        temporary = options.keep or stack.enter_context(tempfile.TemporaryDirectory(prefix="exchange-bench-"))
        folder = Path(temporary).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        os.environ.update(
            TEST_DATA_DIR=str(folder),
            DATA_DIR=str(folder),
            DJANGO_SETTINGS_MODULE="tests.bench.search.settings",
            PYTHONPATH=os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        )
        sys.path.insert(0, str(ROOT / "site"))
        import django

        django.setup()
        run(Run(folder, options.again), options)


def run(measuring: Run, options: argparse.Namespace) -> None:
    """Everything that was asked for, then the tables."""
    from tests.bench.search import peers, storing
    from tests.bench.search.report import tables

    corpus, count, small = measuring.folder / "corpus", options.documents, options.small
    chosen = options.engines.split(",")
    clients = [int(number) for number in options.clients.split(",")]
    storing.store(corpus, max(count, small))
    if "tantivy" in chosen:
        for name, number in (("tantivy", count), ("tantivy, small", small)):
            where = measuring.folder / f"tantivy-{number}"
            measuring.part(name, number, lambda: embedded(where, corpus, number, clients, options.times))  # noqa: B023
    if "fts5" in chosen:
        path = measuring.folder / f"fts5-{count}.sqlite3"
        measuring.part(
            "SQLite FTS5",
            count,
            lambda: peers.fts5_build(path, corpus, count) | peers.fts5_read(path, options.times),
        )
    if "wagtail" in chosen:
        measuring.part("Wagtail's back end", small, lambda: stock(corpus, small))
    distributed = options.elasticsearch_documents or count
    if "elasticsearch" in chosen:
        measuring.part(
            "Elasticsearch", distributed, lambda: elastic(corpus, distributed, clients, options.times)
        )
    found = measuring.of(
        ("tantivy", count),
        ("Elasticsearch", distributed),
        ("SQLite FTS5", count),
        ("tantivy, small", small),
        ("Wagtail's back end", small),
    )
    said = f"{os.cpu_count()} processors, Python {platform.python_version()}.\n\n{tables(found)}"
    print(said)
    if options.write:
        put(options.write, said)


def put(page: Path, tables: str) -> None:
    """Replace what stands between the marks of a page."""
    before, rest = page.read_text(encoding="utf-8").split(BEGIN, 1)
    _, after = rest.split(END, 1)
    page.write_text(f"{before}{BEGIN}\n{tables}\n{END}{after}", encoding="utf-8")


def embedded(where: Path, corpus: Path, count: int, clients: list[int], times: int) -> dict[str, Any]:
    """Build, ask, change."""
    from tests.bench.search import engines

    engine = engines.engine_at("tantivy://", where)
    built_file = where / "built.json"
    if not built_file.exists():
        built_file.parent.mkdir(parents=True, exist_ok=True)
        built_file.write_text(json.dumps(engines.build(engine, corpus, count)))
    built = json.loads(built_file.read_text())
    asked = engines.read("tantivy://", where, clients, times)
    return built | asked | {"updates": engines.updates(engine, "tantivy://", where)}


def elastic(corpus: Path, count: int, clients: list[int], times: int) -> dict[str, Any]:
    """The same on a real server of one node, started here and ended after."""
    from tests import elasticsearch_server
    from tests.bench.search import engines

    with elasticsearch_server.running(heap="1g") as server:
        where = Path(tempfile.gettempdir())
        engine = engines.engine_at(server.url, where)
        built = engines.build(engine, corpus, count)
        asked = engines.read(server.url, where, clients, times)
        return built | asked | {"updates": engines.updates(engine, server.url, where)}


def stock(corpus: Path, count: int) -> dict[str, Any]:
    """Wagtail's back end on a database of its own."""
    from django.core.management import call_command
    from django.db import connection

    from tests.bench.search import peers

    connection.close()
    Path(connection.settings_dict["NAME"]).unlink(missing_ok=True)
    call_command("migrate", verbosity=0)
    return peers.stock_read(corpus, count)


if __name__ == "__main__":
    main()
