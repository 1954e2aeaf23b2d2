"""The same documents in plain SQLite FTS5 and in Wagtail's own database back end."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from search.types import Document
from tests.bench.search import storing
from tests.bench.search.measure import percentiles, timed
from tests.bench.search.workload import COMMON, RARE, common_words, rare_words

PAGE = 20
STOCK_ASKED = 3  # each takes the better part of a minute


def _texts(document: Document) -> tuple[str, str]:
    title = " ".join(text.title for text in document.texts)
    parts = [part for text in document.texts for part in (text.summary, text.body, *text.keywords)]
    return title, " ".join(
        [*parts, *(label.text for label in document.labels), *(passage.text for passage in document.passages)]
    )


def fts5_build(path: Path, corpus: Path, count: int) -> dict[str, Any]:
    """One FTS5 table as SQLite makes it when nothing is said: the text as it is, no stems."""
    path.unlink(missing_ok=True)
    began = time.perf_counter()
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("CREATE VIRTUAL TABLE found USING fts5(title, body)")
    with database:
        database.executemany(
            "INSERT INTO found(title, body) VALUES (?, ?)", map(_texts, storing.read_all(corpus, count))
        )
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    took = time.perf_counter() - began
    return {"seconds": took, "per_second": count / took, "bytes": path.stat().st_size}


def fts5_read(path: Path, times: int) -> dict[str, Any]:
    """The best twenty with a snippet each, and how many there are; no facets, which FTS5 does not know."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    database.execute("PRAGMA mmap_size=8000000000")

    def ask(word: str) -> None:
        best = (
            "SELECT rowid, title, snippet(found, 1, '<mark>', '</mark>', '', 20) FROM found "
            "WHERE found MATCH ? ORDER BY rank LIMIT ?"
        )
        database.execute(best, (f'"{word}"', PAGE)).fetchall()
        database.execute("SELECT count(*) FROM found WHERE found MATCH ?", (f'"{word}"',)).fetchone()

    def calls(words: Sequence[str]) -> list[Callable[[], None]]:
        return [partial(ask, word) for word in words]

    found = {RARE: calls(rare_words()), COMMON: calls(common_words())}
    for call in (call for asked in found.values() for call in asked):  # as for the others: read into memory
        call()
    # A connection belongs to its thread.
    answers = {
        kind: {"1": percentiles([timed(call) for call in asked[:times]])} for kind, asked in found.items()
    }
    database.close()
    return {"queries": answers}


def stock_read(corpus: Path, count: int) -> dict[str, Any]:
    """Wagtail's back end as it comes, on a plain model: build, then the first page and the total."""
    from django.db import connection
    from wagtail.search.backends import get_search_backend

    from tests.bench.search.stock.models import StockDocument

    backend = get_search_backend("wagtail.search.backends.database")
    with connection.schema_editor() as editor:
        editor.create_model(StockDocument)
    for part in storing.parts(corpus, count):
        StockDocument.objects.bulk_create(map(_row, storing.read(part)))
    began = time.perf_counter()
    backend.add_bulk(StockDocument, list(StockDocument.objects.all()))
    took = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    def ask(word: str) -> None:
        results = backend.search(word, StockDocument)
        list(results[:PAGE])
        results.count()

    answers = {
        kind: {"1": percentiles([timed(partial(ask, word)) for word in words[:STOCK_ASKED]])}
        for kind, words in ((RARE, rare_words()), (COMMON, common_words()))
    }
    return {"seconds": took, "per_second": count / took, "bytes": None, "queries": answers}


def _row(document: Document) -> Any:
    from tests.bench.search.stock.models import StockDocument

    title, body = _texts(document)
    return StockDocument(
        title=title[:500],
        body=body,
        language=document.texts[0].language,
        region=document.facets["region"][0],
    )
