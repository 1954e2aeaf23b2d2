"""What an owner does with an offer or a need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.constants import Direction, ListingState
from directory.models import Listing
from directory.permissions import may_edit_listing
from directory.services.errors import NotPossible

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from foundation.accounts.models import User


@dataclass(frozen=True)
class Move:
    """One thing an owner may do: from which states, to which, and the words of its button."""

    name: str
    sources: tuple[str, ...]
    target: str
    label: str | Promise
    done: str | Promise
    confirms: bool = False
    only: str = ""


HIDDEN = (ListingState.PAUSED, ListingState.EXPIRED, ListingState.MET, ListingState.WITHDRAWN)
MOVES = (
    Move(
        "publish",
        (ListingState.DRAFT,),
        ListingState.ACTIVE,
        gettext_lazy("Publish"),
        gettext_lazy("It is published. Everybody can find it now."),
        confirms=True,
    ),
    Move(
        "confirm",
        (ListingState.ACTIVE,),
        ListingState.ACTIVE,
        gettext_lazy("Still true"),
        gettext_lazy("Thank you. It now says that you confirmed it today."),
        confirms=True,
    ),
    Move(
        "pause",
        (ListingState.ACTIVE,),
        ListingState.PAUSED,
        gettext_lazy("Pause"),
        gettext_lazy("It is paused. Nobody finds it until you show it again."),
    ),
    Move(
        "resume",
        HIDDEN,
        ListingState.ACTIVE,
        gettext_lazy("Show again"),
        gettext_lazy("It is shown again."),
        confirms=True,
    ),
    Move(
        "met",
        (ListingState.ACTIVE, ListingState.PAUSED, ListingState.EXPIRED),
        ListingState.MET,
        gettext_lazy("This need is met"),
        gettext_lazy("Good to hear. It is marked as met and not shown any more."),
        only=Direction.NEED,
    ),
    Move(
        "withdraw",
        (ListingState.DRAFT, ListingState.ACTIVE, ListingState.PAUSED, ListingState.EXPIRED),
        ListingState.WITHDRAWN,
        gettext_lazy("Withdraw"),
        gettext_lazy("It is withdrawn and not shown any more."),
    ),
)
_BY_NAME = {each.name: each for each in MOVES}


def moves_of(listing: Listing) -> list[Move]:
    """What its owner may do with a listing now."""
    return [each for each in MOVES if listing.state in each.sources and each.only in ("", listing.direction)]


@transaction.atomic
def move(listing: Listing, name: str, *, by: User, expect: str = "") -> Move:
    """Does one of MOVES. `expect` is the state that the person saw.

    The row is locked. Raises NotPossible where somebody may not, or something has moved it meanwhile; a
    second press of the same button is answered as the first.
    """
    wanted = _BY_NAME.get(name)
    if wanted is None:
        raise NotPossible(_("This cannot be done with an offer or a need."))
    locked = Listing.objects.select_for_update().get(pk=listing.pk)
    verdict = may_edit_listing(by, locked)
    if not verdict:
        raise NotPossible(verdict.reason)
    if locked.state == wanted.target and not wanted.confirms:
        listing.state = locked.state
        return wanted
    if (expect and expect != locked.state) or locked.state not in wanted.sources:
        raise NotPossible(
            _("This has changed since you opened the page. It is now: %(state)s.")
            % {"state": locked.get_state_display()}
        )
    if wanted.only and wanted.only != locked.direction:
        raise NotPossible(_("This cannot be done with an offer or a need."))
    _apply(locked, wanted)
    listing.state, listing.confirmed_at, listing.valid_until = (
        locked.state,
        locked.confirmed_at,
        locked.valid_until,
    )
    return wanted


def _apply(listing: Listing, wanted: Move) -> None:
    today = timezone.localdate()
    if wanted.target == ListingState.ACTIVE:
        problem = what_is_missing(listing)
        if problem:
            raise NotPossible(problem)
        if listing.valid_until is not None and listing.valid_until < today:
            raise NotPossible(_("Its last day is past. Change the date first, then show it again."))
    listing.state = wanted.target
    if wanted.confirms:
        listing.confirmed_at = today
    listing.save(update_fields=["state", "confirmed_at", "updated"])


def what_is_missing(listing: Listing) -> str:
    """A sentence on what a draft still needs before it can be published, or nothing."""
    if not listing.title.strip():
        return _("Give it a title first.")
    if not listing.capacities.exists():
        return _("Say what it is about first: choose at least one capacity.")
    return ""


def expire(listing_id: UUID) -> bool:
    """Takes a listing out of sight because its time is over. Whether it was still shown."""
    with transaction.atomic():
        listing = Listing.objects.select_for_update().get(pk=listing_id)
        if listing.state != ListingState.ACTIVE:
            return False
        listing.state = ListingState.EXPIRED
        listing.save(update_fields=["state", "updated"])
        return True
