"""Questions in one language against sentences in another: `python -m tests.quality.cross_language FOLDER`.

The same questions and sentences as in `tests.quality.xquad`, but the index holds the sentences of one
language only (English), so that words alone find little more than names and numbers. Measured through the
queue's own work, the engine and `search.api.find`, as a page asks.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import django

if TYPE_CHECKING:
    from search.types import Document, Query
    from tests.quality.xquad import Question

Way = Literal["words", "vectors", "fused"]
WAYS: tuple[Way, ...] = ("words", "vectors", "fused")
DEPTH = 50
PATIENT = 60.0  # seconds a question may take: quality is measured here, not speed


@dataclass(frozen=True)
class Figures:
    """What one way to ask reached in one language: means over its questions, and milliseconds a question."""

    language: str
    way: Way
    questions: int
    ndcg10: float
    recall50: float
    milliseconds: float


def sentences_of(path: Path, *, every: int = 1) -> tuple[list[Document], dict[str, str]]:
    """The sentences of a file as documents, and by the id of each question the sentence that answers it.

    With `every`, only one in so many sentences that answer a question, and their questions.
    """
    from tests.quality.xquad import read

    documents, questions = read(path)
    answers = {id: question.answer for (id, _), question in zip(_asked(path), questions, strict=True)}
    if every > 1:
        kept = set(list(dict.fromkeys(answers.values()))[::every])
        documents = [document for document in documents if document.id in kept]
        answers = {id: answer for id, answer in answers.items() if answer in kept}
    return documents, answers


def questions_of(path: Path, known: dict[str, str]) -> list[Question]:
    """The questions of a file that another file's sentences answer, joined by their ids."""
    from tests.quality.xquad import Question

    return [Question(text, known[id]) for id, text in _asked(path) if id in known]


def _asked(path: Path) -> Iterator[tuple[str, str]]:
    """The id and the text of each question of a file."""
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            for asked in paragraph["qas"]:
                yield asked["id"], asked["question"]


@contextmanager
def site_of(documents: Sequence[Document]) -> Iterator[None]:
    """The index and the queue's part of it with these documents, which are all there is.

    The rebuild writes the words, the queue's job computes the vectors, the drain takes them into the index.
    """
    from search import api
    from search import documents as registry
    from search.semantic.models import Meaning
    from search.semantic.tasks import compute_wanted

    class Sentences(registry.DocumentType):
        kind = "page"
        known = {document.id: document for document in documents}

        def ids(self) -> Iterable[str]:
            return iter(self.known)

        def build(self, ids: Sequence[str]) -> Iterable[Document]:
            return (self.known[id] for id in ids if id in self.known)

    kept = registry.document_types()
    for kind in kept:
        registry.unregister(kind)
    registry.register(Sentences)
    try:
        api.rebuild()
        while Meaning.objects.wanted().exists():
            compute_wanted()
        api.drain()
        yield
    finally:
        registry.unregister(Sentences.kind)
        for made in kept.values():
            registry.register(type(made))


def ask(query: Query, way: Way) -> list[str]:
    """The ids that a query finds, by words, by vectors alone, or as the services join both."""
    from django.test import override_settings

    from search import api
    from search.engines.factory import current_engine
    from search.semantic import languages, model

    if way == "vectors":
        language = languages.asked_language(query.text, query.language)
        near = current_engine().near(model.questions.vector(query.text, language, PATIENT), limit=DEPTH)
        return [id for (_, id), _ in near]
    with override_settings(SEARCH_SEMANTIC=way == "fused", SEARCH_SEMANTIC_SECONDS=PATIENT):
        return [hit.id for hit in api.find(query).hits]


def measure(language: str, questions: Sequence[Question], ways: Sequence[Way] = WAYS) -> list[Figures]:
    """Ask the questions as a reader of the language would, in each way, and score the answers.

    The milliseconds are without the 25 or so that a question's vector takes once.
    """
    from search.semantic import languages, model
    from search.types import Query
    from tests.quality.measures import mean, ndcg, recall

    made = []
    for question in questions:
        spoken = languages.asked_language(question.text, language)
        model.questions.vector(question.text, spoken, PATIENT)
    for way in ways:
        gains, found = [], []
        begun = time.perf_counter()
        for question in questions:
            ranked = ask(Query(question.text, language, limit=DEPTH), way)
            gains.append(ndcg(ranked, {question.answer: 1}))
            found.append(recall(ranked, {question.answer: 1}, DEPTH))
        spent = (time.perf_counter() - begun) * 1000 / max(len(questions), 1)
        made.append(Figures(language, way, len(questions), mean(gains), mean(found), spent))
    return made


@contextmanager
def place_for(engine: str) -> Iterator[None]:
    """A database and an engine of our own, gone when the block ends."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "exchange.settings.test"
    sys.path.insert(0, "site")
    django.setup()
    from django.core.management import call_command
    from django.test import override_settings

    from tests import elasticsearch_server

    call_command("prepare", "database")
    server = elasticsearch_server.running() if engine == "elasticsearch" else nullcontext()
    with server as running, tempfile.TemporaryDirectory(prefix="search-quality-") as folder:
        url = f"{running.url}/quality" if running else "tantivy://"
        # Jobs wait in the queue, which here is the loop of site_of.
        on = {"SEARCH_SEMANTIC": True, "SEARCH_DRAIN": "off", "JOBS_RUN_AT_ONCE": False}
        with override_settings(SEARCH_URL=url, INDEX_DIR=Path(folder), **on):
            yield


def main() -> None:
    """Print a table of all languages of a folder against the sentences of one."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.cross_language", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of XQuAD-R files, one a language")
    parser.add_argument("--engine", choices=("tantivy", "elasticsearch"), default="tantivy")
    parser.add_argument("--sentences", default="en", help="language of the sentences")
    parser.add_argument("--language", action="append", help="only questions in this one; may be repeated")
    parser.add_argument("--first", type=int, help="only so many questions of each language")
    options = parser.parse_args()
    sentences = options.folder / f"{options.sentences}.json"
    paths = sorted(options.folder.glob("*.json"))
    paths = [path for path in paths if not options.language or path.stem in options.language]
    if not paths or not sentences.exists():
        parser.error(f"There is no XQuAD-R file (LANGUAGE.json) in {options.folder}.")
    with place_for(options.engine):
        from search import semantic

        if not semantic.is_installed():
            sys.exit("The extra is not installed: pip install 'capacity-exchange[semantic]'")
        documents, known = sentences_of(sentences)
        print(f"{options.engine}; questions against {len(documents)} sentences in {options.sentences!r}")
        with site_of(documents):
            print("language  way      questions  nDCG@10  recall@50  ms/query", flush=True)
            for path in paths:
                for row in measure(path.stem, questions_of(path, known)[: options.first]):
                    print(
                        f"{row.language:<8}  {row.way:<7}  {row.questions:>9}  {row.ndcg10:>7.3f}"
                        f"  {row.recall50:>9.3f}  {row.milliseconds:>8.2f}",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
