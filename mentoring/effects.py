"""What follows from a move, in the same database transaction: dates, other rows, and who is told."""

from __future__ import annotations

import datetime

from django.utils import timezone

from foundation.workflow.models import LogEntry
from foundation.workflow.services import transition, transition_locked
from mentoring.flows import PAIRING, PROPOSAL, REQUEST
from mentoring.models import MentoringRequest, MentorOffer, Pairing, Proposal
from mentoring.notify import (
    board_path,
    path_to,
    settle,
    tell_coordinators,
    tell_mentee,
    tell_mentor,
    tell_pair,
)

LAPSES_BEFORE_REST = 2
REST_AFTER_LAPSES = datetime.timedelta(days=30)

# Request -------------------------------------------------------------------------------------------------


WAITS_FOR_COORDINATORS = ("request_arrived", "said_not_now", "no_answer", "requests_late")


@REQUEST.effect("queue", "propose", "ask_info", "decline", "answer", "withdraw", "expire", "leave")
def _nothing_waits_for_coordinators(request: MentoringRequest, entry: LogEntry) -> None:
    settle(board_path(request), *WAITS_FOR_COORDINATORS)


@REQUEST.effect("resubmit", "withdraw", "expire", "decline", "answer")
def _nothing_waits_for_the_mentee(request: MentoringRequest, entry: LogEntry) -> None:
    settle(path_to("mentoring:request", request.pk), "details_wanted")


@REQUEST.effect("submit")
def _sent(request: MentoringRequest, entry: LogEntry) -> None:
    MentoringRequest.objects.filter(pk=request.pk).update(submitted_at=timezone.now())
    tell_mentee(request, "request_sent", entry.pk)
    tell_coordinators(request, "request_arrived", entry.pk)


@REQUEST.effect("resubmit")
def _details_given(request: MentoringRequest, entry: LogEntry) -> None:
    tell_coordinators(request, "details_given", entry.pk)


@REQUEST.effect("ask_info")
def _details_wanted(request: MentoringRequest, entry: LogEntry) -> None:
    tell_mentee(request, "details_wanted", entry.pk)


@REQUEST.effect("queue")
def _queued(request: MentoringRequest, entry: LogEntry) -> None:
    tell_mentee(request, "looking", f"{request.pk}:{request.submitted_at}")


@REQUEST.effect("propose")
def _proposed(request: MentoringRequest, entry: LogEntry) -> None:
    # Straight from "new" the mentee hears that we look for a mentor; never that somebody was asked.
    if entry.source == "submitted":
        tell_mentee(request, "looking", f"{request.pk}:{request.submitted_at}")


@REQUEST.effect("pair")
def _paired(request: MentoringRequest, entry: LogEntry) -> None:
    MentoringRequest.objects.filter(pk=request.pk).update(paired_at=timezone.now(), at_head=False)
    tell_coordinators(request, "said_yes", entry.pk)


@REQUEST.effect("withdraw", "leave")
def _withdrawn(request: MentoringRequest, entry: LogEntry) -> None:
    for proposal in request.proposals.live().select_for_update():
        transition_locked(proposal, "withdraw", by=None)
    if entry.source in REQUEST.open_states() and entry.source != "draft":
        tell_coordinators(request, "request_withdrawn", entry.pk)


@REQUEST.effect("decline")
def _declined(request: MentoringRequest, entry: LogEntry) -> None:
    tell_mentee(request, "request_declined", entry.pk)


@REQUEST.effect("answer")
def _answered(request: MentoringRequest, entry: LogEntry) -> None:
    tell_mentee(request, "request_answered", entry.pk)


@REQUEST.effect("expire")
def _expired(request: MentoringRequest, entry: LogEntry) -> None:
    tell_mentee(request, "request_expired", entry.pk)


@REQUEST.effect("requeue", "hand_back")
def _at_head(request: MentoringRequest, entry: LogEntry) -> None:
    MentoringRequest.objects.filter(pk=request.pk).update(
        at_head=True, submitted_at=timezone.now(), paired_at=None
    )
    tell_coordinators(request, "request_returned", entry.pk)
    if entry.name == "hand_back":
        tell_mentee(request, "looking_again", entry.pk)


# Proposal ------------------------------------------------------------------------------------------------


@PROPOSAL.effect("accept", "decline", "lapse", "supersede", "withdraw", "leave")
def _nothing_waits_for_the_mentor(proposal: Proposal, entry: LogEntry) -> None:
    settle(path_to("mentoring:proposal", proposal.pk), "asked", "asked_reminder")


@PROPOSAL.effect("accept", "decline")
def _mentor_answered(proposal: Proposal, entry: LogEntry) -> None:
    MentorOffer.objects.filter(pk=proposal.offer_id).update(lapses=0)


@PROPOSAL.effect("decline")
def _said_not_now(proposal: Proposal, entry: LogEntry) -> None:
    tell_coordinators(proposal.request, "said_not_now", entry.pk)
    _release(proposal)


@PROPOSAL.effect("lapse")
def _lapsed(proposal: Proposal, entry: LogEntry) -> None:
    tell_mentor(proposal, "too_late", entry.pk)
    tell_coordinators(proposal.request, "no_answer", entry.pk)
    _release(proposal)
    offer = MentorOffer.objects.select_for_update().get(pk=proposal.offer_id)
    offer.lapses += 1
    if offer.lapses >= LAPSES_BEFORE_REST:
        offer.lapses = 0
        until = timezone.localdate() + REST_AFTER_LAPSES
        offer.pause_until = max(offer.pause_until or until, until)
        tell_mentor(
            proposal,
            "resting",
            entry.pk,
            url=path_to("mentoring:offer", proposal.request.programme.translation_key),
        )
    offer.save(update_fields=["lapses", "pause_until", "updated"])


@PROPOSAL.effect("supersede")
def _superseded(proposal: Proposal, entry: LogEntry) -> None:
    tell_mentor(proposal, "superseded", entry.pk, url=path_to("mentoring:proposals"))


@PROPOSAL.effect("withdraw")
def _taken_back(proposal: Proposal, entry: LogEntry) -> None:
    tell_mentor(proposal, "taken_back", entry.pk, url=path_to("mentoring:proposals"))
    _release(proposal)


@PROPOSAL.effect("leave")
def _mentor_left(proposal: Proposal, entry: LogEntry) -> None:
    tell_coordinators(proposal.request, "request_returned", entry.pk)
    _release(proposal)


def _release(proposal: Proposal) -> None:
    """With no other mentor being asked, the request goes back to matching."""
    request = MentoringRequest.objects.select_for_update().get(pk=proposal.request_id)
    if request.state == "proposed" and not request.proposals.live().exists():
        transition_locked(request, "release", by=None)


# Pairing -------------------------------------------------------------------------------------------------


@PAIRING.effect("begin", "close", "complete", "hand_over", "close_by_safety", "leave", "release")
def _nothing_waits_for_the_pair(pairing: Pairing, entry: LogEntry) -> None:
    settle(path_to("mentoring:pairing", pairing.pk), "paired", "agreement_changed", "still_on")


@PAIRING.effect("begin", "pause", "resume")
def _sign_of_life(pairing: Pairing, entry: LogEntry) -> None:
    Pairing.objects.filter(pk=pairing.pk).update(sign_of_life_at=timezone.now(), still_on_asked_at=None)
    settle(path_to("mentoring:pairing", pairing.pk), "still_on")


@PAIRING.effect("begin")
def _begun(pairing: Pairing, entry: LogEntry) -> None:
    tell_pair(pairing, "begun", entry.pk, but=entry.by)


@PAIRING.effect("pause")
def _paused(pairing: Pairing, entry: LogEntry) -> None:
    tell_pair(pairing, "pair_paused", entry.pk, but=entry.by)


@PAIRING.effect("resume")
def _resumed(pairing: Pairing, entry: LogEntry) -> None:
    Pairing.objects.filter(pk=pairing.pk).update(pause_until=None)
    tell_pair(pairing, "pair_resumed", entry.pk, but=entry.by)


@PAIRING.effect("complete", "close", "hand_over", "close_by_safety", "leave", "release")
def _ended(pairing: Pairing, entry: LogEntry) -> None:
    Pairing.objects.filter(pk=pairing.pk).update(ended_at=timezone.now())
    if entry.name == "complete":
        tell_pair(pairing, "completed", entry.pk)
    elif entry.name == "hand_over":
        transition(pairing.request, "hand_back", by=None)
    elif entry.name == "release":
        tell_pair(pairing, "pair_released", entry.pk)
    elif entry.name == "leave":
        tell_pair(pairing, "pair_left", entry.pk, but=pairing.mentee.user if pairing.mentee else None)
    else:
        tell_pair(pairing, "pair_ended", entry.pk, but=entry.by)
