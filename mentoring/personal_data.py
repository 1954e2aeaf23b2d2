"""What becomes of mentoring when an account is deleted: the other one of a pair keeps their record."""

from __future__ import annotations

from directory.models import Person
from foundation.accounts.models import User
from foundation.accounts.personal_data import (
    Fate,
    after_leaving,
    also_export,
    before_leaving,
    decide,
    describe,
    without_people,
)
from foundation.design.delete import goes_along, holds_back
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
decide(
    Fate.ERASED,
    "mentoring.MentorOffer_capacities.mentoroffer",
    "mentoring.MentorOffer_not_with.mentoroffer",
    exported=False,
    reason="It is in the download with the offer, and goes with it.",
)
decide(
    Fate.ERASED,
    "mentoring.MentorOffer_not_with.person",
    "mentoring.MentoringRequest_not_with.person",
    exported=False,
    reason="Whom somebody would rather not meet is theirs: those they name never learn it, and once those are gone"
    " there is nobody left to keep away.",
)
describe(
    "mentoring.MentorOffer",
    words="contact answers not_with_words",
    facts="state state_since person programme languages formats hours_a_month max_pairs pause_until lapses created"
    " updated not_with capacities",
)
describe(
    "mentoring.MentoringRequest",
    words="goal contact answers not_with_words",
    facts="state state_since person programme languages formats timezone at_head submitted_at paired_at saved_at"
    " created not_with capacities",
)
describe(
    "mentoring.Proposal",
    words="need",
    facts="state state_since request offer expires_at reminded_at created",
)
describe(
    "mentoring.Pairing",
    words="goals rhythm",
    facts="state state_since request offer mentee mentor hours_a_month ends_on mentee_agreed_at mentor_agreed_at"
    " pause_until ended_at sign_of_life_at still_on_asked_at created",
)
describe("mentoring.HoursEntry", words="note", facts="pairing person on hours created", hidden="token")
describe("mentoring.Thanks", words="text", facts="pairing person created")
describe(
    "mentoring.CoordinatorNote",
    words="text answer",
    facts="pairing person answered_by answered_at created",
    hidden="token",
)
describe("mentoring.ProgrammeCoordinator", facts="sort_order page person")
holds_back(
    "mentoring.MentorOffer.programme",
    "mentoring.MentoringRequest.programme",
    "mentoring.Pairing.request",
    "mentoring.Proposal.request",
    reason="A programme with requests or mentors is unpublished, and a request with a pair or a proposal stays.",
)
holds_back(
    "mentoring.MentorOffer_capacities.capacity",
    reason="A capacity that somebody names is merged into another one.",
)
goes_along(
    "mentoring.ProgrammeCoordinator.page",
    reason="That a page names somebody is part of the page.",
)
goes_along(
    "mentoring.CoordinatorNote.pairing",
    "mentoring.HoursEntry.pairing",
    "mentoring.Thanks.pairing",
    "mentoring.MentoringRequest_not_with.mentoringrequest",
    reason="A pair is deleted only when both of its people have left, a request only as its own draft.",
)
without_people(
    "mentoring.MentoringIndexPage",
    "mentoring.MentoringProgrammePage",
    "mentoring.MentoringProgrammePage_capacities",
    "mentoring.MentoringRequest_capacities",
    reason="Programmes, and what things are about.",
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
