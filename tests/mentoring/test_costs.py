"""What a step of mentoring costs: statements in one transaction, which hold locks that others wait for."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.accounts.models import User
from mentoring import services
from mentoring.models import MentoringRequest, MentorOffer, Pairing, Proposal
from tests.factories.mentoring import MentorOfferFactory, ProposalFactory, RequestFactory
from tests.mentoring.conftest import Stage


def test_accepting_a_proposal_takes_at_most_sixty_statements(stage: Stage) -> None:
    """With another mentor who is asked at the same time, and everybody who has to be told of it."""
    request = RequestFactory(programme=stage.programme, person=stage.mentee, state="proposed")
    proposal = ProposalFactory(request=request, offer=stage.offer)
    ProposalFactory(request=request, offer=MentorOfferFactory(programme=stage.programme))
    # A site that runs has met these before.
    ContentType.objects.get_for_models(MentoringRequest, MentorOffer, Pairing, Proposal)
    mentor = User.objects.get(pk=stage.mentor.user_id)
    with CaptureQueriesContext(connection) as queries:
        services.accept(Proposal.objects.get(pk=proposal.pk), by=mentor)
    said = "\n".join(query["sql"][:160] for query in queries)
    assert sorted(Proposal.objects.values_list("state", flat=True)) == ["accepted", "superseded"]
    assert len(queries) <= 60, f"{len(queries)} statements:\n{said}"
