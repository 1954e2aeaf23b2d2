"""An offer to mentor begins, ends and is taken up again by its mentor alone, and each move is written down."""

from __future__ import annotations

import pytest

from foundation.workflow.errors import TransitionError
from foundation.workflow.models import LogEntry
from mentoring import services
from mentoring.models import MentorOffer
from tests.mentoring.conftest import Stage


def said(stage: Stage) -> MentorOffer:
    """The member offers to mentor."""
    return services.save_offer(
        stage.member,
        stage.programme,
        capacities=[stage.capacity],
        languages=["en"],
        formats=["text"],
        hours_a_month=3,
        max_pairs=1,
        contact="Talk page",
    )


def test_beginning_stopping_and_beginning_again_are_written_down(stage: Stage) -> None:
    by = stage.member.user
    offer = said(stage)
    said(stage)  # changed, and still the same offer
    services.end_offer(offer, by=by)
    assert offer.state == "ended"
    services.end_offer(offer, by=by)
    again = said(stage)
    assert (again.pk, again.state, again.hours_a_month) == (offer.pk, "active", 3)
    moves = [(row.name, row.source, row.target, row.role, row.by) for row in LogEntry.objects.of(offer)]
    assert moves == [
        ("start", "", "active", "mentor", by),
        ("end", "active", "ended", "mentor", by),
        ("take_up", "ended", "active", "mentor", by),
    ]


def test_nobody_else_ends_it(stage: Stage) -> None:
    offer = said(stage)
    with pytest.raises(TransitionError):
        services.end_offer(offer, by=stage.coordinator.user)
    offer.refresh_from_db()
    assert offer.is_active
