"""Floors of what search reaches on XQuAD-R; the command `python -m tests.quality.xquad` asks everything."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from search.engines.base import Engine
from tests.quality.measures import ROOT
from tests.quality.xquad import DEPTH, files, fill, measure, read

FOLDER = Path(os.environ.get("XQUAD_R", ROOT.parent / "shared" / "data" / "xquad-r"))
EVERY = 8  # of the questions one in so many is asked here, always the same ones
# nDCG@10 and recall@50 of those questions, a hundredth below what was measured. They happen to be
# easier than the rest; what all questions reach is in docs/search.md. A language without a line of
# its own must reach the last one.
FLOORS = {
    "ar": (0.825, 0.96),
    "en": (0.880, 0.96),
    "es": (0.865, 0.965),
    "ru": (0.835, 0.94),
    "zh": (0.860, 0.955),
    "": (0.70, 0.85),
}
PATHS = files(FOLDER)


@pytest.mark.skipif(
    not PATHS, reason=f"There are no XQuAD-R files in {FOLDER} (set XQUAD_R to their folder)."
)
@pytest.mark.parametrize("path", PATHS, ids=[path.stem for path in PATHS])
def test_questions_find_the_sentence_that_answers_them(quality_engine: Engine, path: Path) -> None:
    documents, questions = read(path)
    fill(quality_engine, documents)
    reached = measure(quality_engine, path.stem, questions[::EVERY], "best")
    good, found = FLOORS.get(path.stem, FLOORS[""])
    assert reached.ndcg10 >= good, reached
    assert reached.recall50 >= found, reached
    assert DEPTH == 50
