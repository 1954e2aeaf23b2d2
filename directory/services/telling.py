"""Who is told of each step of an exchange: effects of the flow, in the same transaction as the step."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from directory.flows import EXCHANGE
from directory.models import Exchange
from exchange.design.times import moment_text
from exchange.notifications.models import Notification
from exchange.notifications.services import notify
from exchange.workflow.models import LogEntry

WAITING = ("exchange_asked", "exchange_offered", "exchange_reminder")


def tell_owner(exchange: Exchange) -> None:
    """Tells the owner's side that somebody asks, or can help."""
    kind = "exchange_asked" if exchange.owner_helps else "exchange_offered"
    _tell(exchange, "owner", kind)


def remind_owner(exchange: Exchange, closes_at: datetime) -> None:
    """Once, while there is still time."""
    _tell(exchange, "owner", "exchange_reminder", closes_at)


def title_of(exchange: Exchange) -> str:
    """What the exchange is about, in words both sides may see."""
    if exchange.listing is not None:
        return exchange.listing.title
    return exchange.about.label() if exchange.about else _("a question to you")


@EXCHANGE.effect("accept", "decline", "withdraw", "lapse")
def _nothing_waits(exchange: Any, entry: LogEntry) -> None:
    """It is answered: it must not stand among the things that wait for somebody."""
    keys = [_key(exchange, kind) for kind in WAITING]
    Notification.objects.filter(key__in=keys, read_at=None).update(read_at=timezone.now())


@EXCHANGE.effect("accept")
def _accepted(exchange: Any, entry: LogEntry) -> None:
    _tell(exchange, "starter", "exchange_accepted")


@EXCHANGE.effect("decline")
def _declined(exchange: Any, entry: LogEntry) -> None:
    _tell(exchange, "starter", "exchange_declined")


@EXCHANGE.effect("withdraw")
def _withdrawn(exchange: Any, entry: LogEntry) -> None:
    _tell(exchange, "owner", "exchange_withdrawn")


@EXCHANGE.effect("lapse")
def _lapsed(exchange: Any, entry: LogEntry) -> None:
    _tell(exchange, "starter", "exchange_lapsed")


@EXCHANGE.effect("finish")
def _finished(exchange: Any, entry: LogEntry) -> None:
    _tell_other_side(exchange, entry, "exchange_done")


@EXCHANGE.effect("end")
def _ended(exchange: Any, entry: LogEntry) -> None:
    _tell_other_side(exchange, entry, "exchange_ended")


@EXCHANGE.effect("thank")
def _thanked(exchange: Any, entry: LogEntry) -> None:
    _tell_other_side(exchange, entry, "exchange_thanked")


def _tell_other_side(exchange: Exchange, entry: LogEntry, kind: str) -> None:
    mine = exchange.starter.user_id == entry.by_id
    _tell(exchange, "owner" if mine else "starter", kind)


def _tell(exchange: Exchange, side: str, kind: str, closes_at: datetime | None = None) -> None:
    for person in exchange.people_on(side):
        with translation.override(person.user.language or "en"):
            context = {"title": title_of(exchange)}
            if closes_at is not None:
                context["date"] = moment_text(closes_at, person.user, "date")
        notify(person.user, kind, context, url=f"/exchanges/{exchange.pk}/", key=_key(exchange, kind))


def _key(exchange: Exchange, kind: str) -> str:
    return f"exchange:{exchange.pk}:{kind}"
