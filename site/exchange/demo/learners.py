"""What invented people have learned so far: lessons begun and finished, seats in the course."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from exchange.demo.clock import ago, as_of
from exchange.demo.material import read
from exchange.demo.people import Cast
from foundation.accounts.models import User
from learning.constants import Evidence, Part
from learning.models import Cohort
from learning.services import progress
from learning.services.answers import Given
from learning.services.enrolment import enrol
from learning.steps import Lesson, Step


def load_learners(cast: Cast, pages: dict[str, Any]) -> None:
    """`pages` are the lessons in their first language, by key."""
    for row in read("exchanges.yaml")["learning"]:
        _study(cast.people[row["person"]].user, Lesson(pages[row["module"]]), row)
    cohort = Cohort.objects.get(is_demo=True)
    for number, key in enumerate(read("exchanges.yaml")["enrolled"]):
        with as_of(ago(days=13) + timedelta(days=number)):
            enrol(cohort, cast.people[key].user)


def _study(user: User, lesson: Lesson, row: dict[str, Any]) -> None:
    everything = row["steps"] == "all"
    steps = lesson.steps if everything else lesson.steps[: row["steps"]]
    begun = ago(days=row["days_ago"])
    for number, step in enumerate(steps):
        with as_of(begun + timedelta(minutes=4 * number)):
            last = number == len(steps) - 1 and not everything
            _take(user, lesson, step, stumble=bool(row.get("stumble")))
            if not last:
                progress.read(user, lesson, step)


def _take(user: User, lesson: Lesson, step: Step, *, stumble: bool) -> None:
    """Does what a step asks for; with `stumble` its questions are answered wrong before they are answered right."""
    for block in step.body:
        if block.block_type == "question":
            answers = block.value["answers"].bound_blocks
            right = tuple(answer.id for answer in answers if answer.value["correct"])
            if stumble:
                wrong = next(answer.id for answer in answers if not answer.value["correct"])
                _do(user, lesson, step, Given(Part.QUESTION, block.id, values=(wrong,)))
            _do(user, lesson, step, Given(Part.QUESTION, block.id, values=right))
        elif block.block_type == "checklist":
            items = tuple(item.id for item in block.value["items"].bound_blocks)
            _do(user, lesson, step, Given(Part.CHECKLIST, block.id, values=items))
        elif block.block_type == "task":
            link = block.value.get("evidence") == Evidence.LINK
            text = "https://en.wikipedia.org/wiki/Special:Diff/1" if link else "A page in my notebook"
            _do(user, lesson, step, Given(Part.TASK, block.id, text=text))


def _do(user: User, lesson: Lesson, step: Step, given: Given) -> None:
    progress.keep(user, lesson, [given], step=step, block=given.block)
