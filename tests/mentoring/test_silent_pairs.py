"""Pairs that are silent are asked whether they go on, and released without a word."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from directory.bandwidth import hours_taken
from foundation.notifications.models import Notification
from mentoring import services, tasks
from mentoring.deadlines import RELEASE_AFTER, STILL_ON_AFTER
from mentoring.models import Pairing
from tests.factories.directory import PersonFactory
from tests.factories.mentoring import PairingFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def told(person) -> list[str]:
    return list(Notification.objects.filter(user=person.user).order_by("id").values_list("kind", flat=True))


def silent(state: str, span: timedelta) -> Pairing:
    pair = PairingFactory(state=state)
    Pairing.objects.filter(pk=pair.pk).update(sign_of_life_at=timezone.now() - span)
    return pair


def asked_ago(pair: Pairing, span: timedelta) -> None:
    Pairing.objects.filter(pk=pair.pk).update(still_on_asked_at=timezone.now() - span)


@pytest.mark.parametrize("state", ["intro", "active"])
def test_both_are_asked_once(state: str) -> None:
    silent(state, STILL_ON_AFTER[state] - DAY)
    pair = silent(state, STILL_ON_AFTER[state] + DAY)
    assert (tasks.ask_silent_pairs(), tasks.ask_silent_pairs()) == (1, 0)
    assert told(pair.mentee) == told(pair.mentor) == ["mentoring.still_on"]


def test_without_a_word_the_pair_ends_and_the_hours_are_free() -> None:
    pair = silent("active", STILL_ON_AFTER["active"] + DAY)
    tasks.look_after_silent_pairs()
    assert hours_taken([pair.mentor_id])[pair.mentor_id] == 2
    asked_ago(pair, RELEASE_AFTER - DAY)
    assert tasks.release_silent_pairs() == 0
    asked_ago(pair, RELEASE_AFTER + DAY)
    assert (tasks.release_silent_pairs(), tasks.release_silent_pairs()) == (1, 0)
    pair.refresh_from_db()
    assert (pair.state, pair.ended_at is not None) == ("closed_no_fault", True)
    assert hours_taken([pair.mentor_id])[pair.mentor_id] == 0
    assert told(pair.mentee)[-1] == told(pair.mentor)[-1] == "mentoring.pair_released"
    services.requeue(pair.request, by=pair.mentee.user)


def test_one_press_keeps_it(client) -> None:
    pair = silent("active", STILL_ON_AFTER["active"] + DAY)
    tasks.ask_silent_pairs()
    client.force_login(pair.mentor.user)
    assert "We go on" in client.get(pair.get_absolute_url()).content.decode()
    client.post(reverse("mentoring:pairing_move", args=[pair.pk, "keep"]))
    pair.refresh_from_db()
    assert pair.still_on_asked_at is None
    assert (tasks.ask_silent_pairs(), tasks.release_silent_pairs()) == (0, 0)
    assert not Notification.objects.filter(kind="mentoring.still_on").unread().exists()
    assert "We go on" not in client.get(pair.get_absolute_url()).content.decode()


def test_whatever_one_of_them_does_is_a_sign_of_life() -> None:
    pair = silent("active", STILL_ON_AFTER["active"] + DAY)
    asked_ago(pair, RELEASE_AFTER + DAY)
    services.log_hours(pair, by=pair.mentor.user, on=timezone.localdate(), hours=Decimal("1"))
    assert (tasks.ask_silent_pairs(), tasks.release_silent_pairs()) == (0, 0)


def test_a_break_is_not_silence() -> None:
    silent("paused", timedelta(days=300))
    assert tasks.ask_silent_pairs() == 0


def test_nobody_else_keeps_it(client) -> None:
    pair = silent("active", STILL_ON_AFTER["active"] + DAY)
    client.force_login(PersonFactory().user)
    url = reverse("mentoring:pairing_move", args=[pair.pk, "keep"])
    assert client.post(url).status_code == 404
