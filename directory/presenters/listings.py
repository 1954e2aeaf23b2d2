"""An offer or a need as one reader sees it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from babel.numbers import format_currency
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from directory.bandwidth import hours_free
from directory.constants import Direction, Format, HoldReason, ListingState, Method
from directory.matching import AnswerGroup
from directory.models import Capacity, Exchange, Listing, Organisation, Person
from directory.permissions import may_see_person
from directory.presenters.cards import foreign
from directory.presenters.people import Hours, confirmed, hours_of
from directory.regions import Region
from directory.services.exchanges import open_between, why_not_ask
from directory.services.listings import moves_of
from foundation.l10n.languages import country_name, languages_text
from foundation.l10n.lists import in_a_row
from foundation.l10n.times import length
from foundation.workflow.flows import Transition
from foundation.workflow.models import LogEntry


@dataclass(frozen=True)
class ListingPage:
    """Everything a listing's page shows."""

    listing: Listing
    kind: str
    owner_name: str
    owner_url: str
    owner_shape: str
    confirmed: str
    facts: list[tuple[str, str]]
    capacities: list[Capacity]
    keywords: list[str]
    foreign: str = ""
    is_own: bool = False
    is_shown: bool = True
    held_for: str = ""
    moves: list[Transition] = field(default_factory=list)
    ask_url: str = ""
    why_not: str = ""
    open_exchange: Exchange | None = None
    hours: Hours | None = None
    asks_of_you: str = ""

    @property
    def is_finance(self) -> bool:
        """Whether it is about money."""
        return self.kind == "grant"


def listing_page(listing: Listing, viewer: Any, me: Person | None) -> ListingPage:
    """Gathers what the viewer (whose person is `me`) may see. Expects `with_all()`."""
    owner = listing.owner
    is_own = listing.is_owned_by(viewer)
    open_exchange = open_between(me, listing=listing) if me and not is_own else None
    why_not = ""
    if me and not is_own and open_exchange is None:
        why_not = why_not_ask(listing, me)
    giver = owner if isinstance(owner, Person) and listing.direction == Direction.OFFER else None
    shows_hours = giver is not None and giver.shows("hours", viewer)
    return ListingPage(
        listing=listing,
        kind=listing.kind,
        owner_name=owner.name,
        owner_url=_owner_url(owner, viewer),
        owner_shape="organisation" if isinstance(owner, Organisation) else "person",
        confirmed=confirmed(listing.confirmed_at),
        facts=facts_of(listing),
        capacities=list(listing.capacities.all()),
        keywords=[tag.name for tag in listing.keywords.all()],
        foreign=foreign(listing.language),
        is_own=is_own,
        is_shown=listing.state == ListingState.ACTIVE,
        held_for=held_for(listing),
        moves=moves_of(listing) if is_own else [],
        ask_url=reverse("directory:ask", args=[listing.pk]),
        why_not=why_not,
        open_exchange=open_exchange,
        hours=hours_of(giver, hours_free([giver])[giver.pk]) if giver and shows_hours else None,
        asks_of_you=giver.asks_of_you if giver else "",
    )


def held_for(listing: Listing) -> str:
    """Why it waits for a moderator, and what follows; nothing where it does not wait."""
    if listing.state != ListingState.HELD:
        return ""
    entry = LogEntry.objects.of(listing).filter(name="hold").last()
    why = str(HoldReason(entry.reason_code).label) if entry and entry.reason_code in HoldReason.values else ""
    return f"{why} {_('We tell you when a moderator has looked at it.')}".strip()


def facts_of(listing: Listing) -> list[tuple[str, str]]:
    """(term, words) for the box beside the title; what is empty is left out."""
    language = get_language() or "en"
    formats = [str(Format(value).label) for value in Format.values if value in listing.formats]
    regions = [str(Region(value).label) for value in listing.regions if value in Region.values]
    rows = [
        (_("By when"), date_format(listing.deadline, "l j F Y") if listing.deadline else ""),
        (_("For whom"), listing.for_whom),
        (_("Kind"), str(listing.get_asset_display())),
        (_("Amount"), money(listing)),
        (_("Help by"), str(Method(listing.method).label) if listing.method in Method.values else ""),
        (_("How"), " · ".join(formats)),
        (_("Hours a month"), str(listing.hours_a_month or "")),
        (_("Languages"), languages_text(listing.languages)),
        (_("Where"), country_name(listing.country, language) if listing.country else ""),
        (_("Regions"), in_a_row(regions)),
        (_("Valid until"), date_format(listing.valid_until, "DATE_FORMAT") if listing.valid_until else ""),
    ]
    if listing.direction == Direction.NEED:
        rows.append((_("Open for"), _open_for(listing)))
    return [(term, words) for term, words in rows if words]


def money(listing: Listing) -> str:
    """The amount with its currency as the reader's language writes it."""
    if listing.amount is None:
        return ""
    locale = (get_language() or "en").replace("-", "_")
    return format_currency(listing.amount, listing.currency or "EUR", locale=locale)


def _open_for(listing: Listing) -> str:
    replies = listing.exchanges.exclude(state="withdrawn").count()
    since = length(timezone.now() - listing.created)
    if not replies:
        return since
    return ngettext("%(since)s, %(count)s reply", "%(since)s, %(count)s replies", replies) % {
        "since": since,
        "count": replies,
    }


def _owner_url(owner: Person | Organisation, viewer: Any) -> str:
    """The owner's page where the viewer may open it."""
    if isinstance(owner, Organisation):
        return owner.get_absolute_url() if owner.active else ""
    return owner.get_absolute_url() if may_see_person(viewer, owner) else ""


# Kinds of answers whose pages lead to asking somebody.
ASKED = ("person", "offer", "grant")


def for_need(group: AnswerGroup, need: Listing) -> AnswerGroup:
    """A group of answers whose links to somebody who can be asked carry the need that they answer."""
    cards = (
        replace(card, url=f"{card.url}?need={need.pk}", action_url=f"{card.action_url}?need={need.pk}")
        if card.kind in ASKED
        else card
        for card in group.cards
    )
    return replace(group, cards=tuple(cards))


def need_query(request: HttpRequest) -> str:
    """What a link to asking takes along from the need whose answers somebody reads; nothing for strangers."""
    try:
        need = UUID(request.GET.get("need", ""))
    except ValueError:
        return ""
    return f"?need={need}" if request.user.is_authenticated else ""
