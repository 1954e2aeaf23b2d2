"""A module as a learner takes it: numbered steps, what each asks for, and how much time is left."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from learning.models import TrainingModulePage
from learning.rules import Requirement, requirements_of

DEFAULT_MINUTES = 2


@dataclass(frozen=True)
class Step:
    """One screen. `number` counts from 1; `id` is the block id, the same in every language."""

    number: int
    id: str
    title: str
    kicker: str
    minutes: int
    next_label: str
    body: Any
    requirements: tuple[Requirement, ...]

    def block(self, block_id: str, block_type: str) -> Any | None:
        """The block of that id and type in this step, or None (it may have been taken out by an editor)."""
        for block in self.body:
            if block.id == block_id and block.block_type == block_type:
                return block
        return None

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """Ids of the questions, in order."""
        return tuple(block.id for block in self.body if block.block_type == "question")

    def is_done(self, done: set[str]) -> bool:
        """Whether everything this step asks for is done."""
        return all(requirement.block in done for requirement in self.requirements)


class Lesson:
    """The steps of one page. Reads the page only; what a learner did comes from `progress`."""

    def __init__(self, page: TrainingModulePage) -> None:
        self.page = page

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """All steps, in order."""
        return tuple(
            Step(
                number=number,
                id=block.id,
                title=block.value.get("title") or "",
                kicker=block.value.get("kicker") or "",
                minutes=DEFAULT_MINUTES if block.value.get("minutes") is None else block.value["minutes"],
                next_label=block.value.get("next_label") or "",
                body=block.value.get("body") or (),
                requirements=requirements_of(block.id, block.value.get("body") or ()),
            )
            for number, block in enumerate(self.page.steps, start=1)
        )

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        """What the whole module asks for."""
        return tuple(requirement for step in self.steps for requirement in step.requirements)

    def step(self, number: int) -> Step | None:
        """The step of that number, or None."""
        return self.steps[number - 1] if 1 <= number <= len(self.steps) else None

    def step_by_id(self, step_id: str) -> Step | None:
        """The step of that block id, or None."""
        return next((step for step in self.steps if step.id == step_id), None)

    def minutes_left(self, number: int) -> int:
        """Minutes from the beginning of a step to the end, scaled to the length that the author states."""
        weights = [max(step.minutes, 0) for step in self.steps]
        total, left = sum(weights), sum(weights[number - 1 :])
        stated = self.page.minutes_max or self.page.minutes_min or total
        return max(1, round(stated * left / total)) if total and left else 0

    def url(self, step: Step) -> str:
        """Address of a step, below the module's own."""
        return f"{self.page.url}step/{step.number}/"

    def done_url(self) -> str:
        """Address of the page after the last step."""
        return f"{self.page.url}done/"
