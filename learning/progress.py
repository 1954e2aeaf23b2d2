"""What a signed-in learner does in a module: the verbs, and what is known of them.

Everything is keyed by (translation_key, block id), which wagtail-localize keeps the same in all languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.enums import Evidence, Part
from learning.lessons import Lesson, Step
from learning.models import Attempt, Completion, Progress, Study
from learning.quiz import Verdict, check, wording
from learning.rules import missing, missing_sentence

if TYPE_CHECKING:
    from exchange.accounts.models import User


class Gone(Exception):
    """The step, question, list or task is no longer in the lesson. Its text is a sentence for the learner."""


@dataclass
class Standing:
    """How far somebody is in a module. Empty for people who are not signed in."""

    done: set[str] = field(default_factory=set)
    state: dict[str, Any] = field(default_factory=dict)
    place: str = ""
    completed_at: datetime | None = None

    def missing_sentence(self, lesson: Lesson) -> str:
        """What is still missing, as a sentence; empty when nothing is."""
        return missing_sentence(lesson.requirements, self.done)

    def is_done(self, lesson: Lesson) -> bool:
        """Whether nothing is missing."""
        return not missing(lesson.requirements, self.done)

    def next_step(self, lesson: Lesson) -> Step | None:
        """Where to go on: the step last opened, unless it is done; then the first that is not."""
        place = lesson.step_by_id(self.place)
        if place is not None and not place.is_done(self.done):
            return place
        return next((step for step in lesson.steps if not step.is_done(self.done)), None)


def standing(user: Any, lesson: Lesson, *, study: Study | None = None) -> Standing:
    """What is known of a user in a module: two queries; none for people who are not signed in.

    `study` is theirs where it was read already and the module is not finished; that saves one query.
    """
    found = Standing()
    if not user.is_authenticated:
        return found
    mine = {"user": user, "module": lesson.page.translation_key}
    if study is None:
        finished = Completion.objects.filter(**mine).values("at")[:1]
        study = Study.objects.filter(**mine).annotate(completed_at=Subquery(finished)).first()
    if study is None:
        # Whatever somebody does in a module makes a row of Study as well.
        return found
    found.place, found.completed_at = study.step, getattr(study, "completed_at", None)
    for row in Progress.objects.filter(**mine):
        if row.done_at is not None:
            found.done.add(row.block)
        if row.state:
            found.state[row.block] = row.state
    return found


def last_attempts(user: Any, lesson: Lesson, step: Step) -> dict[str, Attempt]:
    """The last attempt at each question of a step, by block id; one query, none without questions."""
    if not user.is_authenticated or not step.questions:
        return {}
    rows = Attempt.objects.filter(user=user, module=lesson.page.translation_key, block__in=step.questions)
    return {row.block: row for row in rows.order_by("at", "id")}


@transaction.atomic
def read(user: User, lesson: Lesson, step: Step) -> Step | None:
    """The learner goes on from a step: it is read. Answers the next step, None after the last one."""
    _mark(user, lesson, step.id, Part.READ)
    following = lesson.step(step.number + 1)
    _visit(user, lesson, following or step)
    _complete_if_done(user, lesson)
    return following


@transaction.atomic
def answer(user: User, lesson: Lesson, step: Step, block_id: str, chosen: Sequence[str]) -> Verdict:
    """Stores an attempt at a question and, when it is right, the question as done for good.

    Raises Gone where the question is no longer there and StaleAnswer where its answers were changed.
    Choosing nothing stores nothing.
    """
    block = _block(step, block_id, "question")
    verdict = check(block.value, chosen)
    if not verdict.answered:
        return verdict
    Attempt.objects.create(
        user=user,
        module=lesson.page.translation_key,
        step=step.id,
        block=block_id,
        answers=sorted(verdict.chosen),
        correct=verdict.correct,
        wording=wording(block.value, verdict.chosen),
        language=lesson.page.locale.language_code,
        revision_id=lesson.page.live_revision_id,
    )
    _visit(user, lesson, step)
    if verdict.correct:
        _mark(user, lesson, block_id, Part.QUESTION)
        _complete_if_done(user, lesson)
    return verdict


@transaction.atomic
def tick(user: User, lesson: Lesson, step: Step, block_id: str, items: Sequence[str]) -> bool:
    """Keeps the ticks of a checklist. Answers whether all are ticked. Raises Gone."""
    block = _block(step, block_id, "checklist")
    existing = [item.id for item in block.value["items"].bound_blocks]
    ticked = [item for item in existing if item in set(items)]
    everything = len(ticked) == len(existing)
    _mark(user, lesson, block_id, Part.CHECKLIST, done=everything, state={"ticked": ticked})
    _visit(user, lesson, step)
    _complete_if_done(user, lesson)
    return everything


@transaction.atomic
def hand_in(user: User, lesson: Lesson, step: Step, block_id: str, evidence: str) -> None:
    """Keeps what shows that a practice task was done. The evidence is validated by its form. Raises Gone."""
    block = _block(step, block_id, "task")
    state = {} if block.value.get("evidence") == Evidence.NONE else {"evidence": evidence}
    _mark(user, lesson, block_id, Part.TASK, state=state)
    _visit(user, lesson, step)
    _complete_if_done(user, lesson)


def _block(step: Step, block_id: str, block_type: str) -> Any:
    block = step.block(block_id, block_type)
    if block is None:
        raise Gone(
            _("This part of the lesson has been changed since you opened it. Here is how it reads now.")
        )
    return block


def _mark(
    user: User,
    lesson: Lesson,
    block: str,
    part: Part,
    *,
    done: bool = True,
    state: dict[str, Any] | None = None,
) -> None:
    """Writes a row of progress. What was done once stays done, except a list whose ticks are taken away."""
    now = timezone.now()
    row, created = Progress.objects.select_for_update().get_or_create(
        user=user,
        module=lesson.page.translation_key,
        block=block,
        defaults={
            "part": part,
            "done_at": now if done else None,
            "state": state or {},
            "language": lesson.page.locale.language_code,
        },
    )
    if created:
        return
    row.done_at = (row.done_at or now) if done else None
    row.language = lesson.page.locale.language_code
    if state is not None:
        row.state = state
    row.save(update_fields=["done_at", "language", "state", "updated"])


def _visit(user: User, lesson: Lesson, step: Step) -> None:
    Study.objects.update_or_create(
        user=user,
        module=lesson.page.translation_key,
        defaults={"step": step.id, "language": lesson.page.locale.language_code},
    )


def _complete_if_done(user: User, lesson: Lesson) -> None:
    key = lesson.page.translation_key
    done = set(
        Progress.objects.filter(user=user, module=key, done_at__isnull=False).values_list("block", flat=True)
    )
    if missing(lesson.requirements, done):
        return
    Completion.objects.get_or_create(
        user=user,
        module=key,
        defaults={
            "title": lesson.page.title,
            "language": lesson.page.locale.language_code,
            "revision_id": lesson.page.live_revision_id,
        },
    )
