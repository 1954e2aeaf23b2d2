"""What somebody does in lessons who is not signed in: kept in the session, moved into the account at sign-in.

A session begins only when something was entered. Pages that were opened by a signed-in person whose session ended
name that person by a mark: what they send is shown to nobody and goes to that account alone.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from learning.constants import Part
from learning.models import TrainingModulePage
from learning.services import progress
from learning.services.answers import Given, Outcome, Record, settle
from learning.services.progress import Standing
from learning.steps import Lesson, Step

logger = logging.getLogger(__name__)
NAME = "learning"
SALT = "learning.unsigned"  # in pages and sessions of readers: it stays, wherever this module goes
MOST_MODULES = 40


def mark_of(user: Any) -> str:
    """What a page says of the person it was made for; empty for nobody. Tells nothing to others."""
    return salted_hmac(SALT, str(user.pk)).hexdigest()[:24] if user.is_authenticated else ""


def days_kept() -> int:
    """For how long a browser keeps it."""
    return int(settings.SESSION_COOKIE_AGE // 86400)


def standing(session: Any, lesson: Lesson) -> Standing:
    """What this browser's session knows of a module; reads nothing where there is no session."""
    kept = session.get(NAME, {}).get(_key(lesson))
    if kept is None:
        return Standing()
    records = {block: _record(row) for block, row in kept["blocks"].items()}
    return Standing(
        done={block for block, record in records.items() if record.done} | set(kept["read"]),
        state={block: record.state for block, record in records.items() if record.state},
        answers={block: record.answer for block, record in records.items() if record.answer},
        place=kept["place"],
    )


def keep(
    session: Any,
    lesson: Lesson,
    given: Sequence[Given],
    *,
    step: Step | None = None,
    finish: bool = False,
    block: str = "",
    mark: str = "",
) -> Outcome:
    """The same as `progress.keep`, for a session. `mark` is of whom the page was made for."""
    kept = _open(session, lesson, mark)
    records = {row.block: _record(kept["blocks"].get(row.block, {})) for row in given}
    outcome = settle(lesson, given, records, finish=finish, block=block)
    if not outcome.written:
        return outcome
    parts = {row.block: row.part for row in given}
    for written in outcome.written:
        kept["blocks"][written] = {"part": str(parts[written]), **asdict(records[written])}
    if step is not None:
        kept["place"] = step.id
    _write(session, lesson, mark, kept)
    return outcome


def read(session: Any, lesson: Lesson, step: Step, *, mark: str = "") -> Step | None:
    """The same as `progress.read`. Somebody of whom nothing is kept gets no session for it."""
    following = lesson.step(step.number + 1)
    if _key(lesson, mark) in session.get(NAME, {}) or mark:
        kept = _open(session, lesson, mark)
        kept["read"] = [*dict.fromkeys([*kept["read"], step.id])]
        kept["place"] = (following or step).id
        _write(session, lesson, mark, kept)
    return following


def move_in(request: HttpRequest, user: User) -> None:
    """Moves what the session knows into the account that has just signed in, and says so."""
    kept = dict(request.session.get(NAME, {}))
    moved = False
    for key in list(kept):
        module, _colon, mark = key.partition(":")
        if mark not in ("", mark_of(user)):
            continue
        try:
            with transaction.atomic():
                moved = _move(user, module, kept[key]) or moved
        except Exception:
            # Nobody is kept from signing in by a lesson; what is in the session stays there.
            logger.exception("What was entered in lesson %s could not be moved into an account", module)
            continue
        del kept[key]
    if kept != request.session.get(NAME, {}):
        request.session[NAME] = kept
    if moved:
        text = _("What you entered in lessons before you signed in is kept with your account now.")
        messages.success(request, text, fail_silently=True)


def _move(user: User, module: str, kept: dict[str, Any]) -> bool:
    versions = TrainingModulePage.objects.filter(translation_key=module).select_related("locale")
    pages = {page.pk: page for page in versions.order_by("-pk")}
    if not pages:
        return False
    lesson = Lesson(pages.get(kept["page"]) or list(pages.values())[-1])
    step = lesson.step_by_id(kept["place"])
    known = progress.standing(user, lesson)
    finished, begun = [], []
    for block, row in kept["blocks"].items():
        part, record = Part(row["part"]), _record(row)
        if part not in (Part.CHECKLIST, Part.QUESTION, Part.TASK):
            raise ValueError(f"Nothing says how a part of the kind {part!r} moves into an account.")
        if part == Part.CHECKLIST:
            begun.append(Given(part, block, values=tuple(record.state.get("ticked", ()))))
        if part == Part.QUESTION and record.answer:
            finished.append(Given(part, block, values=tuple(record.answer)))
        if part == Part.QUESTION and record.state.get("chosen") and block not in known.done:
            begun.append(Given(part, block, values=tuple(record.state["chosen"])))
        if part == Part.TASK and record.state.get("evidence"):
            finished.append(Given(part, block, text=record.state["evidence"]))
        if part == Part.TASK and record.state.get("draft"):
            begun.append(Given(part, block, text=record.state["draft"]))
        if part == Part.TASK and record.done and not record.text:
            progress.keep(user, lesson, [Given(part, block)], step=step, block=block)
    if finished:
        progress.keep(user, lesson, finished, step=step, finish=True)
    progress.keep(user, lesson, begun, step=step)
    for own in lesson.steps:
        if own.id in kept["read"]:
            progress.read(user, lesson, own)
    return True


def _key(lesson: Lesson, mark: str = "") -> str:
    return f"{lesson.page.translation_key}:{mark}"


def _record(row: dict[str, Any]) -> Record:
    return Record(dict(row.get("state", {})), bool(row.get("done")), list(row.get("answer", ())))


def _open(session: Any, lesson: Lesson, mark: str) -> dict[str, Any]:
    fresh = {"page": lesson.page.pk, "place": "", "read": [], "blocks": {}}
    return {**fresh, **session.get(NAME, {}).get(_key(lesson, mark), {})}


def _write(session: Any, lesson: Lesson, mark: str, kept: dict[str, Any]) -> None:
    others = {key: row for key, row in session.get(NAME, {}).items() if key != _key(lesson, mark)}
    session[NAME] = {**dict(list(others.items())[1 - MOST_MODULES :]), _key(lesson, mark): kept}
