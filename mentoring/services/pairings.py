"""What two people do once they are a pair."""

from __future__ import annotations

import datetime
import uuid
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.workflow.errors import StaleState, TransitionError
from foundation.workflow.models import LogEntry
from foundation.workflow.services import transition as move_on
from foundation.workflow.services import transition_locked
from mentoring.models import HoursEntry, Pairing, Thanks
from mentoring.notify import path_to, settle, tell_pair
from mentoring.services.offers import LONGEST_REST

ENDED_WELL = ("completed",)
AGREED_FIELD = {"mentee": "mentee_agreed_at", "mentor": "mentor_agreed_at"}


def _locked(pairing: Pairing, by: User) -> tuple[Pairing, str]:
    """The locked row and the user's side. Raises TransitionError for anybody else."""
    row = Pairing.objects.select_for_update(of=("self",)).with_all().get(pk=pairing.pk)
    side = row.side_of(by)
    if not side:
        raise TransitionError(_("You may not do this."))
    return row, side


@transaction.atomic
def save_plan(
    pairing: Pairing, *, by: User, goals: str, rhythm: str, ends_on: datetime.date | None, seen: str = ""
) -> None:
    """Writes down what the two want, how often they meet and until when; the other one is asked to agree.

    `seen` is the plan's fingerprint on the page the person had open (`fingerprint`), so that one does not write
    over what the other has just written. Raises StaleState then.
    """
    row, side = _locked(pairing, by)
    if not row.is_open:
        raise StaleState(_("This pair has ended, so its plan can no longer be changed."))
    if seen and seen != fingerprint(row):
        raise StaleState(
            _("The other one has changed the plan meanwhile. Look at it first; what you typed is still here.")
        )
    before = fingerprint(row)
    row.goals, row.rhythm, row.ends_on = goals, rhythm, ends_on
    if fingerprint(row) != before:
        now = timezone.now()
        row.mentee_agreed_at = now if side == "mentee" else None
        row.mentor_agreed_at = now if side == "mentor" else None
        row.save(update_fields=["goals", "rhythm", "ends_on", "mentee_agreed_at", "mentor_agreed_at"])
        tell_pair(row, "agreement_changed", f"{row.pk}:{now.isoformat()}", but=by)
        _settle(row, by)


def _settle(pairing: Pairing, by: User) -> None:
    settle(path_to("mentoring:pairing", pairing.pk), "paired", "agreement_changed", user=by)
    _alive(pairing)


def _alive(pairing: Pairing) -> None:
    """One of the two has done something: nobody needs to be asked whether they go on."""
    Pairing.objects.filter(pk=pairing.pk).update(sign_of_life_at=timezone.now(), still_on_asked_at=None)
    settle(path_to("mentoring:pairing", pairing.pk), "still_on")


@transaction.atomic
def keep(pairing: Pairing, *, by: User) -> None:
    """Says that they go on. Raises StaleState where the pair has ended meanwhile."""
    row, _side = _locked(pairing, by)
    if not row.is_open:
        raise StaleState(_("This pair has ended."))
    _alive(row)


def fingerprint(pairing: Pairing) -> str:
    """What a plan says, in a form that fits a hidden field."""
    return uuid.uuid5(pairing.pk, f"{pairing.goals}\0{pairing.rhythm}\0{pairing.ends_on}").hex


@transaction.atomic
def agree(pairing: Pairing, *, by: User, seen: str = "") -> bool:
    """Agrees with the plan as it was seen; with both agreed the pair begins. Answers whether it has begun."""
    row, side = _locked(pairing, by)
    if seen and seen != fingerprint(row):
        raise StaleState(_("The plan has changed since you opened the page. Read it again, please."))
    if not row.goals.strip():
        raise TransitionError(_("Write down your goals first."))
    if getattr(row, AGREED_FIELD[side]) is None:
        setattr(row, AGREED_FIELD[side], timezone.now())
        row.save(update_fields=[AGREED_FIELD[side]])
    _settle(row, by)
    if row.mentee_agreed_at and row.mentor_agreed_at and row.state == "intro":
        transition_locked(row, "begin", by=by)
    pairing.follow(row)
    return row.state == "active"


@transaction.atomic
def pause(pairing: Pairing, until: datetime.date, *, by: User, expect: str = "") -> LogEntry:
    """Takes a break until a day, at most a year ahead."""
    row, _side = _locked(pairing, by)
    today = timezone.localdate()
    if until <= today or until > today + LONGEST_REST:
        raise TransitionError(_("Choose a day between tomorrow and a year from now."))
    entry = transition_locked(row, "pause", by=by, expect=expect)
    Pairing.objects.filter(pk=row.pk).update(pause_until=until)
    pairing.follow(row)
    return entry


def move(pairing: Pairing, name: str, *, by: User, reason: str = "", expect: str = "") -> LogEntry:
    """Go on, finish, end, hand over, or close for safety: as the flow allows."""
    return move_on(pairing, name, by=by, reason=reason, expect=expect)


def log_hours(
    pairing: Pairing,
    *,
    by: User,
    on: datetime.date,
    hours: Decimal,
    note: str = "",
    token: uuid.UUID | None = None,
) -> HoursEntry:
    """Writes down time given. The same `token` twice adds once."""
    token = token or uuid.uuid4()
    try:
        with transaction.atomic():
            row, side = _locked(pairing, by)
            if not row.is_open and row.state not in ENDED_WELL:
                raise StaleState(_("This pair has ended, so no hours can be added."))
            person = row.mentee if side == "mentee" else row.mentor
            _alive(row)
            return HoursEntry.objects.create(
                pairing=row, person=person, on=on, hours=hours, note=note, token=token
            )
    except IntegrityError:
        return HoursEntry.objects.get(token=token, pairing=pairing)


@transaction.atomic
def say_thanks(pairing: Pairing, text: str, *, by: User) -> Thanks:
    """Thanks the other one, once. Raises TransitionError without words, or before the end."""
    row, side = _locked(pairing, by)
    if row.is_open or row.state == "closed_by_safety":
        raise TransitionError(_("Thanks come when you have finished."))
    if not text.strip():
        raise TransitionError(_("Write a few words."))
    person = row.mentee if side == "mentee" else row.mentor
    thanks, created = Thanks.objects.get_or_create(
        pairing=row, person=person, defaults={"text": text.strip()}
    )
    if created:
        tell_pair(row, "thanked", thanks.pk, but=by)
    return thanks
