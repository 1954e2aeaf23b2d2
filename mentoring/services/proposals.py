"""Asking mentors, and their answers."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Person
from foundation.accounts.models import User
from foundation.workflow.errors import StaleState, TransitionError
from foundation.workflow.models import LogEntry
from foundation.workflow.services import start as start_log
from foundation.workflow.services import transition_locked as move_on
from mentoring.exclusions import are_apart
from mentoring.flows import MATCHABLE, PAIRING, PROPOSAL
from mentoring.matching import rank
from mentoring.models import MentoringRequest, MentorOffer, Pairing, Proposal
from mentoring.notify import path_to, tell_mentee, tell_mentor
from mentoring.workload import lack_of_room, loads


def propose(
    request: MentoringRequest, offer: MentorOffer, *, by: User, need: str = "", expect: str = ""
) -> Proposal:
    """Asks one mentor about a request.

    Arguments: `need` is what the mentor reads (the goal, where it is empty). Raises StaleState or
    TransitionError: not a coordinator, moved meanwhile, enough mentors asked, or a hard rule against it.
    """
    with transaction.atomic():
        locked = _locked_request(request.pk)
        if "coordinator" not in locked.roles_of(by):
            raise TransitionError(_("You may not do this."))
        if locked.state not in MATCHABLE or (expect and locked.state != expect):
            raise StaleState(_("This request has changed since you opened the page. Nobody was asked."))
        if locked.proposals.live().count() >= locked.programme.asked_at_once:
            raise TransitionError(
                _("A mentor is being asked already. Wait for the answer, or take the question back.")
            )
        # Locked, so that two coordinators do not ask one mentor beyond the limit.
        MentorOffer.objects.select_for_update().get(pk=offer.pk)
        _check_possible(locked, offer)
        hours = datetime.timedelta(hours=locked.programme.mentor_hours_to_answer)
        try:
            with transaction.atomic():
                proposal = Proposal.objects.create(
                    request=locked,
                    offer=offer,
                    state=PROPOSAL.initial,
                    need=need.strip() or locked.goal,
                    expires_at=timezone.now() + hours,
                )
        except IntegrityError:
            raise StaleState(_("This mentor is being asked already.")) from None
        start_log(proposal, by=by, role="coordinator")
        if locked.state != "proposed":
            move_on(locked, "propose", by=by)
        tell_mentor(proposal, "asked", proposal.pk, of=by)
    request.follow(locked)
    return proposal


def _check_possible(request: MentoringRequest, offer: MentorOffer) -> None:
    """Raises TransitionError with the sentence of the hard rule that stands against it."""
    offers = MentorOffer.objects.active().filter(pk=offer.pk, programme=request.programme).with_all()
    found = rank(request, offers)
    if not found:
        raise TransitionError(_("This person no longer mentors in this programme."))
    if found[0].obstacles:
        raise TransitionError(found[0].obstacles[0])


def accept(proposal: Proposal, *, by: User, expect: str = "") -> Pairing:
    """The mentor says yes: one transaction makes the pair and settles everything else.

    The request's row is locked first and the mentor's person and offer next, always in this order, so that of
    two mentors who say yes at once one wins, and no mentor takes more than they offered.
    Raises StaleState or TransitionError with a sentence for the mentor; nothing changes then.
    """
    with transaction.atomic():
        request = _locked_request(proposal.request_id)
        # The person's row, too: hours are shared by all programmes.
        people = Person.objects.select_for_update(of=("self",)).select_related("user")
        person = people.get(mentor_offers=proposal.offer_id)
        offer = MentorOffer.objects.select_for_update().get(pk=proposal.offer_id)
        current = Proposal.objects.select_for_update().get(pk=proposal.pk)
        # What was just read is what all below shall look at.
        offer.person, current.offer, current.request = person, offer, request
        _check_still_open(current, request)
        if are_apart(request, offer):
            raise StaleState(_("This question is no longer open. You have nothing to do."))
        needed = request.programme.hours_per_pair
        if "mentor" in current.roles_of(by) and lack_of_room(offer, loads([offer])[offer.pk], needed):
            raise TransitionError(
                _(
                    "You have no room for one more person. Raise your hours or say not now. Nothing has changed."
                )
            )
        move_on(current, "accept", by=by, expect=expect)
        others = (
            request.proposals.live().select_for_update(of=("self",)).select_related("offer__person__user")
        )
        for other in others:
            move_on(other, "supersede", by=None)
        pairing = Pairing.objects.create(
            request=request,
            offer=offer,
            mentee=request.person,
            mentor=person,
            hours_a_month=needed,
            state=PAIRING.initial,
        )
        start_log(pairing, by=by, role="mentor")
        move_on(request, "pair", by=None)
        url = path_to("mentoring:pairing", pairing.pk)
        tell_mentee(request, "paired", pairing.pk, url=url, of=person)
        tell_mentor(current, "paired_mentor", pairing.pk, url=url, of=request.person)
    proposal.follow(current)
    return pairing


def _locked_request(pk: UUID) -> MentoringRequest:
    """A request's row, locked, with whom its messages go to."""
    rows = MentoringRequest.objects.select_for_update(of=("self",))
    return rows.select_related("person__user", "programme__locale").get(pk=pk)


def _locked_proposal(proposal: Proposal) -> Proposal:
    """A proposal's row, locked after its request's, as in accept()."""
    request = _locked_request(proposal.request_id)
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("offer__person__user")
    locked = rows.get(pk=proposal.pk)
    locked.request = request
    return locked


def _moved(proposal: Proposal, name: str, **how: Any) -> LogEntry:
    locked = _locked_proposal(proposal)
    entry = move_on(locked, name, **how)
    proposal.follow(locked)
    return entry


def _check_still_open(proposal: Proposal, request: MentoringRequest) -> None:
    """Raises StaleState with the sentence that says what happened meanwhile."""
    if proposal.state == "superseded" or (proposal.state == "offered" and request.state == "paired"):
        raise StaleState(_("Another mentor said yes a moment before you. Thank you for being willing."))
    if proposal.state == "accepted":
        raise StaleState(_("You have already said yes."))
    if proposal.state != "offered" or request.state != "proposed":
        raise StaleState(_("This question is no longer open. You have nothing to do."))


def decline(proposal: Proposal, *, by: User, reason_code: str, expect: str = "") -> LogEntry:
    """The mentor says not now. The reason is a code that only coordinators see; the mentee hears nothing."""
    with transaction.atomic():
        return _moved(proposal, "decline", by=by, reason_code=reason_code, expect=expect)


def take_back(proposal: Proposal, *, by: User, expect: str = "") -> LogEntry:
    """A coordinator takes the question back."""
    with transaction.atomic():
        return _moved(proposal, "withdraw", by=by, expect=expect)


def lapse_due(now: datetime.datetime | None = None) -> int:
    """Ends questions whose time is over. Answers how many; safe to run twice at once."""
    count = 0
    for proposal in (
        Proposal.objects.live().filter(expires_at__lte=now or timezone.now()).order_by("expires_at")
    ):
        try:
            with transaction.atomic():
                _moved(proposal, "lapse", by=None)
            count += 1
        except StaleState:
            continue  # answered in this very moment
    return count
