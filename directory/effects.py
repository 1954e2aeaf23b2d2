"""Who is told of each step of an exchange, and of a listing that waits for a moderator: effects of their flows, in the
same transaction as the step."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from directory.constants import ListingState
from directory.deadlines import RELEASE_AFTER
from directory.flows import EXCHANGE, LISTING
from directory.models import Exchange, Listing, Person
from foundation.accounts.constants import Role
from foundation.accounts.models import User
from foundation.l10n.names import said
from foundation.l10n.times import moment_text
from foundation.notifications.services import notify, settle
from foundation.workflow.models import LogEntry

STILL_ON, HELD = "exchange_still_on", "listing_held"
WAITING = ("exchange_asked", "exchange_asked_for_need", "exchange_offered", "exchange_reminder")


def tell_owner(exchange: Exchange) -> None:
    """Tells the owner's side who asks, or who can help, and for which need."""
    if not exchange.owner_helps:
        kind = "exchange_offered"
    elif exchange.listing is not None and exchange.need is not None:
        kind = "exchange_asked_for_need"
    else:
        kind = "exchange_asked"
    _tell(exchange, "owner", kind)


def remind_owner(exchange: Exchange, closes_at: datetime) -> None:
    """Once, while there is still time."""
    _tell(exchange, "owner", "exchange_reminder", closes_at=closes_at)


def ask_still_on(exchange: Exchange) -> None:
    """Asks both sides whether it goes on, once for each time that they are asked."""
    if exchange.still_on_asked_at is None:
        return
    for side in ("owner", "starter"):
        closes_at = exchange.still_on_asked_at + RELEASE_AFTER
        _tell(exchange, side, STILL_ON, closes_at=closes_at, once=_asked_on(exchange))


def title_of(exchange: Exchange) -> str:
    """What the exchange is about, in words both sides may see: its listing, or the need it was asked for."""
    subject = exchange.listing or exchange.need
    if subject is not None:
        return subject.title
    if exchange.title:
        return exchange.title
    if exchange.about is not None:
        return exchange.about.label()
    return said(_("A question to %(name)s"), name=exchange.owner_name)


def need_of(exchange: Exchange) -> str:
    """The title of the need that an offer was asked for; nothing where the title says it already."""
    return exchange.need.title if exchange.need is not None and exchange.listing is not None else ""


@EXCHANGE.effect("accept", "decline", "withdraw", "lapse", "leave")
def _nothing_waits(exchange: Any, entry: LogEntry) -> None:
    """It is answered: it must not stand among the things that wait for somebody."""
    keys = [_key(exchange, kind) for kind in WAITING]
    settle(key__in=keys)


@EXCHANGE.effect("accept")
def _accepted(exchange: Any, entry: LogEntry) -> None:
    _tell(exchange, "starter", "exchange_accepted")


@EXCHANGE.effect("decline")
def _declined(exchange: Any, entry: LogEntry) -> None:
    _tell(exchange, "starter", "exchange_declined" if exchange.owner_helps else "exchange_help_declined")


@EXCHANGE.effect("withdraw")
def _withdrawn(exchange: Any, entry: LogEntry) -> None:
    _tell(exchange, "owner", "exchange_withdrawn")


@EXCHANGE.effect("lapse")
def _lapsed(exchange: Any, entry: LogEntry) -> None:
    _tell(exchange, "starter", "exchange_lapsed" if exchange.owner_helps else "exchange_help_lapsed")


@EXCHANGE.effect("finish")
def _finished(exchange: Any, entry: LogEntry) -> None:
    _tell_other_side(exchange, entry, "exchange_done")


@EXCHANGE.effect("end")
def _ended(exchange: Any, entry: LogEntry) -> None:
    _tell_other_side(exchange, entry, "exchange_ended")


@EXCHANGE.effect("thank")
def _thanked(exchange: Any, entry: LogEntry) -> None:
    _tell_other_side(exchange, entry, "exchange_thanked")


@EXCHANGE.effect("release")
def _released(exchange: Any, entry: LogEntry) -> None:
    for side in ("owner", "starter"):
        _tell(exchange, side, "exchange_released")


@EXCHANGE.effect("leave", "settle")
def _left(exchange: Any, entry: LogEntry) -> None:
    """The reason code of the move says whose account goes: the other side is told."""
    _tell(exchange, "owner" if entry.reason_code == "starter" else "starter", "exchange_left")


@EXCHANGE.effect("keep", "release", "finish", "end", "leave")
def _nobody_wonders(exchange: Any, entry: LogEntry) -> None:
    """Whether it goes on is settled: the question must not stand among the things that wait for somebody."""
    settle(kind=STILL_ON, url=_path(exchange))


@LISTING.effect("hold")
def _held(listing: Any, entry: LogEntry) -> None:
    """The moderators are told: of what it says nothing, for it may be what should not go out."""
    for user in User.objects.filter(groups__name=Role.MODERATOR.value, is_active=True).order_by("pk"):
        with translation.override(user.language or "en"):
            context = {"name": listing.owner.name}
        key = f"listing:{listing.pk}:held:{entry.pk}:{user.pk}"
        notify(user, HELD, context, url=_admin_path(listing), key=key, by=_account_of(listing.owner))


@LISTING.effect("withdraw", *(f"set_{state}" for state in ListingState.values))
def _looked_at(listing: Any, entry: LogEntry) -> None:
    """Nothing of it waits for the moderators any more, and its owners read how it ended."""
    if entry.source != ListingState.HELD:
        return
    settle(kind=HELD, url=_admin_path(listing))
    if entry.name == "withdraw":
        return
    kind = "listing_let_through" if entry.target == ListingState.ACTIVE else "listing_not_shown"
    owner = listing.owner
    for person in [owner] if isinstance(owner, Person) else owner.managers():
        key = f"listing:{listing.pk}:{kind}:{entry.pk}"
        notify(person.user, kind, {"title": listing.title}, url="/my/listings/", key=key)


def _admin_path(listing: Listing) -> str:
    return reverse("directory_listings:edit", args=[listing.pk])


def _account_of(owner: Any) -> User | None:
    return owner.user if isinstance(owner, Person) else None


def _tell_other_side(exchange: Exchange, entry: LogEntry, kind: str) -> None:
    mine = exchange.starter is not None and exchange.starter.user_id == entry.by_id
    _tell(exchange, "owner" if mine else "starter", kind)


def _tell(
    exchange: Exchange, side: str, kind: str, *, closes_at: datetime | None = None, once: str = ""
) -> None:
    """Tells one side, and names the other one: by now each may know who the other is."""
    other = exchange.owner if side == "starter" else exchange.starter
    name = exchange.owner_name if side == "starter" else exchange.starter_name
    for person in exchange.people_on(side):
        with translation.override(person.user.language or "en"):
            context = {"title": title_of(exchange), "need": need_of(exchange), "name": name}
            if closes_at is not None:
                context["date"] = moment_text(closes_at, person.user, "date")
        notify(
            person.user,
            kind,
            context,
            url=_path(exchange),
            key=_key(exchange, kind) + once,
            by=other.user if isinstance(other, Person) else None,
        )


def _key(exchange: Exchange, kind: str) -> str:
    return f"exchange:{exchange.pk}:{kind}"


def _asked_on(exchange: Exchange) -> str:
    return f":{exchange.still_on_asked_at:%Y%m%d%H%M%S%f}"


def _path(exchange: Exchange) -> str:
    return f"/exchanges/{exchange.pk}/"
