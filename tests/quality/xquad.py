"""Questions of XQuAD-R against the sentences that answer them: `python -m tests.quality.xquad FOLDER`.

The folder holds one JSON file a language (`ar.json`), as LAReQA publishes them: paragraphs with
their sentences and questions. Each sentence becomes a document of the index, and the right answer
to a question is the sentence that holds the first character of its answer. Any language will do.
"""

from __future__ import annotations

import argparse
import json
import time
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from search.engines.base import Engine
from search.types import Change, Document, Query, Text
from tests.quality.measures import ENGINES, empty_engine, mean, ndcg, recall, settings_ready

Match = Literal["best", "any"]
MATCHES: tuple[Match, ...] = ("best", "any")
DEPTH = 50


@dataclass(frozen=True)
class Question:
    """A question and the id of the sentence that answers it."""

    text: str
    answer: str


@dataclass(frozen=True)
class Figures:
    """What one language reached: means over its questions, and milliseconds a question."""

    language: str
    questions: int
    ndcg10: float
    recall50: float
    milliseconds: float
    loosened: int


def language_of(path: Path) -> str:
    """The language of a file: "ar" of ar.json and of xquad.ar.json."""
    return path.stem.rsplit(".", 1)[-1]


def read(path: Path) -> tuple[list[Document], list[Question]]:
    """The sentences of a file as documents, and its questions.

    A paragraph without `sentence_breaks` (plain SQuAD files have none) is one document.
    """
    language = language_of(path)
    documents: list[Document] = []
    questions: list[Question] = []
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for article in data["data"]:
        for paragraph in article["paragraphs"]:
            context = paragraph["context"]
            breaks = paragraph.get("sentence_breaks") or [[0, len(context)]]
            starts = [start for start, _ in breaks]
            first = len(documents)
            documents += [
                Document("page", str(first + number), (Text(language, "", body=context[start:end]),))
                for number, (start, end) in enumerate(breaks)
            ]
            for asked in paragraph["qas"]:
                number = bisect_right(starts, asked["answers"][0]["answer_start"]) - 1
                questions.append(Question(asked["question"], str(first + max(number, 0))))
    return documents, questions


def fill(engine: Engine, documents: Sequence[Document]) -> None:
    """Build the engine's index of these documents, beside any older one."""
    with engine.rebuilding() as new:
        new.apply([Change(document.kind, document.id, document) for document in documents])
        new.finish(lambda writing: None)


def measure(engine: Engine, language: str, questions: Sequence[Question], match: Match) -> Figures:
    """Ask the questions as a reader of the language would, and score the answers."""
    gains, found, loosened = [], [], 0
    begun = time.perf_counter()
    for question in questions:
        query = Query(question.text, language, limit=DEPTH, match=match).bounded()
        results = engine.search(query)
        ranked = [hit.id for hit in results.hits]
        gains.append(ndcg(ranked, {question.answer: 1}))
        found.append(recall(ranked, {question.answer: 1}, DEPTH))
        loosened += results.loosened
    spent = (time.perf_counter() - begun) * 1000 / max(len(questions), 1)
    return Figures(language, len(questions), mean(gains), mean(found), spent, loosened)


def files(folder: Path) -> list[Path]:
    """The files of a folder, a language each."""
    return sorted(folder.glob("*.json"))


def main() -> None:
    """Print a table of all languages of a folder, with both ways to match."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.xquad", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of XQuAD-R files, one a language")
    parser.add_argument("--engine", choices=ENGINES, default="tantivy")
    parser.add_argument("--match", choices=MATCHES, action="append", help="only this way to match")
    parser.add_argument("--language", action="append", help="only this language; may be repeated")
    options = parser.parse_args()
    paths = [
        path
        for path in files(options.folder)
        if not options.language or language_of(path) in options.language
    ]
    if not paths:
        parser.error(f"There is no XQuAD-R file (LANGUAGE.json) in {options.folder}.")
    settings_ready()
    print(f"{options.engine}, limit {DEPTH}; milliseconds a query with its highlights")
    print("language  match  questions  nDCG@10  recall@50  ms/query  loosened")
    with empty_engine(options.engine) as engine:
        for path in paths:
            documents, questions = read(path)
            fill(engine, documents)
            for match in options.match or MATCHES:
                row = measure(engine, language_of(path), questions, match)
                print(
                    f"{row.language:<8}  {match:<5}  {row.questions:>9}  {row.ndcg10:>7.3f}  {row.recall50:>9.3f}"
                    f"  {row.milliseconds:>8.2f}  {row.loosened:>8}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
