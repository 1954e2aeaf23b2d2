"""Saying whom one does not want to meet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from directory.models import Person
from foundation.accounts.models import User
from foundation.workflow.errors import StaleState, TransitionError
from foundation.workflow.services import transition as move_on
from mentoring.exclusions import are_apart
from mentoring.models import MentoringRequest, MentorOffer, Proposal
from mentoring.notify import tell_coordinators
from mentoring.services.requests import log_change


def may_say_apart(request: MentoringRequest) -> bool:
    """Whether the writer of a request can still say whom not: as long as anybody may be asked for it."""
    return request.is_open or request.state == "paired"


@transaction.atomic
def keep_apart(
    said: MentoringRequest | MentorOffer, people: Iterable[Person], words: str = "", *, by: User
) -> None:
    """Writes down with whom somebody is never brought together, in place of what was written before.

    A question that waits for an answer between two such people is taken back at once; the mentor learns that it
    was taken back, as at any other time, and nothing else. Raises TransitionError for anybody but the writer.
    """
    rows: Any = type(said)._default_manager.select_for_update(of=("self",))
    locked = rows.select_related("person__user", "programme").get(pk=said.pk)
    if locked.person.user_id != by.pk:
        raise TransitionError(_("You may not do this."))
    if isinstance(locked, MentoringRequest) and not may_say_apart(locked):
        raise StaleState(_("This request can no longer be changed. Nothing else was lost."))
    locked.not_with_words = said.not_with_words = words.strip()
    locked.save(update_fields=["not_with_words"])
    locked.not_with.set([person for person in people if person.pk != locked.person_id])
    if isinstance(locked, MentoringRequest):
        log_change(locked, by)
        live = locked.proposals.live()
    else:
        live = Proposal.objects.live().filter(offer=locked)
    for proposal in live.select_related("offer__person__user", "request__person__user").order_by("pk"):
        _take_back(proposal)
    said.refresh_from_db()


def _take_back(proposal: Proposal) -> None:
    # The same order of locks as in accept().
    request = MentoringRequest.objects.select_for_update().get(pk=proposal.request_id)
    if are_apart(proposal.request, proposal.offer):
        move_on(proposal, "withdraw", by=None)
        tell_coordinators(request, "request_returned", f"apart:{proposal.pk}")
