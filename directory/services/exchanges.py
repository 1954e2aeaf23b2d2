"""Asking, answering and thanking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory import bandwidth
from directory.constants import ContactWay, Direction, ListingState
from directory.effects import tell_owner
from directory.errors import AlreadyAsked, NotPossible
from directory.flows import EXCHANGE
from directory.models import Capacity, Exchange, Listing, Organisation, Person
from foundation.l10n.names import said
from foundation.workflow.errors import TransitionError
from foundation.workflow.services import start, transition

if TYPE_CHECKING:
    from foundation.accounts.models import User

ASKS_A_DAY = 10
# Of those who may wait for one person at once (bandwidth.MOST_OPEN_ASKS), so many may be one and the same.
MOST_OF_ONE_ASKER = 2
OPEN_STATES = ("asked", "accepted")


def ask(
    listing: Listing,
    starter: Person,
    message: str,
    *,
    need: Listing | None = None,
    contact: Iterable[str] = (),
) -> Exchange:
    """Asks for an offer, or says that one can help with a need.

    `need` is the starter's own need that the offer may answer. `contact` names the ways (ContactWay) in which
    the owner may reach the starter after a yes. All checks run in one transaction with the rows locked.
    Raises AlreadyAsked or NotPossible with a sentence.
    """
    made: dict[str, Any] = {"listing": listing, "starter": starter}
    try:
        with transaction.atomic():
            _lock([starter, listing.person] if listing.person else [starter])
            locked = Listing.objects.select_for_update(of=("self",)).get(pk=listing.pk)
            _check_starter(starter, made)
            _check_listing(locked, starter)
            _check_need(need, starter)
            if locked.direction == Direction.OFFER and locked.person is not None:
                _check_patience(locked.person, starter)
            exchange = Exchange(need=need, state=EXCHANGE.initial, **made)
            return _begin(exchange, starter, message, contact)
    except IntegrityError as error:
        raise _already(made) from error


def ask_person(
    person: Person,
    starter: Person,
    message: str,
    *,
    about: Capacity | None = None,
    need: Listing | None = None,
    contact: Iterable[str] = (),
) -> Exchange:
    """Asks somebody from their own page, about something they can help with, or for a need of one's own.

    Raises as `ask` does.
    """
    made: dict[str, Any] = {"asked_person": person, "starter": starter}
    try:
        with transaction.atomic():
            _lock([starter, person])
            person.refresh_from_db()
            _check_starter(starter, made)
            if person.pk == starter.pk:
                raise NotPossible(_("This is your own page."))
            if not person.listed:
                raise NotPossible(said(_("%(name)s is not taking questions."), name=person.name))
            _check_need(need, starter)
            _check_free(person)
            _check_patience(person, starter)
            exchange = Exchange(about=about, need=need, state=EXCHANGE.initial, **made)
            return _begin(exchange, starter, message, contact)
    except IntegrityError as error:
        raise _already(made) from error


def accept(
    exchange: Exchange, *, by: User, answer: str, contact: Iterable[str] = (), expect: str = "asked"
) -> None:
    """Says yes. From here each side sees how to reach the other, as each has chosen.

    Raises TransitionError where whoever gives has not the hours left that it takes; nothing has changed then.
    """
    with transaction.atomic():
        giver = bandwidth.giver_of(exchange)
        if giver is not None:
            _check_room(exchange, Person.objects.select_for_update(of=("self",)).get(pk=giver), by)
        transition(exchange, "accept", by=by, expect=expect)
        exchange.answer = answer.strip()
        exchange.owner_contact = _ways(contact)
        exchange.answered_by = Person.objects.filter(user=by).first()
        exchange.save(update_fields=["answer", "owner_contact", "answered_by"])


def _check_room(exchange: Exchange, giver: Person, by: User) -> None:
    if Exchange.objects.filter(pk=exchange.pk).exclude(state="asked").exists():
        return  # the move itself says what has happened meanwhile
    needed, free = bandwidth.hours_of(exchange), bandwidth.hours_free([giver])[giver.pk]
    if needed <= free:
        return
    if giver.user_id == by.pk:
        sentence = ngettext(
            "This takes %(needed)s hour a month, and you have %(free)s left. Give more hours in your profile, or say "
            "not now. Nothing has changed.",
            "This takes %(needed)s hours a month, and you have %(free)s left. Give more hours in your profile, or say "
            "not now. Nothing has changed.",
            ceil(needed),
        )
    else:
        sentence = ngettext(
            "This takes %(needed)s hour a month, and %(name)s has %(free)s left. Nothing has changed.",
            "This takes %(needed)s hours a month, and %(name)s has %(free)s left. Nothing has changed.",
            ceil(needed),
        )
    raise TransitionError(said(sentence, needed=f"{needed:g}", free=f"{free:g}", name=giver.name))


def decline(
    exchange: Exchange,
    *,
    by: User,
    answer: str = "",
    reason_code: str = "",
    reason: str = "",
    expect: str = "asked",
) -> None:
    """Says not now. `answer` is for the other side; the reason stays in the log, for this side only."""
    with transaction.atomic():
        transition(exchange, "decline", by=by, reason_code=reason_code, reason=reason, expect=expect)
        exchange.answer = answer.strip()
        exchange.answered_by = Person.objects.filter(user=by).first()
        exchange.save(update_fields=["answer", "answered_by"])


def withdraw(exchange: Exchange, *, by: User, expect: str = "asked") -> None:
    """Takes a question back before it is answered."""
    transition(exchange, "withdraw", by=by, expect=expect)


def finish(exchange: Exchange, *, by: User, hours: Decimal | None = None, expect: str = "accepted") -> None:
    """Either side says that they are done; hours given may be noted."""
    with transaction.atomic():
        transition(exchange, "finish", by=by, expect=expect)
        if hours is not None:
            exchange.hours = hours
            exchange.save(update_fields=["hours"])


def end(exchange: Exchange, *, by: User, expect: str = "accepted") -> None:
    """Either side ends it before it is finished, at any moment and without a reason."""
    transition(exchange, "end", by=by, expect=expect)


def keep(exchange: Exchange, *, by: User, expect: str = "accepted") -> None:
    """Either side says that it goes on; nobody is asked about it again for a while."""
    with transaction.atomic():
        transition(exchange, "keep", by=by, expect=expect)
        exchange.still_on_asked_at = None
        exchange.save(update_fields=["still_on_asked_at"])


def thank(exchange: Exchange, *, by: User, text: str, public: bool = False, expect: str = "done") -> None:
    """Who was helped says thanks, in words. `public` lets the helper's page show them."""
    with transaction.atomic():
        transition(exchange, "thank", by=by, expect=expect)
        exchange.thanks, exchange.thanks_public = text.strip(), public
        exchange.save(update_fields=["thanks", "thanks_public"])


def why_not_ask(listing: Listing, starter: Person) -> str:
    """For a page: the sentence that `ask` would refuse with, or nothing. Takes no lock, promises nothing."""
    try:
        _check_listing(listing, starter)
    except NotPossible as problem:
        return str(problem)
    return ""


def open_between(
    starter: Person, *, listing: Listing | None = None, person: Person | None = None
) -> Exchange | None:
    """The open exchange that somebody has begun on a listing or with a person."""
    return Exchange.objects.filter(
        starter=starter, listing=listing, asked_person=person, state__in=OPEN_STATES
    ).first()


def _lock(people: Iterable[Person]) -> None:
    # Always in the same order, so that two who ask each other at once do not wait for each other for ever.
    ids = {person.pk for person in people}
    found = list(Person.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))
    if len(found) < len(ids):  # an account was deleted in this very moment
        raise NotPossible(_("This is not open any more."))


def _check_starter(starter: Person, made: Mapping[str, Any]) -> None:
    existing = Exchange.objects.filter(state__in=OPEN_STATES, **made).first()
    if existing is not None:
        raise AlreadyAsked(existing)
    if starter.leave_alone:
        raise NotPossible(_("You chose to be left alone. Change that in your profile first, then ask."))
    since = timezone.now() - timedelta(days=1)
    if Exchange.objects.filter(starter=starter, created__gte=since).count() >= ASKS_A_DAY:
        raise NotPossible(
            _("You have asked %(count)s times since yesterday. Wait for some answers before you ask again.")
            % {"count": ASKS_A_DAY}
        )


def _check_listing(listing: Listing, starter: Person) -> None:
    if listing.is_owned_by(starter.user):
        raise NotPossible(_("This is your own."))
    if not listing.is_shown:
        raise NotPossible(_("This is not open any more."))
    if listing.direction == "offer" and listing.person is not None:
        _check_free(listing.person)
    if listing.organisation is not None and not _has_somebody(listing.organisation):
        raise NotPossible(_("Nobody answers for this organisation at the moment."))


def _check_free(person: Person) -> None:
    allowed, sentence = bandwidth.can_be_asked(person)
    if not allowed:
        raise NotPossible(sentence)


def _check_patience(person: Person, starter: Person) -> None:
    """One account alone cannot fill the places of those who wait for somebody. The person's row is locked."""
    waiting = Exchange.objects.count_waiting_for(person, starter=starter)
    if waiting >= MOST_OF_ONE_ASKER:
        raise NotPossible(
            said(
                ngettext(
                    "You have %(count)s open question to %(name)s already. Wait for an answer before you ask again.",
                    "You have %(count)s open questions to %(name)s already. Wait for an answer before you ask again.",
                    waiting,
                ),
                count=waiting,
                name=person.name,
            )
        )


def _check_need(need: Listing | None, starter: Person) -> None:
    if need is not None and not may_ask_for(need, starter):
        raise NotPossible(_("You can ask for needs of your own only. Choose another one, or none."))


def may_ask_for(need: Listing, starter: Person) -> bool:
    """Whether somebody may name this need when they ask: it is theirs, and others may know of it."""
    hidden = (ListingState.DRAFT, ListingState.WITHDRAWN)
    return need.direction == Direction.NEED and need.state not in hidden and need.is_owned_by(starter.user)


def _has_somebody(organisation: Organisation) -> bool:
    return bool(organisation.managers())


def _begin(exchange: Exchange, starter: Person, message: str, contact: Iterable[str]) -> Exchange:
    exchange.message = message.strip()
    exchange.starter_contact = _ways(contact)
    exchange.save()
    start(exchange, by=starter.user, role="starter")
    tell_owner(exchange)
    return exchange


def _ways(contact: Iterable[str]) -> list[str]:
    chosen = set(contact)
    return [way for way in ContactWay.values if way in chosen]


def _already(made: Mapping[str, Any]) -> NotPossible:
    """Two presses at once: the database kept one, and that is the answer to both."""
    existing = Exchange.objects.filter(state__in=OPEN_STATES, **made).first()
    if existing is None:
        return NotPossible(_("This could not be saved. Please try again."))
    return AlreadyAsked(existing)
