"""What a signed-in learner does in a module: the verbs, and what is known of them.

What people do who are not signed in is kept in their session (learning/services/session_progress.py).

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

from learning.completion import missing, missing_sentence
from learning.constants import Part
from learning.models import Attempt, Completion, Progress, Study
from learning.quiz import wording
from learning.services.answers import Given, Outcome, Record, settle
from learning.steps import Lesson, Step

if TYPE_CHECKING:
    from foundation.accounts.models import User


@dataclass
class Standing:
    """How far somebody is in a module: blocks done, what they entered (see answers.Record), and where they are."""

    done: set[str] = field(default_factory=set)
    state: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, list[str]] = field(default_factory=dict)
    place: str = ""
    completed_at: datetime | None = None

    def missing_sentence(self, lesson: Lesson) -> str:
        """What is still missing, as a sentence; empty when nothing is."""
        return missing_sentence(lesson.requirements, self.done)

    def is_done(self, lesson: Lesson) -> bool:
        """Whether nothing is missing."""
        return not missing(lesson.requirements, self.done)

    def steps_done(self, lesson: Lesson) -> int:
        """How many steps are done, wherever they stand."""
        return sum(step.is_done(self.done) for step in lesson.steps)

    def left_over(self, lesson: Lesson) -> list[str]:
        """Texts that somebody wrote in tasks which are no longer in the lesson."""
        kept = {block: Record(state).text for block, state in self.state.items()}
        return [text for block, text in kept.items() if text and lesson.block(block, Part.TASK) is None]

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


def last_answers(user: Any, lesson: Lesson, blocks: Sequence[str]) -> dict[str, list[str]]:
    """What somebody answered last to each of some questions, by block id; one query, none without questions."""
    if not user.is_authenticated or not blocks:
        return {}
    rows = Attempt.objects.filter(user=user, module=lesson.page.translation_key, block__in=blocks)
    return {row.block: row.answers for row in rows.order_by("at", "id")}


@transaction.atomic
def read(user: User, lesson: Lesson, step: Step) -> Step | None:
    """The learner goes on from a step: it is read. Answers the next step, None after the last one."""
    _mark(user, lesson, step.id, Part.READ)
    following = lesson.step(step.number + 1)
    _visit(user, lesson, following or step)
    complete_if_done(user, lesson)
    return following


@transaction.atomic
def keep(
    user: User,
    lesson: Lesson,
    given: Sequence[Given],
    *,
    step: Step | None = None,
    finish: bool = False,
    block: str = "",
) -> Outcome:
    """Keeps what a learner entered, as `answers.settle` says; every answer that is checked is stored as an attempt.

    `step` is where the learner is. The learner's row of the module is locked, so that two windows at once write
    one after the other.
    """
    if not any(row.changed for row in given) and not finish and not block:
        return Outcome()
    study = _visit(user, lesson, step)
    Study.objects.select_for_update().get(pk=study.pk)
    mine = {"user": user, "module": lesson.page.translation_key, "block__in": [row.block for row in given]}
    answers = last_answers(user, lesson, [row.block for row in given if row.part == Part.QUESTION])
    records = {row.block: Record(answer=answers.get(row.block, [])) for row in given}
    for kept in Progress.objects.filter(**mine):
        records[kept.block].state = dict(kept.state)
        records[kept.block].done = kept.done_at is not None
    outcome = settle(lesson, given, records, finish=finish, block=block)
    parts = {row.block: row.part for row in given}
    for written in outcome.written:
        record = records[written]
        if written in outcome.checked and record.answer != answers.get(written):
            _attempt(user, lesson, written, record.answer, correct=outcome.checked[written])
        if record.state or record.done or parts[written] != Part.QUESTION:
            _mark(user, lesson, written, parts[written], done=record.done, state=record.state)
        else:
            Progress.objects.filter(**{**mine, "block__in": [written]}).update(state={})
    complete_if_done(user, lesson)
    return outcome


def _attempt(user: User, lesson: Lesson, block_id: str, chosen: Sequence[str], *, correct: bool) -> None:
    block = lesson.block(block_id, Part.QUESTION)
    Attempt.objects.create(
        user=user,
        module=lesson.page.translation_key,
        step=next(step.id for step in lesson.steps if step.holds(block_id, Part.QUESTION)),
        block=block_id,
        answers=list(chosen),
        correct=correct,
        wording=wording(block.value, chosen) if block is not None else {},
        language=lesson.page.locale.language_code,
        revision_id=lesson.page.live_revision_id,
    )


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


def _visit(user: User, lesson: Lesson, step: Step | None) -> Study:
    where = {"language": lesson.page.locale.language_code} | ({"step": step.id} if step else {})
    study, _created = Study.objects.update_or_create(
        user=user, module=lesson.page.translation_key, defaults=where
    )
    return study


def complete_if_done(user: User, lesson: Lesson) -> bool:
    """Writes that a module was finished, once nothing is missing. Answers whether nothing is."""
    key = lesson.page.translation_key
    done = set(
        Progress.objects.filter(user=user, module=key, done_at__isnull=False).values_list("block", flat=True)
    )
    if not lesson.requirements or missing(lesson.requirements, done):
        return False
    Completion.objects.get_or_create(
        user=user,
        module=key,
        defaults={
            "title": lesson.page.title,
            "language": lesson.page.locale.language_code,
            "revision_id": lesson.page.live_revision_id,
        },
    )
    return True
