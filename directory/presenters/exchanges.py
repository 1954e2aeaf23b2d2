"""Where an exchange is, who acts next, and what its reader can do: the same words on every page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from directory.constants import ContactWay
from directory.deadlines import LAPSE_AFTER, RELEASE_AFTER
from directory.effects import need_of, title_of
from directory.models import Exchange, Person
from directory.permissions import may_see_listing
from foundation.l10n.names import said
from foundation.l10n.times import told


@dataclass(frozen=True)
class Stage:
    """One step of the way: its name, and whether it is behind (done), now, or ahead."""

    label: str
    at: str = ""


@dataclass(frozen=True)
class Contact:
    """One way to reach somebody."""

    label: str
    value: str
    is_email: bool = False


@dataclass(frozen=True)
class ExchangePage:
    """An exchange as one of its two sides sees it."""

    exchange: Exchange
    title: str
    kind: str
    roles: set[str]
    other_name: str
    other: Any
    starter_name: str
    owner_name: str
    status: str
    next_step: str
    stages: list[Stage] = field(default_factory=list)
    moves: list[str] = field(default_factory=list)
    my_turn: bool = False
    contacts: list[Contact] = field(default_factory=list)
    own_contacts: list[Contact] = field(default_factory=list)
    reason: str = ""
    asks_still_on: bool = False
    need: str = ""
    need_url: str = ""

    @property
    def is_owner(self) -> bool:
        """Whether the reader's side answers."""
        return "owner" in self.roles


def exchange_page(exchange: Exchange, viewer: Any) -> ExchangePage:
    """What the viewer, who takes part, may see. The reason of a "not now" goes to the owner's side only."""
    roles = exchange.roles_of(viewer)
    is_owner = "owner" in roles
    open_to_each_other = exchange.state in ("accepted", "done", "thanked")
    theirs, own = _both_contacts(exchange, is_owner) if open_to_each_other else ([], [])
    moves = [move.name for move in exchange.moves_for(viewer)]
    return ExchangePage(
        exchange=exchange,
        title=title_of(exchange),
        kind=kind_of(exchange),
        roles=roles,
        other_name=exchange.starter_name if is_owner else exchange.owner_name,
        other=exchange.starter if is_owner else exchange.owner,
        starter_name=exchange.starter_name,
        owner_name=exchange.owner_name,
        status=str(exchange.current.label_for(is_owner)),
        next_step=next_step(exchange, roles),
        stages=_stages(exchange),
        moves=moves,
        my_turn=waits_for(exchange, roles),
        contacts=theirs,
        own_contacts=own,
        reason=_private_reason(exchange) if is_owner and exchange.state == "declined" else "",
        need=need_of(exchange),
        need_url=_need_url(exchange, viewer),
        asks_still_on=exchange.state == "accepted" and exchange.still_on_asked_at is not None,
    )


def _need_url(exchange: Exchange, viewer: Any) -> str:
    need = exchange.need
    return need.get_absolute_url() if need is not None and may_see_listing(viewer, need) else ""


def kind_of(exchange: Exchange) -> str:
    """What it is about, as a kind of thing: an offer, a need, a grant, or a person who was asked."""
    if exchange.listing is not None:
        return exchange.listing.kind
    return "person" if exchange.owner_helps else "need"


def waits_for(exchange: Exchange, roles: set[str]) -> bool:
    """Whether the other side, or the exchange, waits for somebody with these roles."""
    asked_still_on = exchange.state == "accepted" and exchange.still_on_asked_at is not None
    return asked_still_on or exchange.flow.waits_for(exchange.state, roles)


def next_step(exchange: Exchange, roles: set[str]) -> str:
    """One or two sentences: who acts next, until when, how to get out."""
    is_owner = "owner" in roles
    names = {"owner": exchange.owner_name, "starter": exchange.starter_name}
    names["date"] = told(exchange.state_since + LAPSE_AFTER).text("date")
    sentences = {
        ("asked", True): _("%(starter)s waits for your answer. Without one it closes on %(date)s."),
        ("asked", False): _(
            "%(owner)s answers next, until %(date)s. You can withdraw at any moment before that."
        ),
        ("accepted", True): _(
            "You said yes. Reach each other as shown here, and say when you are done. Either of you may end it "
            "at any moment."
        ),
        ("accepted", False): _(
            "%(owner)s said yes. Reach each other as shown here, and say when you are done. Either of you may "
            "end it at any moment."
        ),
        ("declined", True): _("You said “not now”. There is nothing more to do."),
        ("declined", False): _("%(owner)s cannot at the moment. That says nothing about your question."),
        ("withdrawn", True): _("%(starter)s withdrew the question. There is nothing to do."),
        ("withdrawn", False): _("You withdrew this. You can ask again at any moment."),
        ("lapsed", True): _("No answer was given in time, so it closed by itself."),
        ("lapsed", False): _("No answer came, so it closed by itself. Somebody else may have time."),
        ("thanked", True): _("It is done, and there were thanks."),
        ("thanked", False): _("It is done, and there were thanks."),
        ("ended", True): _("It was ended early. There is nothing more to do."),
        ("ended", False): _("It was ended early. There is nothing more to do."),
        ("left", True): _(
            "The other account was deleted. What was written stays with you, without the name."
        ),
        ("left", False): _(
            "The other account was deleted. What was written stays with you, without the name."
        ),
        ("settled", True): _("It is done. The other account was deleted since."),
        ("settled", False): _("It is done. The other account was deleted since."),
        ("released", True): _("Neither of you said that it goes on, so it closed by itself."),
        ("released", False): _("Neither of you said that it goes on, so it closed by itself."),
    }
    if exchange.state == "accepted" and exchange.still_on_asked_at is not None:
        return _("Does this go on? Without a word from either of you it closes by itself on %(date)s.") % {
            "date": told(exchange.still_on_asked_at + RELEASE_AFTER).text("date")
        }
    if exchange.state == "done":
        if "receiver" in roles:
            return _("You are done. A few words of thanks say what it was good for.")
        return _("You are done. Thank you for giving your time.")
    return said(sentences[(exchange.state, is_owner)], **names)


def _stages(exchange: Exchange) -> list[Stage]:
    """Asked, answered, done, thanked; where it ended otherwise, that is the last one."""
    labels = {
        "declined": [_("Asked"), _("Not now")],
        "withdrawn": [_("Asked"), _("Withdrawn")],
        "lapsed": [_("Asked"), _("No answer")],
        "ended": [_("Asked"), _("Yes"), _("Ended early")],
        "left": [_("Asked"), _("Account deleted")],
        "settled": [_("Asked"), _("Yes"), _("Done")],
        "released": [_("Asked"), _("Yes"), _("Closed")],
    }.get(exchange.state)
    if labels:
        return [*(Stage(label, "done") for label in labels[:-1]), Stage(labels[-1], "now")]
    way = {"asked": 1, "accepted": 2, "done": 3, "thanked": 4}[exchange.state]
    names = [_("Asked"), _("Answer"), _("Done"), _("Thanks")]
    return [
        Stage(name, "done" if place < way else "now" if place == way else "")
        for place, name in enumerate(names)
    ]


def _both_contacts(exchange: Exchange, is_owner: bool) -> tuple[list[Contact], list[Contact]]:
    """(the other side's, one's own), each only as its person chose for this exchange."""
    answering = (
        exchange.answered_by or exchange.asked_person or (exchange.listing and exchange.listing.person)
    )
    starter = contacts_of(exchange.starter, exchange.starter_contact) if exchange.starter else []
    owner = contacts_of(answering, exchange.owner_contact) if answering else []
    return (starter, owner) if is_owner else (owner, starter)


def contacts_of(person: Person, ways: list[str]) -> list[Contact]:
    """The chosen ways with what is behind them; a way that has become empty is left out."""
    found = {
        ContactWay.EMAIL: Contact(_("E-mail"), person.user.email, is_email=True),
        ContactWay.WIKIMEDIA: Contact(_("Wikimedia user name"), person.user.wikimedia_name),
        ContactWay.NOTE: Contact(_("In their words"), person.contact_note),
    }
    return [found[way] for way in ContactWay if way in ways and found[way].value]


def _private_reason(exchange: Exchange) -> str:
    from directory.flows import DECLINE_REASONS
    from foundation.workflow.models import LogEntry

    entry = LogEntry.objects.of(exchange).filter(name="decline").last()
    return str(dict(DECLINE_REASONS).get(entry.reason_code, "")) if entry else ""
