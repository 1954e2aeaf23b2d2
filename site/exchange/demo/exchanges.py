"""Exchanges between invented people, told by the directory's own services, each step on its day."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from directory.models import Exchange
from directory.services import exchanges
from exchange.demo.clock import ago, as_of
from exchange.demo.material import read
from exchange.demo.people import Cast
from foundation.accounts.models import User
from foundation.workflow.services import transition

CONTACT = ("email",)


def load_exchanges(cast: Cast) -> int:
    """Loads all of them, the oldest first, because hours that are taken count. Answers how many there are."""
    rows = read("exchanges.yaml")["exchanges"]
    for row in sorted(rows, key=lambda row: -row["days_ago"]):
        _Telling(cast, row).tell()
    return len(rows)


class _Telling:
    def __init__(self, cast: Cast, row: dict[str, Any]) -> None:
        self.cast, self.row = cast, row

    def tell(self) -> None:
        """The question, and then what came of it."""
        with as_of(self._at(self.row)):
            exchange = self._begin()
        for step in ("accepted", "declined", "withdrawn", "lapsed", "ended", "finished", "thanked"):
            if step in self.row:
                part = self.row[step]
                with as_of(self._at(part)):
                    getattr(self, f"_{step}")(exchange, part)

    def _at(self, part: dict[str, Any]) -> datetime:
        return ago(days=part["days_ago"])

    def _user(self, key: str) -> User:
        return self.cast.people[key].user

    def _begin(self) -> Exchange:
        row, starter = self.row, self.cast.people[self.row["by"]]
        if "listing" in row:
            return exchanges.ask(self.cast.listings[row["listing"]], starter, row["message"], contact=CONTACT)
        person, about = self.cast.people[row["person"]], self.cast.capacities[row["about"]]
        return exchanges.ask_person(person, starter, row["message"], about=about, contact=CONTACT)

    def _accepted(self, exchange: Exchange, part: dict[str, Any]) -> None:
        exchanges.accept(exchange, by=self._user(part["by"]), answer=part["text"], contact=CONTACT)

    def _declined(self, exchange: Exchange, part: dict[str, Any]) -> None:
        exchanges.decline(
            exchange, by=self._user(part["by"]), answer=part["text"], reason_code=part["reason_code"]
        )

    def _withdrawn(self, exchange: Exchange, part: dict[str, Any]) -> None:
        exchanges.withdraw(exchange, by=exchange.people_on("starter")[0].user)

    def _lapsed(self, exchange: Exchange, part: dict[str, Any]) -> None:
        transition(exchange, "lapse", by=None)

    def _ended(self, exchange: Exchange, part: dict[str, Any]) -> None:
        exchanges.end(exchange, by=self._user(part["by"]))

    def _finished(self, exchange: Exchange, part: dict[str, Any]) -> None:
        exchanges.finish(exchange, by=self._user(part["by"]), hours=Decimal(str(part["hours"])))

    def _thanked(self, exchange: Exchange, part: dict[str, Any]) -> None:
        [receiver, *_others] = exchange.people_on("starter" if exchange.owner_helps else "owner")
        exchanges.thank(exchange, by=receiver.user, text=part["text"], public=bool(part.get("public")))
