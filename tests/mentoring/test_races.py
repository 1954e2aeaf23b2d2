"""Two things at once, with real threads and real transactions: one result, and a clear message."""

from __future__ import annotations

import pytest

from foundation.workflow.errors import TransitionError
from mentoring import services
from mentoring.models import MentoringRequest, Pairing, Proposal
from mentoring.services import proposals as proposing
from tests.factories.directory import CapacityFactory, PersonFactory
from tests.factories.mentoring import MentorOfferFactory, ProgrammeFactory, ProposalFactory, RequestFactory
from tests.races import at_once, meet_after, needs_racing, without_locks

# The first page and locale come from migrations; a transactional test empties them, so put them back.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_two_mentors_say_yes_at_once() -> None:
    request = RequestFactory(state="proposed")
    proposals = [ProposalFactory(request=request) for _n in range(2)]
    results = at_once(
        *(
            lambda row=row: services.accept(Proposal.objects.get(pk=row.pk), by=row.offer.person.user)
            for row in proposals
        )
    )
    errors = [result for result in results if isinstance(result, Exception)]
    assert len(errors) == 1, results
    assert isinstance(errors[0], TransitionError)
    assert "Another mentor said yes" in str(errors[0])
    assert Pairing.objects.count() == 1
    assert sorted(Proposal.objects.values_list("state", flat=True)) == ["accepted", "superseded"]
    assert MentoringRequest.objects.get().state == "paired"


def test_one_mentor_with_one_place_says_yes_twice_at_once() -> None:
    programme = ProgrammeFactory()
    offer = MentorOfferFactory(programme=programme, max_pairs=1)
    proposals = [ProposalFactory(request__programme=programme, offer=offer) for _n in range(2)]
    results = at_once(
        *(
            lambda row=row: services.accept(Proposal.objects.get(pk=row.pk), by=offer.person.user)
            for row in proposals
        )
    )
    errors = [result for result in results if isinstance(result, Exception)]
    assert len(errors) == 1, results
    assert "no room" in str(errors[0])
    assert Pairing.objects.count() == 1


@pytest.mark.postgresql
@pytest.mark.parametrize(("locked", "pairs"), [(True, 1), (False, 2)])
def test_without_the_locks_one_place_is_given_twice(
    locked: bool, pairs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: both have found room before either takes it. The locks alone keep the second one out."""
    needs_racing()
    programme = ProgrammeFactory()
    offer = MentorOfferFactory(programme=programme, max_pairs=1)
    proposals = [ProposalFactory(request__programme=programme, offer=offer) for _n in range(2)]
    meet_after(monkeypatch, proposing, "lack_of_room")
    if not locked:
        without_locks(monkeypatch)
    at_once(
        *(
            lambda row=row: services.accept(Proposal.objects.get(pk=row.pk), by=offer.person.user)
            for row in proposals
        )
    )
    assert Pairing.objects.count() == pairs


def test_a_mentor_says_yes_while_the_mentee_withdraws() -> None:
    proposal = ProposalFactory()
    mentee, mentor = proposal.request.person.user, proposal.offer.person.user
    at_once(
        lambda: services.accept(Proposal.objects.get(pk=proposal.pk), by=mentor),
        lambda: services.withdraw(MentoringRequest.objects.get(pk=proposal.request_id), by=mentee),
    )
    request = MentoringRequest.objects.get()
    assert (request.state, Pairing.objects.count()) in (("paired", 1), ("withdrawn", 0))


def test_pressing_begin_twice_at_once_makes_one_draft() -> None:
    person, programme = PersonFactory(), ProgrammeFactory(about=[CapacityFactory()])
    results = at_once(*(lambda: services.start_request(person, programme) for _n in range(3)))
    assert MentoringRequest.objects.count() == 1
    assert {result.pk for result in results} == {MentoringRequest.objects.get().pk}
