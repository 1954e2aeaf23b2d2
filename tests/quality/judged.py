"""Needs of volunteers, in four languages, against the demonstration: `python -m tests.quality.judged`.

The queries and which answers are good for them are in the TSV files beside this module; README.md
tells how they were written and judged.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.text import slugify

from search.engines.base import Engine
from search.types import Change, Document, Query, Text
from tests.quality.measures import ENGINES, empty_engine, mean, ndcg, recall, settings_ready

HERE = Path(__file__).parent
LANGUAGES = ("en", "es", "fr", "ar")
DEPTH = 50
POOLED = 10  # of each variant's answers so many are judged


@dataclass(frozen=True)
class Asked:
    """A need as somebody types it in one language."""

    need: str
    language: str
    text: str


@dataclass(frozen=True)
class Figures:
    """Means over the queries of one language, and milliseconds a query."""

    language: str
    queries: int
    ndcg10: float
    recall50: float
    milliseconds: float
    judged10: float  # the share of the first ten answers that somebody judged


def rows(name: str) -> Iterator[dict[str, str]]:
    """The lines of a TSV file of this folder."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def queries() -> list[Asked]:
    """All queries, in the order of the file."""
    return [Asked(row["need"], row["language"], row["text"]) for row in rows("queries.tsv")]


def judgements() -> dict[str, dict[str, int]]:
    """For each need the grade, 0 to 3, of every answer that was judged."""
    grades: dict[str, dict[str, int]] = {}
    for row in rows("judgements.tsv"):
        grades.setdefault(row["need"], {})[row["answer"]] = int(row["grade"])
    return grades


def key_of(document: Document) -> str:
    """A name of a document that stays when the demonstration is loaded again: its kind and title."""
    text = next((text for text in document.texts if text.language == "en"), document.texts[0])
    return f"{document.kind}:{slugify(text.title, allow_unicode=True)}"


def documents() -> list[Document]:
    """Everything that the site would put into its index, from the database."""
    from search.documents import document_types

    return [document for kind in document_types().values() for document in kind.build(list(kind.ids()))]


def fill(engine: Engine, found: Iterable[Document]) -> dict[tuple[str, str], str]:
    """Build the engine's index of these documents; returns the key of each (kind, id)."""
    kept = list(found)
    with engine.rebuilding() as new:
        new.apply([Change(document.kind, str(document.id), document) for document in kept])
        new.finish(lambda writing: None)
    return {(document.kind, str(document.id)): key_of(document) for document in kept}


def ask(
    engine: Engine,
    keys: Mapping[tuple[str, str], str],
    asked: Asked,
    *,
    interface: str = "",
    limit: int = DEPTH,
) -> list[str]:
    """The keys of the answers, as the search page would show them."""
    query = Query(asked.text, interface or asked.language, limit=limit).bounded()
    return [keys[hit.kind, hit.id] for hit in engine.search(query).hits]


def measure(engine: Engine, keys: Mapping[tuple[str, str], str], language: str) -> Figures:
    """Ask all queries of a language and score the answers."""
    grades = judgements()
    gains, found, known = [], [], []
    asked = [query for query in queries() if query.language == language]
    begun = time.perf_counter()
    for query in asked:
        ranked = ask(engine, keys, query)
        good = grades[query.need]
        gains.append(ndcg(ranked, good))
        found.append(recall(ranked, good, DEPTH))
        known.append(mean([float(key in good) for key in ranked[:10]]))
    spent = (time.perf_counter() - begun) * 1000 / max(len(asked), 1)
    return Figures(language, len(asked), mean(gains), mean(found), spent, mean(known))


# What is judged: the first answers of several ways to search, so that no one way decides what is seen.


def _with_texts(change: Callable[[Text], Text]) -> Callable[[Document], Document]:
    return lambda document: replace(document, texts=tuple(change(text) for text in document.texts))


def _titles(text: Text) -> Text:
    return replace(text, summary="", body="", keywords=())


def _bare(document: Document) -> Document:
    """Without labels, names and transcripts."""
    return replace(document, labels=(), people=(), passages=())


VARIANTS: dict[str, Callable[[Document], Document]] = {
    "whole": lambda document: document,
    "titles": lambda document: _bare(_with_texts(_titles)(document)),
    "texts": _bare,
    "capacities": _with_texts(lambda text: Text(text.language, "", url=text.url)),
}


def pool(engine: Engine, found: Sequence[Document]) -> dict[str, list[str]]:
    """For each need the answers of every variant, in its languages and from another interface."""
    pooled: dict[str, dict[str, None]] = {}
    for change in VARIANTS.values():
        # A document keeps its key whatever was taken out of it.
        fill(engine, (change(document) for document in found))
        keys = {(document.kind, str(document.id)): key_of(document) for document in found}
        for asked in queries():
            other = "es" if asked.language == "en" else "en"
            for interface in (asked.language, other):
                answers = ask(engine, keys, asked, interface=interface, limit=POOLED)
                pooled.setdefault(asked.need, {}).update(dict.fromkeys(answers))
    return {need: list(answers) for need, answers in pooled.items()}


def load_demonstration() -> None:
    """Make a database with the demonstration in it; takes a minute."""
    from django.core.management import call_command
    from django.test import override_settings

    from exchange.demo.loading import load

    call_command("prepare", "database")
    with override_settings(DEMO_CONTENT=True):
        load()


def main() -> None:
    """Print a table of all languages, or with --pool what has still to be judged."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.judged", description=__doc__)
    parser.add_argument("--engine", choices=ENGINES, default="tantivy")
    parser.add_argument("--pool", action="store_true", help="list answers that nobody judged yet")
    options = parser.parse_args()
    settings_ready()
    load_demonstration()
    with empty_engine(options.engine) as engine:
        found = documents()
        if options.pool:
            grades = judgements()
            for need, answers in pool(engine, found).items():
                for key in answers:
                    if key not in grades.get(need, {}):
                        print(f"{need}\t\t{key}")
            return
        keys = fill(engine, found)
        print(f"{options.engine}, {len(found)} documents; milliseconds a query with its highlights")
        print("language  queries  nDCG@10  recall@50  ms/query  judged of first 10")
        for language in LANGUAGES:
            row = measure(engine, keys, language)
            print(
                f"{row.language:<8}  {row.queries:>7}  {row.ndcg10:>7.3f}  {row.recall50:>9.3f}"
                f"  {row.milliseconds:>8.2f}  {row.judged10:>18.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
