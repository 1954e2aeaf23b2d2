"""The blocks of a step with what this reader has done of them, ready for the template."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from learning.constants import Evidence
from learning.errors import StaleAnswer
from learning.quiz import Choice, Verdict, check, choices_of
from learning.services.answers import Record, digest, evidence_error
from learning.services.progress import Standing
from learning.steps import Lesson, Step

RIGHT, WRONG = "right", "wrong"


@dataclass
class ChoiceShown:
    """One answer: whether it is chosen, and `tone` ("right", "wrong" or nothing)."""

    choice: Choice
    chosen: bool = False
    tone: str = ""

    @property
    def with_feedback(self) -> bool:
        """Whether something is said below it."""
        return bool(self.tone)


@dataclass
class QuestionShown:
    """A question with the reader's last answer, or with what they chose and have not had checked: then it `waits`."""

    number: int
    total: int
    choices: list[ChoiceShown]
    verdict: Verdict | None = None
    revealed: bool = False
    error: str = ""
    was: str = ""
    waits: bool = False

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
    was: str = ""


@dataclass
class TaskShown:
    """A practice task with what the learner handed in, or wrote and has not handed in: then it `waits`."""

    evidence: str = ""
    done: bool = False
    error: str = ""
    was: str = ""
    waits: bool = False
    earlier: list[str] = field(default_factory=list)


@dataclass
class Typed:
    """What an address asks to be said of one part: its answer, or what is missing."""

    block: str = ""
    reveal: bool = False
    error: str = ""


@dataclass
class Piece:
    """A block and its state; most blocks have none."""

    block: Any
    state: Any = None
    anchor: str = field(init=False)

    def __post_init__(self) -> None:
        self.anchor = f"b-{self.block.id}"


def pieces_of(lesson: Lesson, step: Step, standing: Standing, typed: Typed) -> list[Piece]:
    """All blocks of a step in order."""
    makers = {
        "question": lambda block: _question(lesson, block, standing, typed),
        "checklist": lambda block: _list(block, standing),
        "task": lambda block: _task(block, standing, typed),
    }
    return [
        Piece(block, makers[block.block_type](block) if block.block_type in makers else None)
        for block in step.body
    ]


def _question(lesson: Lesson, block: Any, standing: Standing, typed: Typed) -> QuestionShown:
    every = [question for step in lesson.steps for question in step.questions]
    shown = QuestionShown(
        number=every.index(block.id) + 1,
        total=len(every),
        choices=[ChoiceShown(choice) for choice in choices_of(block.value)],
    )
    mine = typed.block == block.id
    waiting = standing.state.get(block.id, {}).get("chosen", ())
    chosen = waiting or standing.answers.get(block.id, ())
    try:
        verdict = check(block.value, chosen) if chosen else None
    except StaleAnswer:
        # Answered before an editor changed the question: it reads as new. The attempt itself is kept.
        verdict = None
    if verdict is not None:
        shown.waits = bool(waiting)
        shown.verdict = None if waiting else verdict
        shown.was = " ".join(sorted(verdict.chosen))
        for row in shown.choices:
            row.chosen = row.choice.id in verdict.chosen
            row.tone = (RIGHT if row.choice.correct else WRONG) if row.chosen and not waiting else ""
    shown.error = typed.error if mine and not shown.was else ""
    shown.revealed = mine and typed.reveal
    if shown.revealed:
        for row in shown.choices:
            row.tone = RIGHT if row.choice.correct else row.tone
    return shown


def _list(block: Any, standing: Standing) -> ListShown:
    ticked = set(standing.state.get(block.id, {}).get("ticked", ()))
    items = [(item.id, str(item.value), item.id in ticked) for item in block.value["items"].bound_blocks]
    was = " ".join(id for id, _text, on in items if on)
    return ListShown(items=items, done=block.id in standing.done, was=was)


def _task(block: Any, standing: Standing, typed: Typed) -> TaskShown:
    record = Record(standing.state.get(block.id, {}))
    kind = block.value.get("evidence") or Evidence.NONE
    text = "" if kind == Evidence.NONE else record.text
    waits = "draft" in record.state and bool(text)
    return TaskShown(
        evidence=text,
        done=block.id in standing.done,
        error=evidence_error(kind, text)
        if waits
        else typed.error
        if typed.block == block.id and not text
        else "",
        was=digest(text),
        waits=waits,
        earlier=record.state.get("earlier", []),
    )
