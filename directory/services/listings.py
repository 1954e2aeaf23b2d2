"""What an owner does with an offer or a need, and what moderators and time do with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.constants import Direction, HoldReason, ListingState
from directory.errors import NotPossible
from directory.flows import LISTING
from directory.models import Capacity, Listing, Organisation, Person
from directory.permissions import may_edit_listing
from directory.spam import why_hold
from foundation.workflow.errors import TransitionError
from foundation.workflow.flows import Transition
from foundation.workflow.services import start, transition_locked

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from foundation.accounts.models import User

# What an owner reads afterwards. Nothing else can be done with a listing by a button.
DONE: dict[str, str | Promise] = {
    "publish": gettext_lazy("It is published. Everybody can find it now."),
    "confirm": gettext_lazy("Thank you. It now says that you confirmed it today."),
    "pause": gettext_lazy("It is paused. Nobody finds it until you show it again."),
    "resume": gettext_lazy("It is shown again."),
    "met": gettext_lazy("Good to hear. It is marked as met and not shown any more."),
    "withdraw": gettext_lazy("It is withdrawn and not shown any more."),
}
HELD = gettext_lazy(
    "Thank you. A moderator looks at it before others see it, and we tell you then. You can still change it."
)
# Whoever shows it says that it is true.
CONFIRMS = ("publish", "confirm", "resume")
SHOWS = ("publish", "resume")
ONLY_FOR_NEEDS = ("met",)
# A listing that is written anew comes back into sight from these.
SHOWN_BY_SAVING = {ListingState.DRAFT.value: "publish", ListingState.EXPIRED.value: "resume"}


def moves_of(listing: Listing) -> list[Transition]:
    """What its owner may do with a listing now."""
    return [move for move in LISTING.available(listing.state, {"owner"}) if _fits(move.name, listing)]


def _fits(name: str, listing: Listing) -> bool:
    return name not in ONLY_FOR_NEEDS or listing.direction == Direction.NEED


@transaction.atomic
def move(listing: Listing, name: str, *, by: User, expect: str = "") -> str:
    """Does one of DONE, and answers its words. `expect` is the state that the person saw.

    The row is locked. Raises NotPossible where somebody may not, or something has moved it meanwhile; a
    second press of the same button is answered as the first.
    """
    if name not in DONE:
        raise NotPossible(_("This cannot be done with an offer or a need."))
    locked = Listing.objects.select_for_update().get(pk=listing.pk)
    verdict = may_edit_listing(by, locked)
    if not verdict:
        raise NotPossible(verdict.reason)
    if locked.state == ListingState.HELD and name in SHOWS:
        listing.follow(locked)
        return str(HELD)
    if locked.state != LISTING.transition(name).target or name in CONFIRMS:
        _move_as_owner(locked, name, by=by, expect=expect)
    listing.follow(locked)
    listing.confirmed_at, listing.valid_until = locked.confirmed_at, locked.valid_until
    return str(HELD if locked.state == ListingState.HELD else DONE[name])


def _move_as_owner(locked: Listing, name: str, *, by: User, expect: str) -> None:
    wanted, today = LISTING.transition(name), timezone.localdate()
    fits_now = locked.state in wanted.sources and expect in ("", locked.state)
    if fits_now and not _fits(name, locked):
        raise NotPossible(_("This cannot be done with an offer or a need."))
    if fits_now and wanted.target == ListingState.ACTIVE:
        problem = what_is_missing(locked)
        if problem:
            raise NotPossible(problem)
        if locked.valid_until is not None and locked.valid_until < today:
            raise NotPossible(_("Its last day is past. Change the date first, then show it again."))
    if name in CONFIRMS:
        locked.confirmed_at = today
    reason = why_hold(locked, by) if fits_now and name in SHOWS else None
    try:
        if reason is not None:
            _hold(locked, reason, also_save=("confirmed_at", "updated"))
        else:
            transition_locked(locked, name, by=by, expect=expect, also_save=("confirmed_at", "updated"))
    except TransitionError as problem_now:
        raise NotPossible(str(problem_now)) from problem_now


def what_is_missing(listing: Listing) -> str:
    """A sentence on what a draft still needs before it can be published, or nothing."""
    if not listing.title.strip():
        return _("Give it a title first.")
    if not listing.capacities.exists():
        return _("Say what it is about first: choose at least one capacity.")
    return ""


@transaction.atomic
def save(
    listing: Listing | None,
    *,
    by: Person,
    owner: Person | Organisation,
    fields: Mapping[str, Any],
    capacities: Iterable[Capacity],
    keywords: Iterable[str],
    as_draft: bool = False,
    seconds: float | None = None,
    key: UUID | None = None,
) -> Listing:
    """Writes an offer or a need, a new one where there is no `listing`, and answers its row. Saving counts as
    confirming it, and shows what was a draft or had expired, unless it is kept `as_draft`, or has to wait for a
    moderator.

    `fields` are values by name; a new one is told its `direction` among them. `seconds` have passed since the form was
    opened. A new one bears the `key`: whoever sends the same form again, since no answer came, writes the same row.
    """
    person, organisation = (owner, None) if isinstance(owner, Person) else (None, owner)
    values = {
        **fields,
        "person": person,
        "organisation": organisation,
        "confirmed_at": timezone.localdate(),
    }
    listing = listing or _made_before(key, by, fields)
    if listing is None:
        reason = None if as_draft else why_hold(Listing(created_by=by, **values), by.user, seconds=seconds)
        hidden = as_draft or reason is not None
        row = Listing(created_by=by, state=ListingState.DRAFT if hidden else ListingState.ACTIVE, **values)
        if key is not None and not Listing.objects.filter(pk=key).exists():
            row.pk = key
        row.save(force_insert=True)
        start(row, by=by.user, role="owner")
        if reason is not None:
            _hold(row, reason)
    else:
        row = Listing.objects.select_for_update().get(pk=listing.pk)
        for name, value in values.items():
            setattr(row, name, value)
        shows = SHOWN_BY_SAVING.get(row.state) if not as_draft else None
        will_show = shows is not None or row.state == ListingState.ACTIVE
        reason = why_hold(row, by.user, seconds=seconds) if will_show else None
        if reason is not None:
            _hold(row, reason, also_save=(*values, "updated"))
        elif shows is not None:
            transition_locked(row, shows, by=by.user, also_save=(*values, "updated"))
        else:
            row.save()
    row.capacities.set(capacities)
    row.keywords.set(keywords)
    return row


def _made_before(key: UUID | None, by: Person, fields: Mapping[str, Any]) -> Listing | None:
    """What the same form has made already. Under another title it is meant to be another one: somebody went back to the
    form to write a second."""
    if key is None:
        return None
    # Sent twice at the same moment, the second waits here for the first.
    Person.objects.select_for_update().get(pk=by.pk)
    return Listing.objects.filter(pk=key, created_by=by, title=fields["title"]).first()


def _hold(row: Listing, reason: HoldReason, *, also_save: Iterable[str] = ()) -> None:
    transition_locked(row, "hold", by=None, reason_code=reason.value, also_save=also_save)


@transaction.atomic
def set_state(listing: Listing, state: str, *, by: User) -> Listing:
    """A moderator puts a listing into a state, whatever it says. Answers its row.

    Raises TransitionError where somebody may not, or it is a draft.
    """
    row = Listing.objects.select_for_update().get(pk=listing.pk)
    if row.state != state:
        transition_locked(row, f"set_{state}", by=by, also_save=("updated",))
    return row


@transaction.atomic
def expire(listing_id: UUID) -> bool:
    """Takes a listing out of sight because its time is over. Whether it was still shown."""
    listing = Listing.objects.select_for_update().get(pk=listing_id)
    if listing.state != ListingState.ACTIVE:
        return False
    transition_locked(listing, "expire", by=None, also_save=("updated",))
    return True
