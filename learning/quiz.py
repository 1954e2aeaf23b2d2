"""Checking an answer to a question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from learning.errors import StaleAnswer


@dataclass(frozen=True)
class Choice:
    """One answer as the page shows it. `id` is the same in every language."""

    id: str
    text: str
    correct: bool
    feedback: Any


@dataclass(frozen=True)
class Verdict:
    """What came of an answer. `chosen` are ids; nothing chosen is neither right nor wrong."""

    chosen: frozenset[str]
    correct: bool

    @property
    def answered(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.chosen)


def choices_of(value: Any) -> list[Choice]:
    """The answers of a question block, in order."""
    return [
        Choice(
            id=item.id,
            text=item.value.get("text") or "",
            correct=bool(item.value.get("correct")),
            feedback=item.value.get("feedback"),
        )
        for item in value["answers"].bound_blocks
    ]


def check(value: Any, chosen: Iterable[str]) -> Verdict:
    """Compares the chosen ids with the right ones. Raises StaleAnswer for an id that is not there.

    With several right answers all of them must be chosen and no other.
    """
    choices = choices_of(value)
    picked = frozenset(chosen)
    if picked - {choice.id for choice in choices}:
        raise StaleAnswer
    right = frozenset(choice.id for choice in choices if choice.correct)
    return Verdict(chosen=picked, correct=bool(picked) and picked == right)


def wording(value: Any, chosen: Iterable[str]) -> dict[str, Any]:
    """What the learner read and chose, kept with an attempt because editors may change it later."""
    picked = set(chosen)
    question = getattr(value["question"], "source", str(value["question"]))
    return {
        "question": question,
        "chosen": [choice.text for choice in choices_of(value) if choice.id in picked],
    }
