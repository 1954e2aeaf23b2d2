"""What becomes of mentoring when an account is deleted: the other one of a pair keeps their record."""

from __future__ import annotations

from directory.models import Person
from foundation.accounts.models import User
from foundation.accounts.personal_data import Fate, after_leaving, also_export, before_leaving, decide
from foundation.workflow.services import transition
from mentoring.models import MentoringRequest, Pairing, Proposal

decide(
    Fate.ERASED,
    "mentoring.MentorOffer.person",
    exported=True,
    reason="What somebody offers as a mentor is theirs alone.",
)
decide(
    Fate.ERASED,
    "mentoring.Proposal.offer",
    exported=True,
    reason="That a mentor was asked goes with the mentor; a request that waited for them is looked after again.",
)
decide(
    Fate.ERASED,
    "mentoring.ProgrammeCoordinator.person",
    exported=True,
    reason="A programme names its coordinators by their profiles, and this profile is gone.",
)
decide(
    Fate.ANONYMISED,
    "mentoring.MentoringRequest.person",
    exported=True,
    reason="What was sent and answered is part of the coordinators' and the mentor's record; its words are erased.",
)
decide(
    Fate.ANONYMISED,
    "mentoring.Pairing.mentee",
    "mentoring.Pairing.mentor",
    exported=True,
    reason="It belongs to two people: the other one keeps the plan, the hours and the thanks.",
)
decide(
    Fate.ANONYMISED,
    "mentoring.Pairing.offer",
    exported=False,
    reason="The pair is in the download by its two people.",
)
decide(
    Fate.ANONYMISED,
    "mentoring.HoursEntry.person",
    "mentoring.Thanks.person",
    exported=True,
    reason="Hours and thanks belong to both of a pair.",
)
decide(
    Fate.ANONYMISED,
    "mentoring.CoordinatorNote.person",
    exported=True,
    reason="What one of a pair asked the coordinators is part of the coordinators' record of the pair.",
)
decide(
    Fate.ANONYMISED,
    "mentoring.CoordinatorNote.answered_by",
    exported=False,
    reason="The question belongs to whoever asked it; that a coordinator answered stays, without the name.",
)
also_export("mentoring.HoursEntry", "pairing__mentee__user", "pairing__mentor__user")
also_export("mentoring.Thanks", "pairing__mentee__user", "pairing__mentor__user")


@before_leaving
def close_mentoring(user: User) -> None:
    """Hands mentees over, ends what is open with mentors, and empties what stays of requests."""
    person = Person.objects.filter(user=user).first()
    if person is None:
        return
    for pair in Pairing.objects.open().filter(mentor=person):
        transition(pair, "hand_over", by=None)
    for pair in Pairing.objects.open().filter(mentee=person):
        transition(pair, "leave", by=None)
    for proposal in Proposal.objects.live().filter(offer__person=person):
        # The same order of locks as where a mentor answers.
        MentoringRequest.objects.select_for_update().get(pk=proposal.request_id)
        transition(proposal, "leave", by=None)
    mine = MentoringRequest.objects.filter(person=person)
    mine.filter(state="draft", pairings=None, proposals=None).delete()
    for request in mine.exclude(state="left"):
        transition(request, "leave", by=None)
    Proposal.objects.filter(request__in=mine).update(need="")
    mine.update(goal="", answers={}, contact="", languages=[], formats=[], timezone="", not_with_words="")
    MentoringRequest.not_with.through._default_manager.filter(mentoringrequest__in=mine).delete()


@after_leaving
def forget_what_nobody_keeps() -> None:
    """A pair whose two people are both gone belongs to nobody any more."""
    Pairing.objects.filter(mentee=None, mentor=None).delete()
