"""Lines of the pages on which people look after what is theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.constants import ListingState
from directory.deadlines import CONFIRM_AFTER
from directory.effects import need_of, title_of
from directory.models import Exchange, Listing, Organisation, Person
from directory.presenters.cards import listing_facts
from directory.presenters.exchanges import kind_of, next_step, waits_for
from directory.services.listings import moves_of
from foundation.workflow.flows import Transition


@dataclass(frozen=True)
class ListingLine:
    """One of mine, with its state and what I can do."""

    listing: Listing
    title: str
    state: str
    facts: list[str]
    moves: list[Transition]
    is_stale: bool

    @property
    def is_shown(self) -> bool:
        """Whether others find it."""
        return self.listing.state == ListingState.ACTIVE


def listing_line(listing: Listing) -> ListingLine:
    """Expects `with_all()`; no query."""
    old = timezone.localdate() - listing.confirmed_at > CONFIRM_AFTER - timedelta(days=30)
    return ListingLine(
        listing=listing,
        title=listing.title or _("Without a title"),
        state=str(listing.get_state_display()),
        facts=listing_facts(listing, with_owner=listing.organisation is not None),
        moves=moves_of(listing),
        is_stale=old and listing.state == ListingState.ACTIVE,
    )


@dataclass(frozen=True)
class ExchangeLine:
    """One exchange, in the words of its page."""

    exchange: Exchange
    title: str
    kind: str
    other_name: str
    other_shape: str
    status: str
    next_step: str
    my_turn: bool
    need: str = ""


def exchange_line(exchange: Exchange, viewer: Any, managed: set[int]) -> ExchangeLine:
    """`managed` holds the keys of the organisations the viewer manages, so that a list asks once."""
    roles = _roles(exchange, viewer, managed)
    is_owner = "owner" in roles
    other = exchange.starter if is_owner else exchange.owner
    return ExchangeLine(
        exchange=exchange,
        title=title_of(exchange),
        kind=kind_of(exchange),
        other_name=exchange.starter_name if is_owner else exchange.owner_name,
        other_shape="organisation" if isinstance(other, Organisation) else "person",
        status=str(exchange.current.label_for(is_owner)),
        next_step=next_step(exchange, roles),
        my_turn=waits_for(exchange, roles),
        need=need_of(exchange),
    )


def _roles(exchange: Exchange, viewer: Any, managed: set[int]) -> set[str]:
    """As Exchange.roles_of, without a query for each row."""
    roles: set[str] = set()
    listing = exchange.listing
    if exchange.starter is not None and exchange.starter.user_id == viewer.pk:
        roles |= {"starter", "receiver" if exchange.owner_helps else "giver"}
    owner: Person | None = exchange.asked_person or (listing.person if listing else None)
    organisation: UUID | int | None = listing.organisation_id if listing else None
    if (owner is not None and owner.user_id == viewer.pk) or organisation in managed:
        roles |= {"owner", "giver" if exchange.owner_helps else "receiver"}
    return roles
