"""Floors of what search answers to the judged needs; `python -m tests.quality.judged` prints the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from search.engines.base import Engine
from search.types import Document
from tests.quality import judged

# nDCG@10 and recall@50, some hundredths below what was measured: content of the demonstration may grow.
FLOORS = {"en": (0.71, 0.63), "es": (0.75, 0.65), "fr": (0.70, 0.65), "ar": (0.67, 0.64)}


def test_every_need_is_asked_in_every_language_and_judged() -> None:
    asked = Counter((query.need, query.language) for query in judged.queries())
    needs = {need for need, _ in asked}
    assert len(needs) >= 60
    assert asked == Counter({(need, language): 1 for need in needs for language in judged.LANGUAGES})
    assert needs == set(judged.judgements()) == {row["need"] for row in judged.rows("needs.tsv")}


def test_grades_are_from_none_to_three_and_each_answer_has_one() -> None:
    lines = [(row["need"], row["answer"]) for row in judged.rows("judgements.tsv")]
    assert len(lines) == len(set(lines))
    for need, grades in judged.judgements().items():
        assert set(grades.values()) <= {0, 1, 2, 3}
        assert 3 in grades.values(), need


@pytest.fixture(scope="module")
def demonstration(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Document]]:
    """The documents of the demonstration, which is rolled back after the module's last test."""
    from exchange.demo.loading import load

    media = tmp_path_factory.mktemp("media")
    changed = override_settings(DEMO_CONTENT=True, MEDIA_ROOT=media)
    with django_db_blocker.unblock(), changed, transaction.atomic():
        load()
        yield judged.documents()
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_what_was_judged_is_still_there(demonstration: list[Document]) -> None:
    keys = Counter(map(judged.key_of, demonstration))
    assert [key for key, times in keys.items() if times > 1] == []
    gone = {key for grades in judged.judgements().values() for key in grades} - set(keys)
    assert gone == set(), "Judged answers that the demonstration no longer has; see README.md."


@pytest.mark.django_db
def test_needs_find_their_answers(demonstration: list[Document], quality_engine: Engine) -> None:
    keys = judged.fill(quality_engine, demonstration)
    for language, (good, found) in FLOORS.items():
        reached = judged.measure(quality_engine, keys, language)
        assert reached.ndcg10 >= good, reached
        assert reached.recall50 >= found, reached
        assert reached.judged10 >= 0.9, reached
