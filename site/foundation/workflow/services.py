"""The one service that moves things: checks, writes the log in the same transaction, runs what follows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction as database
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.workflow.errors import StaleState, TransitionError
from foundation.workflow.models import Flowing, LogEntry

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from foundation.accounts.models import User


def start(obj: Flowing, *, by: User | None = None, role: str = "") -> LogEntry:
    """Writes the first entry of a new object's log. The object must be saved, in the flow's initial state."""
    return LogEntry.objects.create(
        flow=obj.flow.name,
        content_type=ContentType.objects.get_for_model(obj),
        object_id=str(obj.pk),
        name="start",
        target=obj.state,
        by=by,
        role=role,
    )


def transition(
    obj: Flowing,
    name: str,
    *,
    by: User | None,
    reason_code: str = "",
    reason: str = "",
    expect: str = "",
) -> LogEntry:
    """Moves an object along its flow.

    Arguments: `name` of the transition; `by` the person (None is the system); `reason_code` and `reason`
    where the transition asks for them; `expect` the state that the person saw when they decided, so that a
    stale form ends in a clear message. The row is locked, so of two people moving at once one wins.

    Raises TransitionError (not allowed, reason missing) or StaleState (moved meanwhile); nothing changes then.
    """
    with database.atomic():
        locked = type(obj)._default_manager.select_for_update().get(pk=obj.pk)
        entry = transition_locked(locked, name, by=by, reason_code=reason_code, reason=reason, expect=expect)
    obj.follow(locked)
    return entry


def transition_locked(
    locked: Flowing,
    name: str,
    *,
    by: User | None,
    reason_code: str = "",
    reason: str = "",
    expect: str = "",
    also_save: Iterable[str] = (),
) -> LogEntry:
    """Moves a row that its caller has read with a lock in the present transaction: nothing is read again.

    Arguments and errors are those of `transition`; `also_save` names fields that the caller has changed and that are
    written in the same statement. What was written is undone with the caller's transaction, so an error must leave
    it. Raises RuntimeError outside a transaction, where no lock can be held.
    """
    if not database.get_connection().in_atomic_block:
        raise RuntimeError("A row is locked only within a transaction: use transition().")
    move = locked.flow.transition(name)
    if (expect and locked.state != expect) or locked.state not in move.sources:
        raise StaleState(
            _("This has changed since you opened the page. It is now: %(state)s.")
            % {"state": locked.current.label_for(False)}
        )
    roles = {"system"} if by is None else locked.roles_of(by)
    allowed = roles & set(move.actors)
    if not allowed:
        raise TransitionError(_("You may not do this."))
    if move.needs_reason and not (reason_code or reason.strip()):
        raise TransitionError(_("Please give a reason."))
    if reason_code and move.reasons and reason_code not in dict(move.reasons):
        raise TransitionError(_("Choose one of the reasons."))
    source = locked.state
    locked.state, locked.state_since = move.target, timezone.now()
    locked.save(update_fields=["state", "state_since", *also_save])
    entry = LogEntry.objects.create(
        flow=locked.flow.name,
        content_type=ContentType.objects.get_for_model(locked),
        object_id=str(locked.pk),
        name=name,
        source=source,
        target=move.target,
        by=by,
        role=sorted(allowed)[0],
        reason_code=reason_code,
        reason=reason.strip(),
    )
    for effect in locked.flow.effects.get(name, ()):
        effect(locked, entry)
    return entry


def transition_each(rows: QuerySet[Any], name: str) -> int:
    """Makes one move of the system's with every row of a query, each in a transaction of its own; answers how many.

    A row that is not among them any more when its turn comes, since somebody moved it meanwhile, is left alone.
    """
    moved = 0
    for pk in list(rows.values_list("pk", flat=True)):
        with database.atomic():
            row = rows.select_for_update(of=("self",)).filter(pk=pk).first()
            if row is not None:
                transition_locked(row, name, by=None)
                moved += 1
    return moved
