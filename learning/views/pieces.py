"""The blocks of a step with what this reader has done of them, ready for the template."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from learning.enums import Evidence
from learning.lessons import Lesson, Step
from learning.models import Attempt
from learning.progress import Standing
from learning.quiz import Choice, StaleAnswer, Verdict, check, choices_of

RIGHT, WRONG = "right", "bad"


@dataclass
class ChoiceShown:
    """One answer: whether it is chosen, and `tone` ("right", "bad" or nothing)."""

    choice: Choice
    chosen: bool = False
    tone: str = ""

    @property
    def with_feedback(self) -> bool:
        """Whether something is said below it."""
        return bool(self.tone)


@dataclass
class QuestionShown:
    """A question with the reader's last answer."""

    number: int
    total: int
    choices: list[ChoiceShown]
    verdict: Verdict | None = None
    revealed: bool = False
    error: str = ""

    @property
    def summary(self) -> str:
        """What several choices come to together."""
        if self.verdict is None or self.verdict.correct or self.revealed:
            return ""
        if all(shown.tone == RIGHT for shown in self.choices if shown.chosen):
            return _("Right so far, and there is more to choose.")
        return ""


@dataclass
class ListShown:
    """A checklist: (id, text, ticked) of each item."""

    items: list[tuple[str, str, bool]]
    done: bool = False


@dataclass
class TaskShown:
    """A practice task with what the learner handed in."""

    evidence: str = ""
    done: bool = False
    error: str = ""


@dataclass
class Typed:
    """What a reader sent that is shown again: the answer of somebody who is not signed in, or an error."""

    block: str = ""
    chosen: tuple[str, ...] = ()
    reveal: bool = False
    error: str = ""
    text: str = ""


@dataclass
class Piece:
    """A block and its state; most blocks have none."""

    block: Any
    state: Any = None
    anchor: str = field(init=False)

    def __post_init__(self) -> None:
        self.anchor = f"b-{self.block.id}"


def pieces_of(
    lesson: Lesson, step: Step, standing: Standing, attempts: dict[str, Attempt], typed: Typed
) -> list[Piece]:
    """All blocks of a step in order."""
    makers = {
        "question": lambda block: _question(lesson, block, attempts.get(block.id), typed),
        "checklist": lambda block: _list(block, standing),
        "task": lambda block: _task(block, standing, typed),
    }
    return [
        Piece(block, makers[block.block_type](block) if block.block_type in makers else None)
        for block in step.body
    ]


def _question(lesson: Lesson, block: Any, attempt: Attempt | None, typed: Typed) -> QuestionShown:
    every = [question for step in lesson.steps for question in step.questions]
    shown = QuestionShown(
        number=every.index(block.id) + 1,
        total=len(every),
        choices=[ChoiceShown(choice) for choice in choices_of(block.value)],
    )
    mine = typed.block == block.id
    chosen = typed.chosen if mine else tuple(attempt.answers) if attempt else ()
    shown.revealed = mine and typed.reveal
    shown.error = typed.error if mine else ""
    try:
        shown.verdict = check(block.value, chosen) if chosen else None
    except StaleAnswer:
        # Answered before an editor changed the question: it reads as new. The attempt itself is kept.
        if mine and not shown.error:
            shown.error = _("This question has been changed since you opened it. Please choose again.")
    if shown.verdict is not None:
        for row in shown.choices:
            row.chosen = row.choice.id in shown.verdict.chosen
            row.tone = (RIGHT if row.choice.correct else WRONG) if row.chosen else ""
    if shown.revealed:
        for row in shown.choices:
            row.chosen, row.tone = row.choice.correct, RIGHT if row.choice.correct else ""
    return shown


def _list(block: Any, standing: Standing) -> ListShown:
    ticked = set(standing.state.get(block.id, {}).get("ticked", ()))
    items = [(item.id, str(item.value), item.id in ticked) for item in block.value["items"].bound_blocks]
    return ListShown(items=items, done=block.id in standing.done)


def _task(block: Any, standing: Standing, typed: Typed) -> TaskShown:
    kept = standing.state.get(block.id, {}).get("evidence", "")
    if block.value.get("evidence") == Evidence.NONE:
        kept = ""
    mine = typed.block == block.id
    return TaskShown(
        evidence=typed.text if mine else kept,
        done=block.id in standing.done,
        error=typed.error if mine else "",
    )
