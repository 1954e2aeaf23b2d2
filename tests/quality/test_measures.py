"""The measures against values worked out by hand."""

from __future__ import annotations

import pytest

from tests.quality.measures import mean, ndcg, recall


def test_one_right_answer_counts_by_its_rank() -> None:
    assert ndcg(["a", "b"], {"a": 1}) == 1.0
    assert ndcg(["b", "a"], {"a": 1}) == pytest.approx(0.6309, abs=1e-4)
    assert ndcg([*"bcdefghijk", "a"], {"a": 1}) == 0.0


def test_grades_count_by_their_gain() -> None:
    grades = {"best": 3, "good": 2, "related": 1, "not": 0}
    assert ndcg(["best", "good", "related", "not"], grades) == 1.0
    # (3 + 7 / 1.585 + 0 + 1 / 2.322) / (7 + 3 / 1.585 + 1 / 2)
    assert ndcg(["good", "best", "not", "related"], grades) == pytest.approx(0.8354, abs=1e-4)


def test_an_answer_that_comes_twice_counts_once() -> None:
    assert ndcg(["a", "a", "a"], {"a": 1, "b": 1}) == pytest.approx(0.6131, abs=1e-4)


def test_recall_is_the_share_found() -> None:
    grades = {"a": 3, "b": 1, "c": 0}
    assert recall(["c", "b"], grades) == 0.5
    assert recall(["c", "b", "a"], grades, at=2) == 0.5
    assert recall([], {}) == 0.0
    assert mean([]) == 0.0
