"""Floors of what questions in one language reach against English sentences; the command asks everything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.quality.cross_language import PATIENT, measure, questions_of, sentences_of, site_of
from tests.quality.test_xquad import FOLDER
from tests.search.semantic_site import needed

EVERY = 4  # sentences that answer a question: one in so many is in the index, and its questions are asked
# nDCG@10, a hundredth or so below what was measured. Words alone reach .63 in Spanish, which shares many with
# English, and .10 to .14 in the other three. Among all sentences every figure is lower: docs/semantic-search.md.
FLOORS = {"es": 0.92, "ru": 0.88, "ar": 0.87, "zh": 0.86, "en": 0.95}
PATHS = [path for code in FLOORS if (path := FOLDER / f"{code}.json").exists()]


@pytest.fixture
def sentences(db: Any, settings: Any, tmp_path: Path) -> Iterator[dict[str, str]]:
    """A site of some of the English sentences, and which of them answers each question."""
    needed()
    settings.SEARCH_URL = "tantivy://"
    settings.INDEX_DIR = tmp_path / "index"
    settings.SEARCH_SEMANTIC = True
    settings.SEARCH_SEMANTIC_SECONDS = PATIENT
    settings.JOBS_RUN_AT_ONCE = False
    documents, known = sentences_of(FOLDER / "en.json", every=EVERY)
    assert len(documents) > 100
    with site_of(documents):
        yield known


@pytest.mark.skipif(
    len(PATHS) < 2, reason=f"There are no XQuAD-R files in {FOLDER} (XQUAD_R names their folder)."
)
def test_questions_in_other_languages_find_the_english_sentence(sentences: dict[str, str]) -> None:
    for path in PATHS:
        asked = questions_of(path, sentences)[::3]
        words, fused = measure(path.stem, asked, ("words", "fused"))
        assert fused.ndcg10 >= FLOORS[path.stem], fused
        assert fused.ndcg10 >= words.ndcg10 - 0.005, (words, fused)
