"""When a lesson is done: the rule as data, and the sentences that are made from it.

A step asks for parts: to be read, its questions answered right, those checklists and tasks that its author
marked as needed. A step is done when all its parts are; a module, when all its steps are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.l10n.lists import listed
from learning.constants import Evidence, Part


@dataclass(frozen=True)
class Requirement:
    """One thing that has to be done in a step; `block` is the block's id (the step's own for reading it)."""

    part: Part
    block: str
    step: str


@dataclass(frozen=True)
class Rule:
    """Asks for a part wherever a block of a type appears, if `needed` says so of its value."""

    part: Part
    block_type: str
    needed: Callable[[Any], bool]


def _always(value: Any) -> bool:
    return True


def _if_required(value: Any) -> bool:
    return bool(value.get("required"))


RULES = (
    Rule(Part.QUESTION, "question", _always),
    Rule(Part.CHECKLIST, "checklist", _if_required),
    Rule(Part.TASK, "task", _if_required),
)


def requirements_of(step_id: str, body: Iterable[Mapping[str, Any]]) -> tuple[Requirement, ...]:
    """What a step asks for, in the order of its page. `body` is the stored JSON of its blocks."""
    asked = [Requirement(Part.READ, step_id, step_id)]
    for block in body:
        asked += [
            Requirement(rule.part, block["id"], step_id)
            for rule in RULES
            if rule.block_type == block["type"] and rule.needed(block["value"])
        ]
    return tuple(asked)


def missing(requirements: Iterable[Requirement], done: Collection[str]) -> list[Requirement]:
    """Those not done yet."""
    return [requirement for requirement in requirements if requirement.block not in done]


def _fragment(part: Part, count: int) -> str:
    texts = {
        Part.READ: ngettext("read %(count)s step", "read %(count)s steps", count),
        Part.QUESTION: ngettext("answer %(count)s question right", "answer %(count)s questions right", count),
        Part.CHECKLIST: ngettext("tick off %(count)s checklist", "tick off %(count)s checklists", count),
        Part.TASK: ngettext("do %(count)s practice task", "do %(count)s practice tasks", count),
    }
    return texts[part] % {"count": count}


def _parts(requirements: Iterable[Requirement]) -> str:
    """ "read 6 steps, answer 2 questions right and do 1 practice task", as the reader's language lists things."""
    counts = Counter(requirement.part for requirement in requirements)
    fragments = [_fragment(part, counts[part]) for part in Part if counts[part]]
    return listed(fragments) if fragments else ""


def rule_sentence(requirements: Iterable[Requirement]) -> str:
    """What the whole lesson asks for."""
    parts = _parts(requirements)
    return _("To finish this lesson: %(parts)s.") % {"parts": parts} if parts else ""


def missing_sentence(requirements: Iterable[Requirement], done: Collection[str]) -> str:
    """What is still missing; empty when nothing is."""
    parts = _parts(missing(requirements, done))
    return _("Still to do: %(parts)s.") % {"parts": parts} if parts else ""


def evidence_is_enough(kind: str, text: str) -> bool:
    """Whether what a learner handed in satisfies a task."""
    return kind == Evidence.NONE or bool(text.strip())
