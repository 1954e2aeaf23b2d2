"""A module as a learner takes it: numbered steps, what each asks for, and how much time is left."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

from wagtail.blocks import StreamBlock, StreamValue

from learning.completion import Requirement, requirements_of
from learning.models import TrainingModulePage

DEFAULT_MINUTES = 2


class Step:
    """One screen. `number` counts from 1; `id` is the block id, the same in every language.

    Reads the stored JSON: a module may have forty steps with images and recordings, and only the step on the
    screen is worth making blocks of.
    """

    def __init__(self, number: int, raw: Mapping[str, Any], block: StreamBlock) -> None:
        value = raw["value"]
        self.number = number
        self.id: str = raw.get("id") or ""
        self.title: str = value.get("title") or ""
        self.kicker: str = value.get("kicker") or ""
        self.next_label: str = value.get("next_label") or ""
        minutes = value.get("minutes")
        self.minutes: int = DEFAULT_MINUTES if minutes is None else minutes
        self._raw_body: list[dict[str, Any]] = value.get("body") or []
        self._block = block

    @cached_property
    def body(self) -> StreamValue:
        """The blocks, ready for a template."""
        return self._block.to_python(self._raw_body)

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        """What this step asks for."""
        return requirements_of(self.id, self._raw_body)

    def block(self, block_id: str, block_type: str) -> Any | None:
        """The block of that id and type in this step, or None (it may have been taken out by an editor)."""
        for block in self.body:
            if block.id == block_id and block.block_type == block_type:
                return block
        return None

    @cached_property
    def asks(self) -> bool:
        """Whether a learner can enter anything here."""
        return any(raw["type"] in ("question", "checklist", "task") for raw in self._raw_body)

    def holds(self, block_id: str, block_type: str) -> bool:
        """Whether the block is in this step; reads the stored JSON only."""
        return any(raw.get("id") == block_id and raw["type"] == block_type for raw in self._raw_body)

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """Ids of the questions, in order."""
        return tuple(raw["id"] for raw in self._raw_body if raw["type"] == "question")

    def is_done(self, done: Collection[str]) -> bool:
        """Whether everything this step asks for is done."""
        return all(requirement.block in done for requirement in self.requirements)


class Lesson:
    """The steps of one page. Reads the page only; what a learner did comes from `progress`."""

    def __init__(self, page: TrainingModulePage) -> None:
        self.page = page
        self._raw: Any = page.steps.raw_data

    def marked(self) -> Lesson:
        """The same lesson, in which words that are not in the language of the frame know their own."""
        found = Lesson(self.page)
        found._raw = self.page.words("steps").raw_data
        return found

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """All steps, in order."""
        body = self.page.steps.stream_block.child_blocks["step"].child_blocks["body"]
        return tuple(Step(number, raw, body) for number, raw in enumerate(self._raw, start=1))

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

    def block(self, block_id: str, block_type: str) -> Any | None:
        """The block of that id and type, in whatever step it stands now, or None."""
        for step in self.steps:
            if step.holds(block_id, block_type):
                return step.block(block_id, block_type)
        return None

    def minutes_left(self, number: int, done: Collection[str] = ()) -> int:
        """Minutes that are left at a step, scaled to the length that the author states.

        `done` are the blocks that a learner has done: what is left are their open steps and this one. Of somebody
        of whom nothing is known, and of who reads a finished lesson again, it is this step and all after it.
        """
        total = sum(max(step.minutes, 0) for step in self.steps)
        to_come = [step for step in self.steps if step.number == number or not step.is_done(done)]
        if not done or all(step.is_done(done) for step in self.steps):
            to_come = list(self.steps[number - 1 :])
        left = sum(max(step.minutes, 0) for step in to_come)
        stated = self.page.minutes_max or self.page.minutes_min or total
        return max(1, round(stated * left / total)) if total and left else 0

    def url(self, step: Step) -> str:
        """Address of a step, below the module's own."""
        return f"{self.page.url}step/{step.number}/"

    def done_url(self) -> str:
        """Address of the page after the last step."""
        return f"{self.page.url}done/"
