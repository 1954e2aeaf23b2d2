"""Questions of a programme's forms and the answers to them: reading, showing, and who may read what."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from foundation.l10n.lists import in_a_row
from mentoring.constants import AnswerVisibility, Audience, QuestionKind

CHOOSING = (QuestionKind.CHOICE, QuestionKind.MULTI_CHOICE)

# What each reader may see. A mentor who is asked sees, of these, only what is not private.
READABLE: dict[str, tuple[str, ...]] = {
    Audience.OWNER: tuple(AnswerVisibility.values),
    Audience.ASKED_MENTOR: (AnswerVisibility.PUBLIC, AnswerVisibility.PAIR),
    Audience.PAIR: (AnswerVisibility.PUBLIC, AnswerVisibility.PAIR),
    Audience.COORDINATOR: (AnswerVisibility.PUBLIC, AnswerVisibility.PAIR, AnswerVisibility.COORDINATORS),
    Audience.SAFETY: tuple(AnswerVisibility.values),
}


@dataclass(frozen=True)
class Question:
    """One question in one language. `options` are pairs of item id and words."""

    id: str
    kind: str
    label: str
    help: str = ""
    required: bool = False
    visibility: str = AnswerVisibility.COORDINATORS
    sensitive: bool = False
    options: tuple[tuple[str, str], ...] = ()

    @property
    def is_asked(self) -> bool:
        """Whether people are still asked this. What only a safety team may read has no reader to promise."""
        return self.visibility != AnswerVisibility.SAFETY


@dataclass(frozen=True)
class Answer:
    """One answer as its reader sees it."""

    label: str
    text: str
    long: bool = False
    question_id: str = ""


def read_questions(stream: Iterable[Any], words: Iterable[Any] = ()) -> list[Question]:
    """The questions of a form.

    Arguments: `stream` the form in the programme's first language, which decides what is asked; `words` the
    same form in the reader's language, from which the words are taken where it has the same block.
    """
    translated = {child.id: child for child in words}
    return [_question(child, translated.get(child.id)) for child in stream]


def _question(child: Any, translated: Any) -> Question:
    value = child.value
    worded = (
        translated.value if translated is not None and translated.block_type == child.block_type else value
    )
    options: tuple[tuple[str, str], ...] = ()
    if child.block_type in CHOOSING:
        local = {item.id: str(item.value) for item in worded["options"].bound_blocks}
        options = tuple(
            (item.id, local.get(item.id) or str(item.value)) for item in value["options"].bound_blocks
        )
    return Question(
        id=str(child.id),
        kind=child.block_type,
        label=str(worded["label"] or value["label"]),
        help=str(worded["help"] or ""),
        required=bool(value["required"]),
        visibility=value["visibility"] or AnswerVisibility.COORDINATORS,
        # Long texts tell stories, and stories name people.
        sensitive=bool(value["sensitive"]) or child.block_type == QuestionKind.LONG_TEXT,
        options=options,
    )


def pack(question: Question, value: Any) -> dict[str, Any]:
    """What is stored for an answer: the value, and what the person was promised when they gave it."""
    if isinstance(value, datetime.date):
        value = value.isoformat()
    return {
        "value": value,
        "kind": question.kind,
        "label": question.label,
        "options": dict(question.options),
        "visibility": question.visibility,
        "sensitive": question.sensitive,
    }


def is_empty(value: Any) -> bool:
    """Whether nothing was answered. "No" is an answer."""
    return value in (None, "", [])


def missing(questions: Iterable[Question], answers: Mapping[str, Any]) -> list[Question]:
    """Questions that must be answered and are not."""
    return [
        question
        for question in questions
        if question.required and question.is_asked and is_empty((answers.get(question.id) or {}).get("value"))
    ]


def read_answers(questions: Iterable[Question], answers: Mapping[str, Any], audience: str) -> list[Answer]:
    """The answers that an audience may read, in the order of the form, then those whose question is gone.

    The narrower of what the form says now and what was promised then decides.
    """
    now = {question.id: question for question in questions}
    ordered = [*(key for key in now if key in answers), *(key for key in answers if key not in now)]
    found = []
    for key in ordered:
        stored, question = answers[key], now.get(key)
        if is_empty(stored.get("value")) or not may_read(stored, question, audience):
            continue
        found.append(
            Answer(
                label=question.label if question else stored.get("label", ""),
                text=display(stored, question),
                long=stored.get("kind") == QuestionKind.LONG_TEXT,
                question_id=key,
            )
        )
    return found


def may_read(stored: Mapping[str, Any], question: Question | None, audience: str) -> bool:
    """Whether an audience may read one stored answer."""
    promised = stored.get("visibility", AnswerVisibility.SAFETY)
    visibility = AnswerVisibility.stricter(promised, question.visibility if question else promised)
    if visibility not in READABLE[audience]:
        return False
    private = bool(stored.get("sensitive", True)) or bool(question and question.sensitive)
    return not (private and audience == Audience.ASKED_MENTOR)


def display(stored: Mapping[str, Any], question: Question | None) -> str:
    """An answer in words of the active language."""
    value, kind = stored.get("value"), stored.get("kind")
    options = {**stored.get("options", {}), **dict(question.options if question else ())}
    if kind == QuestionKind.YES_NO:
        return _("Yes") if value else _("No")
    if kind == QuestionKind.CHOICE:
        return str(options.get(value, ""))
    if kind == QuestionKind.MULTI_CHOICE:
        return in_a_row(options[item] for item in value or () if item in options)
    if kind == QuestionKind.DATE:
        try:
            return formats.date_format(datetime.date.fromisoformat(str(value)), "DATE_FORMAT")
        except ValueError:
            return str(value)
    return str(value)
