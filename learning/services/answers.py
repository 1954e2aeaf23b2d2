"""What a learner enters in a step (answers, ticks, texts), and what becomes of it.

The whole step is one form, so that no button throws away what stands in another part of it. Each part sends beside
its value what it showed when the page was opened: only what the learner changed is written, and a page that was
open for long takes nothing back that was done elsewhere. Where it is kept, an account or a browser's session, is
not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2s
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.constants import Evidence, Part
from learning.errors import StaleAnswer
from learning.quiz import check
from learning.steps import Lesson

LONGEST_EVIDENCE = 3000  # characters of what is handed in
LONGEST_KEPT = 100_000  # characters that are kept at all, so that a text which is too long can still be cut
MOST_PARTS = 100
EARLIER_KEPT = 3
BEFORE = "was"


@dataclass(frozen=True)
class Given:
    """What a form brought for one part. `was` is what the part showed when the page was opened."""

    part: Part
    block: str
    values: tuple[str, ...] = ()
    text: str = ""
    was: str = ""

    @property
    def changed(self) -> bool:
        """Whether the learner changed anything here."""
        if self.part == Part.TASK:
            return digest(self.text) != self.was
        return set(self.values) != set(self.was.split())

    @property
    def now(self) -> str:
        """What `was` is once this has been kept."""
        return digest(self.text) if self.part == Part.TASK else " ".join(self.values)


@dataclass
class Record:
    """What is kept of one part.

    `state` holds `ticked` (ids), `chosen` (ids not checked yet), `evidence` (handed in), `draft` (not handed in) and
    `earlier` (texts that another window wrote over); `answer` are the ids last checked.
    """

    state: dict[str, Any] = field(default_factory=dict)
    done: bool = False
    answer: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text as the learner sees it."""
        return str(self.state.get("draft", self.state.get("evidence", "")))


@dataclass
class Outcome:
    """What came of a form: block ids, by what happened to them."""

    written: set[str] = field(default_factory=set)
    checked: dict[str, bool] = field(default_factory=dict)
    empty: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    @property
    def to_look_at(self) -> list[str]:
        """Parts that the learner should see before going on: not right, not enough, or changed by an author."""
        wrong = [block for block, right in self.checked.items() if not right]
        return [*wrong, *self.unfinished, *self.stale]


def digest(text: str) -> str:
    """A short name of a text, to tell whether it was changed; empty for an empty text."""
    return blake2s(text.encode(), digest_size=8).hexdigest() if text else ""


def tidy(text: str) -> str:
    """A text as it is kept: browsers send other line ends than we show."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def read_form(post: QueryDict, block: str = "") -> list[Given]:
    """All parts that a form brought; `block` is one whose button was pressed, also where it has no field."""
    found: list[Given] = []
    for name in post:
        before, _dash, rest = name.partition("-")
        part, _dash, own = rest.partition("-")
        if before != BEFORE or part not in Part.values or not 0 < len(own) <= 36 or len(found) == MOST_PARTS:
            continue
        sent = post.getlist(f"{part}-{own}")
        found.append(
            Given(
                Part(part),
                own,
                values=() if part == Part.TASK else tuple(value[:36] for value in sent[:500]),
                text=tidy(sent[0]) if part == Part.TASK and sent else "",
                was=str(post[name]),
            )
        )
    if block and block not in {row.block for row in found}:
        found.append(Given(Part.TASK, block))
    return found


def evidence_error(kind: str, text: str) -> str:
    """What is wrong with what a learner hands in; empty when nothing is."""
    if kind == Evidence.NONE:
        return ""
    if not text:
        return _("Give a link.") if kind == Evidence.LINK else _("Write a few sentences.")
    if len(text) > LONGEST_EVIDENCE:
        over = len(text) - LONGEST_EVIDENCE
        sentence = ngettext(
            "This is %(over)s character too long: please keep it to %(most)s.",
            "This is %(over)s characters too long: please keep it to %(most)s.",
            over,
        )
        return sentence % {"over": over, "most": LONGEST_EVIDENCE}
    if kind == Evidence.LINK:
        try:
            URLValidator(schemes=["http", "https"])(text)
        except ValidationError:
            return _("Give a whole address, such as https://en.wikipedia.org/wiki/Special:Diff/1.")
    return ""


def settle(
    lesson: Lesson,
    given: Iterable[Given],
    records: Mapping[str, Record],
    *,
    finish: bool = False,
    block: str = "",
) -> Outcome:
    """Writes what was given into the records, wherever in the lesson its part stands now.

    `finish`: the learner goes on, so what is chosen is checked and what is written is handed in. `block`: the one
    part for which that was asked. Everything else is kept as it is, to be gone on with.
    """
    outcome = Outcome()
    for row in given:
        found = lesson.block(row.block, row.part)
        record, asked = records[row.block], row.block == block
        if found is None:
            if asked or row.changed:
                outcome.gone.append(row.block)
            if row.text and row.changed:
                _keep_text(record, row, outcome)
        elif row.part == Part.QUESTION:
            _question(found.value, row, record, outcome, finish=finish or asked, asked=asked)
        elif row.part == Part.CHECKLIST:
            _checklist(found.value, row, record, outcome, asked=asked)
        elif row.part == Part.TASK:
            _task(found.value, row, record, outcome, finish=finish or asked, asked=asked)
        else:
            raise ValueError(f"Nothing says what becomes of an answer to a part of the kind {row.part!r}.")
    return outcome


def _question(value: Any, row: Given, record: Record, outcome: Outcome, *, finish: bool, asked: bool) -> None:
    # Kept before without a check, and seen by the learner: going on checks it.
    waiting = set(row.values) == set(record.state.get("chosen", ())) != set()
    if not (row.changed or asked or (finish and waiting)):
        return
    try:
        verdict = check(value, row.values)
    except StaleAnswer:
        outcome.stale.append(row.block)
        return
    if not verdict.answered:
        if asked:
            outcome.empty.append(row.block)
        if record.state.pop("chosen", None):
            outcome.written.add(row.block)
        return
    outcome.written.add(row.block)
    if finish:
        record.state.pop("chosen", None)
        record.answer = sorted(verdict.chosen)
        record.done = record.done or verdict.correct
        outcome.checked[row.block] = verdict.correct
    else:
        record.state["chosen"] = sorted(verdict.chosen)


def _checklist(value: Any, row: Given, record: Record, outcome: Outcome, *, asked: bool) -> None:
    if not (row.changed or asked):
        return
    before, sent = set(row.was.split()), set(row.values)
    ticked = (set(record.state.get("ticked", ())) | (sent - before)) - (before - sent)
    existing = [item.id for item in value["items"].bound_blocks]
    record.state["ticked"] = [item for item in existing if item in ticked]
    record.done = len(record.state["ticked"]) == len(existing)
    outcome.written.add(row.block)


def _task(value: Any, row: Given, record: Record, outcome: Outcome, *, finish: bool, asked: bool) -> None:
    kind = value.get("evidence") or Evidence.NONE
    if kind == Evidence.NONE:
        if asked:
            record.done = True
            outcome.written.add(row.block)
        return
    if not finish:
        if row.changed:
            _keep_text(record, row, outcome)
        return
    waiting = "draft" in record.state and record.text == row.text  # the learner sees it
    if not (row.changed or asked or waiting):
        return
    if not row.text and not asked:
        # Taken away: the task is open again, as a list is whose ticks are taken away.
        for name in ("evidence", "draft"):
            record.state.pop(name, None)
        record.done = False
        outcome.written.add(row.block)
        return
    error = evidence_error(kind, row.text)
    if error:
        if row.text:
            _keep_text(record, row, outcome)
        if row.changed or asked:
            (outcome.unfinished if row.text else outcome.empty).append(row.block)
        return
    _keep_text(record, row, outcome)
    record.state["evidence"] = record.state.pop("draft")
    record.done = True


def _keep_text(record: Record, row: Given, outcome: Outcome) -> None:
    """Keeps a text as a draft. What another window or device wrote meanwhile is kept beside it."""
    other = record.text
    if row.changed and other and digest(other) != row.was and other not in row.text:
        record.state["earlier"] = [other, *record.state.get("earlier", ())][:EARLIER_KEPT]
    record.state["draft"] = row.text
    outcome.written.add(row.block)
