"""What the index knows of mentors, and what it must never know."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest

from mentoring import services
from mentoring.documents import MentorDocument
from tests.factories.mentoring import PairingFactory
from tests.mentoring.conftest import Stage

pytestmark = pytest.mark.django_db


def documents(stage: Stage) -> list[Any]:
    """The documents of the stage's mentor."""
    return list(MentorDocument().build([str(stage.offer.pk)]))


def test_a_mentor_is_found_by_capacity_language_and_way(stage: Stage) -> None:
    (document,) = documents(stage)
    assert document.capacities == ("discussion-moderation",)
    assert document.facets["language"] == ("en",)
    assert set(document.facets["format"]) == {"text", "live"}
    assert document.available
    assert str(stage.programme.translation_key) in document.url


def test_nothing_private_of_a_mentor_reaches_the_index(stage: Stage) -> None:
    stage.offer.answers = {"m-before": {"value": "In a hospital", "visibility": "coordinators"}}
    stage.offer.save()
    (document,) = documents(stage)
    everything = json.dumps(asdict(document), default=str)
    for private in (stage.offer.contact, "In a hospital", stage.mentor.user.email):
        assert private not in everything


def test_a_full_mentor_is_ranked_lower(stage: Stage) -> None:
    for _n in range(2):
        PairingFactory(offer=stage.offer, request__programme=stage.programme)
    assert not documents(stage)[0].available


@pytest.mark.parametrize("why", ["unlisted", "alone", "resting", "ended", "programme"])
def test_who_does_not_want_to_be_found_is_not(stage: Stage, why: str) -> None:
    from django.utils import timezone

    if why == "unlisted":
        stage.mentor.listed = False
    elif why == "alone":
        stage.mentor.leave_alone = True
    elif why == "resting":
        services.pause_offer(stage.offer, timezone.localdate(), by=stage.mentor.user)
    elif why == "ended":
        services.end_offer(stage.offer, by=stage.mentor.user)
    elif why == "programme":
        stage.programme.live = False
        stage.programme.save()
    stage.mentor.save()
    assert documents(stage) == []


def test_a_change_reaches_the_index(stage: Stage, index: Any) -> None:
    stage.offer.save()
    index.drain()
    found = index.keys()
    assert ("mentor", str(stage.offer.pk)) in found
    services.end_offer(stage.offer, by=stage.mentor.user)
    index.drain()
    found = index.keys()
    assert ("mentor", str(stage.offer.pk)) not in found
